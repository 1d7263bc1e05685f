import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { TlsMaterial } from '../model/broker.ts';
import { ConfigError, type ConfigIssue } from './config-error.ts';
import type { Pem, TlsOptions } from './options.ts';

type Part = 'ca' | 'cert' | 'key' | 'pfx';

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
}

function read(pem: Pem, part: Part, path: string): Buffer {
  if (typeof pem === 'string') return Buffer.from(pem, part === 'pfx' ? 'base64' : 'utf8');
  try {
    return readFileSync(pem.file);
  } catch (error) {
    throw new ConfigError([{ path: `${path}.${part}.file`, expected: `expected a readable file (${codeOf(error)})` }]);
  }
}

/** What OpenSSL takes without a word, and every handshake would fail on. */
function mistakesIn({ ca, cert, key }: TlsMaterial, path: string): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  if (ca?.includes('-----BEGIN ') === false)
    issues.push({ path: `${path}.ca`, expected: 'expected a certificate in PEM' });
  if (cert !== undefined && key === undefined)
    issues.push({ path: `${path}.key`, expected: 'expected the key of cert' });
  if (key !== undefined && cert === undefined)
    issues.push({ path: `${path}.cert`, expected: 'expected the certificate of key' });
  return issues;
}

/**
 * Trust and client certificate, read from their files and tried out, so that a wrong key or passphrase shows at once
 * and not at the first call.
 *
 * @throws ConfigError naming the part that cannot be read or used.
 */
export function loadTls(options: TlsOptions, path: string): TlsMaterial {
  const { ca, cert, key, pfx, passphrase, servername } = options;
  const material: TlsMaterial = {
    ...(ca !== undefined && { ca: read(ca, 'ca', path).toString('utf8') }),
    ...(cert !== undefined && { cert: read(cert, 'cert', path).toString('utf8') }),
    ...(key !== undefined && { key: read(key, 'key', path).toString('utf8') }),
    ...(pfx !== undefined && { pfx: read(pfx, 'pfx', path) }),
    ...(passphrase !== undefined && { passphrase }),
    ...(servername !== undefined && { servername }),
  };
  const issues = mistakesIn(material, path);
  if (issues.length > 0) throw new ConfigError(issues);
  try {
    createSecureContext(material);
  } catch (error) {
    throw new ConfigError([
      { path, expected: `expected certificates and a key that fit each other (${codeOf(error)})` },
    ]);
  }
  return material;
}
