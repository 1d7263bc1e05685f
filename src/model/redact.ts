import { isJsonObject, textOf } from './json.ts';
import { NUMBERS, PATTERNS } from './patterns.ts';

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
    // account, as APIs outside the platform's standard name it
    ...['cano', 'acntNo', 'acnt_no', 'acctNo', 'acct_no', 'accountNo', 'account_no', 'accountNumber', 'account_number'],
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
