/** Every dialect that comes with the package; the platform's own is the default. */
export const PRESET_NAMES = [
  'platform',
  'koreainvest',
  'kiwoom',
  'ebest',
  'dongbu',
  'nhinvest',
  'kbinvest',
  'toss',
  'krx',
  'mydata',
  'alpaca',
] as const;

/** Name of a dialect that comes with the package. */
export type PresetName = (typeof PRESET_NAMES)[number];
