import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TlsOptions } from '../../src/brokers/options.ts';
import { loadTls } from '../../src/brokers/tls-material.ts';
import { CA, CLIENT_IDENTITIES } from '../support/certificates.ts';

const { cert, key } = CLIENT_IDENTITIES.good;
const OTHER_KEY = CLIENT_IDENTITIES.ofOtherAuthority.key;
const LOCKED_KEY = createPrivateKey(key)
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'SECRET' })
  .toString();

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'op-exco-'));
  writeFileSync(join(folder, 'client.pem'), cert);
  writeFileSync(join(folder, 'client.key'), key);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function load(options: TlsOptions) {
  return loadTls(options, 'config.brokers[0].tls');
}

describe('certificates and keys', () => {
  it.each<readonly [string, TlsOptions]>([
    ['nothing', {}],
    ['an authority', { ca: CA }],
    ['certificate and key', { cert, key }],
    ['all of them', { ca: CA, cert, key, servername: 'broker.example' }],
    ['an encrypted key with its passphrase', { cert, key: LOCKED_KEY, passphrase: 'SECRET' }],
  ])('are taken as text: %s', (_, options) => {
    expect(load(options)).toEqual(options);
  });

  it('are read from files', () => {
    const options = { cert: { file: join(folder, 'client.pem') }, key: { file: join(folder, 'client.key') } };
    expect(load(options)).toEqual({ cert, key });
  });

  it('are left out where they are undefined', () => {
    expect(load({ ca: undefined, cert: undefined, key: undefined, pfx: undefined, passphrase: undefined })).toEqual({});
  });

  it.each([
    ['a key of another certificate', { cert, key: OTHER_KEY }, 'ERR_OSSL_X509_KEY_VALUES_MISMATCH'],
    ['an encrypted key without its passphrase', { cert, key: LOCKED_KEY }, 'ERR_'],
    ['an encrypted key with another passphrase', { cert, key: LOCKED_KEY, passphrase: 'WRONG' }, 'ERR_'],
    ['a certificate that is none', { cert: 'SECRET', key }, 'ERR_'],
    ['a pfx that is none', { pfx: 'U0VDUkVU' }, ''],
  ])('are tried out at once, and named, given %s', (_, options, why) => {
    const wrong = () => load(options);
    expect(wrong).toThrow('config.brokers[0].tls: expected certificates and a key that fit each other (');
    expect(wrong).toThrow(why);
    expect(wrong).not.toThrow('SECRET');
  });

  it.each<readonly [string, TlsOptions, string]>([
    ['a certificate without its key', { cert }, 'config.brokers[0].tls.key: expected the key of cert'],
    ['a key without its certificate', { key }, 'config.brokers[0].tls.cert: expected the certificate of key'],
    ['an authority that is none', { ca: 'SECRET' }, 'config.brokers[0].tls.ca: expected a certificate in PEM'],
  ])('are never taken with a part that every handshake would miss: %s', (_, options, words) => {
    expect(() => load(options)).toThrow(new Error(words));
  });

  it.each(['ca', 'cert', 'key', 'pfx'] as const)('name %s where its file cannot be read', (part) => {
    expect(() => load({ [part]: { file: join(folder, 'missing.pem') } })).toThrow(
      `config.brokers[0].tls.${part}.file: expected a readable file (ENOENT)`,
    );
  });

  it('name the part whose file is a folder', () => {
    expect(() => load({ cert: { file: folder } })).toThrow(
      'config.brokers[0].tls.cert.file: expected a readable file (EISDIR)',
    );
  });
});
