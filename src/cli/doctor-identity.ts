import type { Pem, TlsOptions } from '../brokers/options.ts';
import { ownCertificate, type OwnCertificate } from '../probe/own-certificate.ts';
import { plain, type Check } from './doctor-check.ts';
import { stateOfDays } from './doctor-probe.ts';
import { DOCTOR_TEXTS, DOCTOR_WORDS } from './doctor-words.ts';
import { reasonOf, type Io } from './io.ts';
import { shellWord } from './shell-word.ts';

const DAY_MS = 86_400_000;

/** Bits of others than the owner and the owner's group. */
const OTHERS = 0o007;

const PARTS = ['ca', 'cert', 'key', 'pfx'] as const;

/** A file that the configuration names: whether it is there, and of a key who can get at it. */
async function fileCheck(part: (typeof PARTS)[number], file: string, broker: string, io: Io): Promise<Check[]> {
  const place = `tls.${part}`;
  try {
    const mode = await io.readMode(file);
    if (mode === undefined || (part !== 'key' && part !== 'pfx')) return [];
    const isOpen = (mode & OTHERS) !== 0;
    const found = DOCTOR_TEXTS.mode(place, mode.toString(8).padStart(4, '0'), isOpen);
    if (!isOpen) return [{ check: 'key-mode', broker, state: 'ok', found }];
    return [{ check: 'key-mode', broker, state: 'warn', found, next: plain(`chmod o= ${shellWord(file)}`) }];
  } catch (error) {
    const found = DOCTOR_TEXTS.unreadable(place, reasonOf(error));
    return [{ check: 'file', broker, state: 'fail', found, next: plain(`ls -l ${shellWord(file)}`) }];
  }
}

function certificateCheck({ validFromMs, validToMs }: OwnCertificate, nowMs: number): Omit<Check, 'check'> {
  if (validFromMs === undefined || validToMs === undefined)
    return { state: 'fail', found: DOCTOR_WORDS.certificateUnreadable, next: DOCTOR_WORDS.keyNext };
  if (validFromMs > nowMs) return { state: 'fail', found: DOCTOR_WORDS.notYetValid, next: DOCTOR_WORDS.waitOrClock };
  const daysLeft = Math.floor((validToMs - nowMs) / DAY_MS);
  const state = stateOfDays(daysLeft);
  const found = DOCTOR_TEXTS.daysLeft(daysLeft, new Date(validToMs).toISOString().slice(0, 10));
  return { state, found, ...(state !== 'ok' && { next: DOCTOR_WORDS.renewOurs }) };
}

const KEY_WORDS = {
  matches: DOCTOR_WORDS.keyFits,
  differs: DOCTOR_WORDS.keyDiffers,
  unreadable: DOCTOR_WORDS.keyUnreadable,
} as const;

function keyCheck({ key }: OwnCertificate): Omit<Check, 'check'> {
  const found = KEY_WORDS[key];
  return key === 'matches' ? { state: 'ok', found } : { state: 'fail', found, next: DOCTOR_WORDS.keyNext };
}

/** The text of a certificate or key; `undefined` where its file cannot be read, which is said elsewhere. */
async function textOf(pem: Pem, io: Io): Promise<string | undefined> {
  if (typeof pem === 'string') return pem;
  try {
    return await io.readText(pem.file);
  } catch {
    return undefined;
  }
}

async function pairChecks({ cert, key, passphrase }: TlsOptions, broker: string, io: Io, nowMs: number) {
  if (cert === undefined || key === undefined) return [];
  const [certText, keyText] = [await textOf(cert, io), await textOf(key, io)];
  if (certText === undefined || keyText === undefined) return [];
  const own = ownCertificate({ cert: certText, key: keyText, ...(passphrase !== undefined && { passphrase }) });
  return [
    { check: 'client-certificate', broker, ...certificateCheck(own, nowMs) },
    { check: 'client-key', broker, ...keyCheck(own) },
  ] satisfies Check[];
}

/** Files, modes, certificate and key that we show one broker; `nowMs` since 1970. Shows no word of what is in them. */
export async function identityChecks(options: TlsOptions, broker: string, io: Io, nowMs: number): Promise<Check[]> {
  const checks: Check[] = [];
  for (const part of PARTS) {
    const pem = options[part];
    if (typeof pem === 'object') checks.push(...(await fileCheck(part, pem.file, broker, io)));
  }
  return [...checks, ...(await pairChecks(options, broker, io, nowMs))];
}
