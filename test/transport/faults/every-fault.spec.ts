import { describe, expect, it } from '@jest/globals';
import { FAULT_NAMES, faultRow } from '../../../src/catalog/faults.ts';
import { BYTES } from './bytes.ts';
import { DIALLING } from './dialling.ts';
import { ENVELOPE } from './envelope.ts';
import { EXCHANGE } from './exchange.ts';
import { HTTP_STATUS } from './http-status.ts';
import { IDENTITY } from './identity.ts';
import { OWN_WORD } from './own-word.ts';
import { REFUSALS } from './refusals.ts';
import { TLS } from './tls.ts';

const CASES = [
  ...DIALLING,
  ...TLS,
  ...EXCHANGE,
  ...HTTP_STATUS,
  ...BYTES,
  ...ENVELOPE,
  ...IDENTITY,
  ...OWN_WORD,
  ...REFUSALS,
];

/** What only a query has. */
const READS_ONLY = ['unknown-broker', 'page-repeated'];

/** What only a virtual-account message has. */
const WRITES_ONLY = ['item-failed'];

describe('the cases of faults', () => {
  it('name every row of the fault table', () => {
    expect([...new Set(CASES.map(({ fault }) => fault))].sort()).toEqual([...FAULT_NAMES].sort());
  });

  it('read every row that a read can run into', () => {
    const read = new Set(CASES.filter((each) => each.read !== undefined).map(({ fault }) => fault));
    expect(FAULT_NAMES.filter((fault) => !read.has(fault))).toEqual(WRITES_ONLY);
  });

  it('write every row that a write can run into', () => {
    const written = new Set(CASES.filter((each) => each.write !== undefined).map(({ fault }) => fault));
    expect(FAULT_NAMES.filter((fault) => !written.has(fault))).toEqual(READS_ONLY);
  });

  it('never send a write twice that had left, unless the broker said that it was not done', () => {
    const twice = CASES.filter(({ write }) => write !== undefined && write.sent !== 'no' && write.requests > 1);
    expect([...new Set(twice.map(({ fault }) => fault))]).toEqual(['throttled']);
    expect(faultRow('throttled').effect).toBe('not-executed');
  });

  it('call the outcome of a write unknown wherever it had left and nobody said what became of it', () => {
    const unsaid = CASES.filter(({ write }) => write?.sent === 'yes' && write.outcome === 'not-executed');
    expect([...new Set(unsaid.map(({ fault }) => fault))]).toEqual(['throttled', 'credentials-refused']);
  });
});
