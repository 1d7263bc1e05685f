/**
 * What must not be shown. Each runs in linear time: no nested repeats. Addresses and traces first, since they contain
 * digits; then credentials and long keys.
 */
export const PATTERNS: readonly RegExp[] = [
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>\])}]{1,500}/gi,
  /\bjdbc:[^\s"'<>\])}]{1,500}/gi,
  /\bat [\w$.<>]{1,200}\([^)\n]{0,200}\)/g,
  /\b(?:bearer|basic)\s+[A-Za-z0-9._~+/=-]{4,}/gi,
  /\b(?:pass(?:word|wd|phrase)?|pwd|secret|token|(?:api|app)[-_]?key|(?:app|client)[-_]?secret)(?:=|["']\s{0,3}:)\s{0,3}["']?[^\s"',;)\]}&]{1,200}/gi,
  /\beyJ[\w-]{5,1000}(?:\.[\w-]{1,1000}){0,2}/g,
  /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}/g,
  /\b(?:cn|ou|o|c|uid|dc)=[^,\s\]]{1,100}(?:,\s{0,2}(?:cn|ou|o|c|uid|dc)=[^,\s\]]{1,100}){0,20}/gi,
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g,
  /\[?[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}\]?/gi,
  /(?<![\w:])(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{0,4}::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{0,4}(?![\w:])/gi,
  /\b[0-9a-f]{2}(?:-[0-9a-f]{2}){5}\b/gi,
  /\b(?:localhost|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})(?::\d{2,5})\b/gi,
  /\b(?=[a-z-]{0,62}[\d-])[a-z][a-z\d-]{1,62}:\d{2,5}\b/gi,
  /\b(?:[a-z0-9-]{1,63}\.){1,8}(?:com|net|org|kr|local|internal|invalid|test|example|io|corp|lan)\b/gi,
  /(?:[A-Za-z]:\\|\\\\)[^\s"'<>]{1,300}/g,
  /(?<!\w)(?:\/[\w.@%+-]{1,100}){2,20}/g,
  /\b[\w$-]{1,100}\.(?:java|class|jsp|kt|php|py|js|ts|xml|properties|conf|log|so|dll|sql)\b(?::\d{1,6})?/gi,
  /\b(?:java|javax|jakarta|sun|oracle|com|org|net|kr|co|io)(?:\.\w{1,80}){2,12}/g,
  /[A-Za-z0-9+/_-]{40,}={0,2}/g,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
];

/**
 * Numbers of seven digits or more, with separators, masks or hyphened letters in them. A date with separators, the first
 * group, is none and stays; a compact one cannot be told from an account.
 */
export const NUMBERS =
  /((?<![\d*.-])(?:19|20)\d\d([-.])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01])(?![\d*-]|\.\d))|[\d０-９](?:[ .*‐-―-]{0,5}[\d０-９]){6,}|\b(?=[\w-]{9,120}\b)\d{2,10}(?:-[A-Za-z0-9]{1,20}){1,6}\b/g;
