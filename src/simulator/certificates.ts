import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate and its key, as PEM text. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

const TAG = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
};

const CONTEXT = 0xa0;

/** One value of DER (X.690): tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return der(TAG.sequence, ...parts);
}

function oid(hex: string): Buffer {
  return der(TAG.oid, Buffer.from(hex, 'hex'));
}

const COMMON_NAME = oid('550403');
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const BASIC_CONSTRAINTS = oid('551d13');
const SUBJECT_ALT_NAME = oid('551d11');
const TRUE = Buffer.from([0x01, 0x01, 0xff]);

function nameOf(text: string): Buffer {
  return sequence(der(TAG.set, sequence(COMMON_NAME, der(TAG.utf8, Buffer.from(text)))));
}

function timeOf(iso: string): Buffer {
  return der(TAG.utcTime, Buffer.from(`${iso.slice(2).replaceAll('-', '')}000000Z`));
}

/** A name with its key. */
interface Subject {
  readonly name: string;
  readonly key: KeyObject;
}

/** What a certificate says of its subject. */
interface Wanted {
  readonly isAuthority?: boolean;
  readonly hosts?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

function altName(host: string): Buffer {
  const isAddress = /^[\d.]+$/.test(host);
  return der(isAddress ? 0x87 : 0x82, isAddress ? Buffer.from(host.split('.').map(Number)) : Buffer.from(host));
}

function extensionsOf({ isAuthority = false, hosts = [] }: Wanted): Buffer {
  const constraints = sequence(BASIC_CONSTRAINTS, TRUE, der(TAG.octets, sequence(...(isAuthority ? [TRUE] : []))));
  const names = sequence(SUBJECT_ALT_NAME, der(TAG.octets, sequence(...hosts.map(altName))));
  return der(CONTEXT + 3, sequence(constraints, ...(hosts.length > 0 ? [names] : [])));
}

let serial = 0;

/** An X.509 certificate (RFC 5280 section 4.1) for `subject`, signed by `issuer`. */
function certify(subject: Subject, issuer: Subject, wanted: Wanted): Identity {
  serial += 1;
  const version = der(CONTEXT, der(TAG.integer, Buffer.from([2])));
  const number = der(TAG.integer, Buffer.from([0x10, serial]));
  const validity = sequence(timeOf(wanted.from ?? '2020-01-01'), timeOf(wanted.to ?? '2049-01-01'));
  const publicKey = createPublicKey(subject.key).export({ type: 'spki', format: 'der' });
  const toSign = sequence(
    ...[version, number, ECDSA_WITH_SHA256, nameOf(issuer.name), validity, nameOf(subject.name), publicKey],
    extensionsOf(wanted),
  );
  const signature = der(TAG.bits, Buffer.from([0]), sign('sha256', toSign, issuer.key));
  const base64 = sequence(toSign, ECDSA_WITH_SHA256, signature)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64}-----END CERTIFICATE-----\n`,
    key: subject.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function subjectOf(name: string): Subject {
  return { name, key: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey };
}

/** What a server can show: a good certificate, or one that a client has a reason of its own to refuse. */
export const SERVER_IDENTITY_KINDS = [
  'good',
  'expired',
  'notYetValid',
  'otherHost',
  'selfSigned',
  'unknownAuthority',
  'selfSignedInChain',
] as const;

/** Name of something that a server can show. */
export type ServerIdentityKind = (typeof SERVER_IDENTITY_KINDS)[number];

/** Name of something that a client can show. */
export type ClientIdentityKind = 'good' | 'ofOtherAuthority';

const HOSTS = ['localhost', '127.0.0.1'];

/** `make`, called at the first use only. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const authority = lazily(() => subjectOf('FAKE authority'));
const otherAuthority = lazily(() => subjectOf('FAKE other authority'));

function serverBy(issuer: Subject, wanted: Wanted = {}): Identity {
  return certify(subjectOf('FAKE broker'), issuer, { hosts: HOSTS, ...wanted });
}

function selfSigned(): Identity {
  const subject = subjectOf('FAKE self-signed broker');
  return certify(subject, subject, { hosts: HOSTS });
}

function withItsAuthority({ cert, key }: Identity): Identity {
  return { cert: cert + otherAuthorityCertificate(), key };
}

const SERVER: Readonly<Record<ServerIdentityKind, () => Identity>> = {
  good: lazily(() => serverBy(authority())),
  expired: lazily(() => serverBy(authority(), { from: '2020-01-01', to: '2021-01-01' })),
  notYetValid: lazily(() => serverBy(authority(), { from: '2048-01-01' })),
  otherHost: lazily(() => serverBy(authority(), { hosts: ['broker.example'] })),
  selfSigned: lazily(selfSigned),
  unknownAuthority: lazily(() => serverBy(otherAuthority())),
  selfSignedInChain: lazily(() => withItsAuthority(serverBy(otherAuthority()))),
};

const CLIENT: Readonly<Record<ClientIdentityKind, () => Identity>> = {
  good: lazily(() => certify(subjectOf('FAKE platform'), authority(), {})),
  ofOtherAuthority: lazily(() => certify(subjectOf('FAKE platform'), otherAuthority(), {})),
};

/** The authority that clients of the simulator trust, as PEM; made anew in every process. */
export const authorityCertificate = lazily(() => certify(authority(), authority(), { isAuthority: true }).cert);

/** An authority that nobody trusts, as PEM. */
export const otherAuthorityCertificate = lazily(
  () => certify(otherAuthority(), otherAuthority(), { isAuthority: true }).cert,
);

/** What a server shows; made when it is asked for the first time. Good for `localhost` and 127.0.0.1. */
export function serverIdentity(kind: ServerIdentityKind): Identity {
  return SERVER[kind]();
}

/** A good certificate that ends with the beginning of this day in UTC: `2030-01-01`. */
export function serverIdentityUntil(to: string): Identity {
  return serverBy(authority(), { to });
}

/** What a client shows for mutual TLS; made when it is asked for the first time. */
export function clientIdentity(kind: ClientIdentityKind): Identity {
  return CLIENT[kind]();
}
