import { describe, expect, it } from '@jest/globals';
import { ADVICE, BLAME_WORDS } from '../../src/catalog/advice.ts';
import { codeAdvice } from '../../src/catalog/code-advice.ts';
import { FAULT_NAMES, faultRow, isFault } from '../../src/catalog/faults.ts';
import { ERROR_CATALOG } from '../../src/catalog/tables.ts';

/** The published table: fault, code, whose fault, what it says of the broker, repeat of a read, repeat of a write. */
const PUBLISHED = [
  ['connect-refused', 3600, 'broker', 'down', 'yes', 'yes'],
  ['connect-reset', 3004, 'path', 'down', 'yes', 'yes'],
  ['connect-timeout', 3005, 'path', 'down', 'yes', 'yes'],
  ['dns-not-found', 3004, 'platform', 'self', 'no', 'no'],
  ['dns-unavailable', 3004, 'platform', 'self', 'yes', 'yes'],
  ['host-unreachable', 3004, 'path', 'down', 'yes', 'yes'],
  ['network-unreachable', 3004, 'platform', 'self', 'no', 'no'],
  ['local-resources', 3999, 'platform', 'self', 'no', 'no'],
  ['tls-certificate', 3004, 'broker', 'down', 'no', 'no'],
  ['tls-untrusted', 3004, 'platform', 'self', 'no', 'no'],
  ['tls-client-rejected', 3004, 'platform', 'self', 'no', 'no'],
  ['tls-handshake', 3004, 'broker', 'down', 'no', 'no'],
  ['reset-before-response', 3004, 'path', 'down', 'yes', 'no'],
  ['body-cut', 3004, 'path', 'down', 'yes', 'no'],
  ['http-malformed', 3004, 'broker', 'down', 'once', 'no'],
  ['response-timeout', 3005, 'broker', 'down', 'once', 'no'],
  ['body-timeout', 3005, 'broker', 'down', 'once', 'no'],
  ['deadline-exceeded', 3005, 'platform', 'none', 'no', 'no'],
  ['http-redirect', 3600, 'broker', 'down', 'no', 'no'],
  ['http-unavailable', 3600, 'broker', 'down', 'if-retry-after', 'no'],
  ['http-server-error', 3600, 'broker', 'down', 'once', 'no'],
  ['throttled', 3600, 'platform', 'none', 'if-retry-after', 'if-retry-after'],
  ['broker-unavailable', 3600, 'broker', 'down', 'if-retry-after', 'no'],
  ['broker-timeout', 3005, 'broker', 'down', 'once', 'no'],
  ['credentials-refused', 3999, 'platform', 'self', 'after-renewal', 'after-renewal'],
  ['http-timeout', 3005, 'broker', 'down', 'once', 'no'],
  ['http-not-found', 3002, 'platform', 'operation', 'no', 'no'],
  ['http-denied', 3999, 'platform', 'self', 'no', 'no'],
  ['http-rejected', 3999, 'platform', 'none', 'no', 'no'],
  ['maintenance-page', 3600, 'broker', 'down', 'no', 'no'],
  ['body-empty', 3011, 'broker', 'operation', 'once', 'no'],
  ['body-html', 3011, 'broker', 'down', 'no', 'no'],
  ['body-too-large', 3011, 'broker', 'operation', 'no', 'no'],
  ['body-encoding', 3011, 'broker', 'operation', 'once', 'no'],
  ['json-invalid', 3011, 'broker', 'operation', 'once', 'no'],
  ['envelope-missing', 3011, 'broker', 'operation', 'no', 'no'],
  ['respcode-invalid', 3011, 'broker', 'operation', 'no', 'no'],
  ['respcode-out-of-range', 3011, 'broker', 'operation', 'no', 'no'],
  ['status-conflict', 3011, 'broker', 'operation', 'no', 'no'],
  ['trcode-mismatch', 3001, 'broker', 'operation', 'once-fresh', 'no'],
  ['echo-mismatch', 3001, 'broker', 'operation', 'once-fresh', 'no'],
  ['broker-error', 'broker', 'caller', 'up', 'no', 'no'],
  ['item-failed', 'item', 'caller', 'up', 'no', 'no'],
  ['unknown-broker', 3008, 'caller', 'none', 'no', 'no'],
  ['unknown-operation', 3002, 'caller', 'none', 'no', 'no'],
  ['missing-field', 3003, 'caller', 'none', 'no', 'no'],
  ['breaker-open', 3600, 'broker', 'none', 'no', 'no'],
  ['bulkhead-full', 3600, 'platform', 'none', 'no', 'no'],
  ['maintenance-window', 3600, 'broker', 'none', 'no', 'no'],
  ['internal', 3999, 'platform', 'self', 'no', 'no'],
] as const;

/** A page key seen twice ends an iteration over pages with 3011; it is no outcome of a single call. */
const ADDED = ['page-repeated', 3011, 'broker', 'operation', 'no', 'no'] as const;

describe('the fault table', () => {
  it.each([...PUBLISHED, ADDED])(
    '%s gives %s, is up to the %s, says "%s" of the broker; repeat read %s, write %s',
    (fault, code, blame, evidence, read, write) => {
      expect(faultRow(fault)).toMatchObject({ code, blame, evidence, read, write });
    },
  );

  it('adds page-repeated to the published table and nothing else', () => {
    const published: readonly string[] = PUBLISHED.map(([fault]) => fault);
    expect(FAULT_NAMES.filter((fault) => !published.includes(fault))).toEqual(['page-repeated']);
    expect(published.filter((fault) => !isFault(fault))).toEqual([]);
    expect(FAULT_NAMES).toHaveLength(51);
  });
});

describe('the advice', () => {
  it('follows the order of the fault table', () => {
    expect(Object.keys(ADVICE)).toEqual(FAULT_NAMES);
  });

  it.each(FAULT_NAMES)('%s: names first the desk of whoever is to blame, in both languages', (fault) => {
    const { todo } = ADVICE[fault];
    const desk = BLAME_WORDS[faultRow(fault).blame];
    expect(todo.en.toLowerCase().startsWith(`${desk.en}: `)).toBe(true);
    expect(todo.ko.startsWith(`${desk.ko}: `)).toBe(true);
  });

  it.each(FAULT_NAMES)('%s: says in whole sentences how it shows and what to do', (fault) => {
    const { when, todo } = ADVICE[fault];
    for (const words of [when, todo]) {
      expect(words.en).toMatch(/^[A-Z].*\.$/);
      expect(words.ko).toMatch(/[가-힣].*\.$/);
    }
  });

  it('has an entry for each of the 51 codes', () => {
    expect(ERROR_CATALOG.filter(({ code }) => codeAdvice(code) === undefined)).toEqual([]);
    expect(codeAdvice(9011)).toBeUndefined();
  });
});
