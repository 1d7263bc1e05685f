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
 * Addresses and traces first, since they contain digits; then credentials, long keys, and runs of seven digits or more.
 */
const PATTERNS: readonly RegExp[] = [
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>\])}]{1,500}/gi,
  /\bat [\w$.<>]{1,200}\([^)\n]{0,200}\)/g,
  /\b(?:bearer|basic)\s+[A-Za-z0-9._~+/=-]{4,}/gi,
  /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}/g,
  /\b(?:cn|ou|o|c|uid|dc)=[^,\s\]]{1,100}(?:,\s{0,2}(?:cn|ou|o|c|uid|dc)=[^,\s\]]{1,100}){0,20}/gi,
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g,
  /\[?[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}\]?/gi,
  /\b(?:localhost|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})(?::\d{2,5})\b/gi,
  /\b(?:[a-z0-9-]{1,63}\.){1,8}(?:com|net|org|kr|local|internal|invalid|test|io|corp|lan)\b/gi,
  /(?:[A-Za-z]:\\|\\\\)[^\s"'<>]{1,300}/g,
  /(?<!\w)(?:\/[\w.@%+-]{1,100}){2,20}/g,
  /\b[\w$-]{1,100}\.(?:java|class|jsp|kt|php|py|js|ts|xml|properties|conf|log|so|dll|sql)\b(?::\d{1,6})?/gi,
  /\b(?:java|javax|jakarta|sun|oracle|com|org|net|kr|co|io)(?:\.\w{1,80}){2,12}/g,
  /[A-Za-z0-9+/]{40,}={0,2}/g,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  /\d(?:[ .*-]?\d){6,60}/g,
  /\b(?=[\w-]{9,120}\b)\d{2,10}(?:-[A-Za-z0-9]{1,20}){1,6}\b/g,
];

/** Characters that would break a line of a log or hide text on a terminal. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Longest text shown, in UTF-16 units. */
const MAX_TEXT = 300;

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

/**
 * A text from outside as it may be shown: without the given personal values, without anything that looks like an
 * account, a credential, an address, a path or a trace, on one line, at most 300 characters.
 */
export function redactText(text: string, values: readonly string[] = []): string {
  let clean = text.slice(0, 4 * MAX_TEXT).replace(CONTROL, ' ');
  for (const value of values) clean = clean.replaceAll(value, REDACTED);
  for (const pattern of PATTERNS) clean = clean.replace(pattern, REDACTED);
  clean = clean.replace(/\s{2,}/g, ' ').trim();
  return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT - 1)}…` : clean;
}
