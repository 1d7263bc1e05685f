import { ALPACA } from './alpaca.ts';
import { DONGBU } from './dongbu.ts';
import { EBEST } from './ebest.ts';
import { KBINVEST } from './kbinvest.ts';
import { KIWOOM } from './kiwoom.ts';
import { KOREAINVEST } from './koreainvest.ts';
import { KRX } from './krx.ts';
import { MYDATA } from './mydata.ts';
import { NHINVEST } from './nhinvest.ts';
import { TOSS } from './toss.ts';
import type { DialectOptions } from './form.ts';
import { PLATFORM } from './platform.ts';
import { PRESET_NAMES, type PresetName } from './preset-names.ts';

/** Every dialect that comes with the package, by name; a table is made when it is asked for, since most are never used. */
export const PRESETS: Readonly<Record<PresetName, DialectOptions>> = {
  platform: PLATFORM,
  get koreainvest() {
    return KOREAINVEST();
  },
  get kiwoom() {
    return KIWOOM();
  },
  get ebest() {
    return EBEST();
  },
  get dongbu() {
    return DONGBU();
  },
  get nhinvest() {
    return NHINVEST();
  },
  get kbinvest() {
    return KBINVEST();
  },
  get toss() {
    return TOSS();
  },
  get krx() {
    return KRX();
  },
  get mydata() {
    return MYDATA();
  },
  get alpaca() {
    return ALPACA();
  },
};

/** Whether `name` names a dialect that comes with the package. */
export function isPresetName(name: string): name is PresetName {
  return PRESET_NAMES.some((each) => each === name);
}

function extended(base: DialectOptions, own: DialectOptions): DialectOptions {
  return {
    ...base,
    ...own,
    sources: { ...base.sources, ...own.sources },
    respCodes: { ...base.respCodes, ...own.respCodes },
    respPatterns: [...(own.respPatterns ?? []), ...(base.respPatterns ?? [])],
    statusCodes: { ...base.statusCodes, ...own.statusCodes },
    empty: [...(base.empty ?? []), ...(own.empty ?? [])],
  };
}

/** The whole dialect that a name or a dialect of one's own stands for, with what it extends in it. Pure. */
export function dialectOf(choice: PresetName | DialectOptions): DialectOptions {
  if (typeof choice === 'string') return PRESETS[choice];
  const { extends: base, ...own } = choice;
  return base === undefined ? own : extended(PRESETS[base], own);
}
