/**
 * Whether Node reads HTTP as it did before 20.19.2, with llhttp 8: blanks in the name of a header and lines that end without
 * CR pass there (CVE-2025-23167). Our own wire refuses both on every version.
 */
export const IS_LENIENT_PARSER = Number.parseInt(process.versions['llhttp'] ?? '9') < 9;

/** Whether that parser reads the answers of this run of the tests. */
export const IS_READ_LENIENTLY = IS_LENIENT_PARSER && 'OVER_NODE_HTTP' in globalThis;
