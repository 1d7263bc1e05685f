/**
 * Whether Node reads HTTP as it did before 20.19.2, with llhttp 8: a blank before a colon and a line that ends without CR
 * pass there (CVE-2025-23167). Our own wire refuses both on every version.
 */
export const IS_LENIENT_PARSER = Number.parseInt(process.versions['llhttp'] ?? '9') < 9;
