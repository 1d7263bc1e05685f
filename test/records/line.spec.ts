import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST_LINE, lineOf, lossLineOf, parseLine } from '../../src/records/line.ts';
import { callRecord, stateRecord } from './given.ts';

const FAILED = callRecord({
  result: 'error',
  fault: 'connect-refused',
  blame: 'broker',
  evidence: 'down',
  phase: 'connect',
  sent: 'no',
  category: 'op-exco',
  code: 3600,
  outcome: 'not-executed',
});

describe('a line', () => {
  it.each([
    ['a call that went well', 'call', callRecord()],
    ['a call that failed', 'call', FAILED],
    ['a call given up', 'call', callRecord({ result: 'aborted' })],
    ['a circuit', 'state', stateRecord({ retryAfterMs: 15_000 })],
    ["an operation's circuit", 'state', stateRecord({ operation: 'account.balance' })],
  ] as const)('of %s is read as it was written', (_, event, record) => {
    expect(parseLine(lineOf(event, record))).toEqual({ event, ...record });
  });

  it('of lost records says how many, and when that was written', () => {
    const lost = { schema: 1, event: 'loss', at: '2026-11-25T00:00:00.000Z', lost: 7 };
    expect(parseLine(lossLineOf(7, Date.parse(lost.at)))).toEqual(lost);
  });

  it('is one line, whatever stands in it', () => {
    expect(lineOf('call', callRecord({ operation: 'a\nb' })).indexOf('\n')).toBe(
      lineOf('call', callRecord({ operation: 'a\nb' })).length - 1,
    );
  });
});

describe('no record is', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', '{"event":"call"'],
    ['no object', '[1]'],
    ['an object without an event', JSON.stringify(callRecord())],
    ['an event of another kind', JSON.stringify({ event: 'attempt', ...callRecord() })],
    ['another schema', lineOf('call', callRecord()).replace('"schema":1', '"schema":2')],
    ['a time that cannot be', lineOf('call', callRecord({ at: '2026-13-45T00:00:00Z' }))],
    ['a time with words', lineOf('call', callRecord({ at: 'yesterday' }))],
    ['a broker with markup', lineOf('call', callRecord({ broker: '<b>' }))],
    ['a broker of several words', lineOf('call', callRecord({ broker: 'Hong Gildong' }))],
    ['a name without end', lineOf('call', callRecord({ operation: 'a'.repeat(65) }))],
    ['a request id with blanks', lineOf('call', callRecord({ requestId: '1 2' }))],
    ['an error without a fault', lineOf('call', callRecord({ result: 'error' }))],
    ['a figure below 0', lineOf('call', callRecord({ elapsedMs: -1 }))],
    ['a figure that is none', lineOf('call', callRecord({ elapsedMs: Number.NaN }))],
    ['a line without end', lineOf('call', callRecord({ requestId: 'a'.repeat(LONGEST_LINE) }))],
    ['a prototype as fault', lineOf('call', FAILED).replace('connect-refused', 'toString')],
    ['a loss of nothing', '{"schema":1,"event":"loss","at":"2026-11-25T00:00:00Z"}'],
  ])('%s', (_, text) => {
    expect(parseLine(text)).toBeUndefined();
  });

  it('anything else, and none of it makes the reading throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        expect(parseLine(text)).toBeUndefined();
      }),
    );
  });

  it('a record of which one field is something else is read, or is none; it never throws', () => {
    const text = lineOf('call', FAILED);
    const keys = Object.keys({ event: '', ...FAILED });
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        const changed = { ...(JSON.parse(text) as object), [key]: value };
        const read = parseLine(JSON.stringify(changed));
        if (read !== undefined) expect(JSON.stringify(read)).toBe(JSON.stringify(changed));
      }),
    );
  });
});
