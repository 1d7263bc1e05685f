import { isJsonObject, textOf } from './json.ts';

/**
 * Fields that carry a secret or a personal datum, in lower case: the one list for logs, events, errors and fixtures.
 * Matched at any depth and in any case.
 */
export const PERSONAL_FIELDS: ReadonlySet<string> = new Set(
  [
    // credentials
    ...['authorization', 'apiKey', 'access_token', 'accessToken', 'refresh_token', 'refreshToken', 'client_id'],
    ...[
      'client_secret',
      'apiAccessToken',
      'jws',
      'passphrase',
      'appkey',
      'appsecret',
      'secretkey',
      'cookie',
      'set-cookie',
    ],
    // identity
    ...['ci', 'x-credential-ci', 'userCi', 'certDn', 'dn', 'userDn', 'x-credential-dn', 'korName', 'customerNameKor'],
    ...['customerUserNm', 'accName', 'portalId', 'x-credential-userId', 'requestUserId', 'customerId', 'customerRegNo'],
    ...['x-api-requestId', 'customerBirthDay', 'customerEmail', 'customerPhone', 'reqIdConsumer'],
    // account
    ...['realAccNo', 'vtAccNo', 'vtAccNp', 'vtAccAlias', 'accNo', 'qrAccNo', 'virtualAccNo'],
    // device: mobile clients put the phone number and a device id here
    ...['ipAddr', 'macAddr'],
  ].map((name) => name.toLowerCase()),
);

/** What stands where something was taken out. */
export const REDACTED = '***';

/** Shortest personal value that is searched for in a text; shorter ones would tear ordinary words and counts apart. */
const SHORTEST = { name: 2, number: 4 } as const;

/** Most values taken from one message, and deepest place they are looked for. */
const LIMITS = { values: 500, depth: 20 } as const;

/**
 * Patterns of what must not be shown whatever field it came from. Each runs in linear time: no nested repeats.
 * Addresses and traces first, since they contain digits; then credentials and long keys.
 */
const PATTERNS: readonly RegExp[] = [
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
const NUMBERS =
  /((?<![\d*.-])(?:19|20)\d\d([-.])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01])(?![\d*-]|\.\d))|[\d０-９](?:[ .*‐-―-]{0,5}[\d０-９]){6,}|\b(?=[\w-]{9,120}\b)\d{2,10}(?:-[A-Za-z0-9]{1,20}){1,6}\b/g;

/** Characters that would break a line of a log or hide text on a terminal. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Longest text shown, and longest read, in UTF-16 units. */
const MAX_TEXT = 300;
const MAX_READ = 4 * MAX_TEXT;

function collect(value: unknown, isPersonal: boolean, into: Set<string>, depth: number): void {
  if (depth > LIMITS.depth || into.size >= LIMITS.values) return;
  if (Array.isArray(value)) for (const item of value) collect(item, isPersonal, into, depth + 1);
  else if (isJsonObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      collect(inner, isPersonal || PERSONAL_FIELDS.has(key.toLowerCase()), into, depth + 1);
    }
  } else if (isPersonal) {
    const text = textOf(value) ?? '';
    if (text.length >= (/^\d+$/.test(text) ? SHORTEST.number : SHORTEST.name)) into.add(text);
  }
}

/** Every personal value that stands in `messages`, longest first, so that it can be searched for in free text. */
export function personalValues(...messages: readonly unknown[]): string[] {
  const found = new Set<string>();
  for (const message of messages) collect(message, false, found, 0);
  return [...found].sort((a, b) => b.length - a.length);
}

/** As much of a text as is read at all, without the word that the end cuts: half an account is no pattern any more. */
function readable(text: string): string {
  return text.length <= MAX_READ ? text : text.slice(0, MAX_READ).replace(/\S+$/, '');
}

/**
 * A text from outside as it may be shown: without the given personal values, without anything that looks like an
 * account, a credential, an address, a path or a trace, on one line, at most 300 characters.
 */
export function redactText(text: string, values: readonly string[] = []): string {
  let clean = readable(text).replace(CONTROL, ' ');
  for (const value of values) clean = clean.replaceAll(value, REDACTED);
  for (const pattern of PATTERNS) clean = clean.replace(pattern, REDACTED);
  clean = clean.replace(NUMBERS, (_, date: string | undefined) => date ?? REDACTED);
  clean = clean.replace(/\s{2,}/g, ' ').trim();
  return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT - 1)}…` : clean;
}
