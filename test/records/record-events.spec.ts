import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConnectorEvents } from '../../src/model/record.ts';
import { lineOf, parseLine } from '../../src/records/line.ts';
import { recordEvents, type RecordingOptions } from '../../src/records/record-events.ts';
import type { Clock } from '../../src/runtime/clock.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { EventHub } from '../../src/runtime/events.ts';
import { folderWith } from '../support/folder.ts';
import { closedPort } from '../support/full-backlog.ts';
import { connectTo } from '../support/connect.ts';
import { MESSAGES } from '../support/messages.ts';
import { callRecord, stateRecord } from './given.ts';

const LINE_BYTES = lineOf('call', callRecord({ requestId: 'id-1000' })).length;

/** A clock whose timers run when the test says so. */
function heldClock() {
  const waiting = new Map<object, () => void>();
  const clock: Clock = {
    ...systemClock,
    wallMs: () => Date.parse('2026-11-25T01:00:00Z'),
    after(_, run) {
      const key = {};
      waiting.set(key, run);
      return { cancel: () => waiting.delete(key) };
    },
  };
  const fire = () => {
    for (const [key, run] of [...waiting]) {
      waiting.delete(key);
      run();
    }
  };
  return { clock, fire, waiting };
}

function recording(file: string, options: Partial<RecordingOptions> = {}) {
  const hub = new EventHub<ConnectorEvents>();
  const { clock, fire, waiting } = heldClock();
  const events = recordEvents(hub, { file, ...options }, clock);
  const close = () => events.close();
  let count = 0;
  const emit = (calls: number) => {
    for (let call = 0; call < calls; call += 1) {
      count += 1;
      hub.emit('call', callRecord({ requestId: `id-${String(1_000 + count)}` }));
    }
  };
  return { hub, emit, close, fire, waiting };
}

function linesOf(file: string) {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}

function idsOf(file: string): number[] {
  return linesOf(file).flatMap((text) => {
    const line = parseLine(text);
    return line?.event === 'call' ? [Number(line.requestId.slice(3)) - 1_000] : [];
  });
}

function upTo(last: number, first = 1): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

describe('a recording', () => {
  it('writes calls and circuits in their order, and ends when it is closed', async () => {
    const file = join(folderWith({}), 'calls.jsonl');
    const { hub, close } = recording(file);
    hub.emit('call', callRecord());
    hub.emit('state', stateRecord());
    expect(await close()).toEqual({ written: 2, lost: 0 });
    hub.emit('call', callRecord());
    expect(linesOf(file).map((text) => parseLine(text)?.event)).toEqual(['call', 'state']);
  });

  it('makes no file, and sets no timer, before there is something to write', async () => {
    const file = join(folderWith({}), 'calls.jsonl');
    const { close, waiting } = recording(file);
    expect(waiting.size).toBe(0);
    expect(await close()).toEqual({ written: 0, lost: 0 });
    expect(existsSync(file)).toBe(false);
  });

  it('writes nothing while a call is being told of: one timer, whatever comes', async () => {
    const file = join(folderWith({}), 'calls.jsonl');
    const { emit, waiting, close } = recording(file);
    emit(100);
    expect(waiting.size).toBe(1);
    expect(existsSync(file)).toBe(false);
    await close();
    expect(waiting.size).toBe(0);
    expect(idsOf(file)).toEqual(upTo(100));
  });

  it('gives every later close the result of the first', async () => {
    const { emit, close } = recording(join(folderWith({}), 'calls.jsonl'));
    emit(3);
    const [first, second] = await Promise.all([close(), close()]);
    expect(second).toBe(first);
  });

  it('appends to what is there, on a line of its own where the last one was cut', async () => {
    const file = join(folderWith({ 'calls.jsonl': `${lineOf('call', callRecord())}{"event":"ca` }), 'calls.jsonl');
    const { emit, close } = recording(file);
    emit(2);
    await close();
    expect(linesOf(file).map((text) => parseLine(text) !== undefined)).toEqual([true, false, true, true]);
  });

  it.each([
    ['file', { file: '' }],
    ['maxBytes', { maxBytes: 10 }],
    ['bufferBytes', { bufferBytes: Number.NaN }],
    ['keep', { keep: -1 }],
  ])('refuses a wrong %s at once, naming it', (name, options) => {
    expect(() => recording('calls.jsonl', options)).toThrow(new RegExp(`^options\\.${name}: expected `));
  });
});

describe('rotation', () => {
  it('keeps every file within its size and every line whole, whatever the sizes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1_024, max: 5_000 }),
        fc.integer({ min: 1, max: 200 }),
        async (maxBytes, calls) => {
          const file = join(folderWith({}), 'calls.jsonl');
          const { emit, close } = recording(file, { maxBytes, keep: 200 });
          emit(calls);
          expect(await close()).toEqual({ written: calls, lost: 0 });
          const ages = upTo(200).filter((age) => existsSync(`${file}.${String(age)}`));
          const files = [...ages.map((age) => `${file}.${String(age)}`).reverse(), file];
          expect(files.flatMap(idsOf)).toEqual(upTo(calls));
          expect(files.filter((path) => statSync(path).size > maxBytes)).toEqual([]);
          expect(ages).toEqual(upTo(ages.length));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('keeps as many older files as it is told', async () => {
    const file = join(folderWith({}), 'calls.jsonl');
    const fitting = Math.floor(2_000 / LINE_BYTES);
    const { emit, close } = recording(file, { maxBytes: 2_000, keep: 2 });
    emit(5 * fitting);
    await close();
    expect([`${file}.2`, `${file}.1`, file].flatMap(idsOf)).toEqual(upTo(5 * fitting, 2 * fitting + 1));
    expect(existsSync(`${file}.3`)).toBe(false);
  });

  it('without older files begins anew', async () => {
    const file = join(folderWith({}), 'calls.jsonl');
    const fitting = Math.floor(2_000 / LINE_BYTES);
    const { emit, close } = recording(file, { maxBytes: 2_000, keep: 0 });
    emit(fitting + 1);
    await close();
    expect(idsOf(file)).toEqual([fitting + 1]);
    expect(existsSync(`${file}.1`)).toBe(false);
  });

  it('writes a line that is longer than a file may be', async () => {
    const file = join(folderWith({}), 'calls.jsonl');
    const { hub, close } = recording(file, { maxBytes: 1_024 });
    hub.emit('call', callRecord({ category: 'c'.repeat(2_000) }));
    expect(await close()).toEqual({ written: 1, lost: 0 });
  });
});

describe('what cannot be written', () => {
  it('is lost once the buffer is full, and a line of the file owns up to it', async () => {
    const file = join(folderWith({}), 'calls.jsonl');
    const { emit, close } = recording(file, { bufferBytes: 10 * LINE_BYTES });
    emit(25);
    expect(await close()).toEqual({ written: 10, lost: 15 });
    expect(idsOf(file)).toEqual(upTo(10));
    expect(parseLine(linesOf(file).at(-1) ?? '')).toMatchObject({ event: 'loss', lost: 15 });
  });

  it('waits for a folder that comes back; trouble is told of once', async () => {
    const dir = folderWith({});
    const file = join(dir, 'away', 'calls.jsonl');
    const heard: string[] = [];
    const troubled = new Promise<void>((resolve) => {
      const { emit, close, fire } = recording(file, {
        onTrouble: (reason) => {
          heard.push(reason);
          mkdirSync(join(dir, 'away'));
          emit(2);
          void close().then((tally) => {
            expect(tally).toEqual({ written: 5, lost: 0 });
            resolve();
          });
        },
      });
      emit(3);
      fire();
    });
    await troubled;
    expect(heard).toEqual(['ENOENT']);
    expect(idsOf(file)).toEqual(upTo(5));
  });

  it('at the end is lost, and the tally says why', async () => {
    const dir = folderWith({});
    const { emit, close } = recording(dir);
    emit(4);
    expect(await close()).toEqual({ written: 0, lost: 4, reason: 'EISDIR' });
  });

  it('harms nobody where the listener for trouble throws', async () => {
    const { emit, close } = recording(folderWith({}), {
      onTrouble: () => {
        throw new Error('listener');
      },
    });
    emit(1);
    expect(await close()).toMatchObject({ lost: 1 });
  });

  it('does not stop a file that was moved away from being begun anew', async () => {
    const file = join(folderWith({}), 'calls.jsonl');
    const first = recording(file);
    first.emit(1);
    await first.close();
    rmSync(file);
    const second = recording(file);
    second.emit(2);
    await second.close();
    writeFileSync(`${file}.copy`, readFileSync(file));
    expect(idsOf(`${file}.copy`)).toEqual([1, 2]);
  });
});

describe('a recording of a connector', () => {
  it('holds no personal datum of a message, and one line for the call', async () => {
    const file = join(folderWith({}), 'calls.jsonl');
    const exco = connectTo(await closedPort());
    const events = recordEvents(exco, { file });
    const settled = await exco.settle('samsung', 'account.balance', {
      ...MESSAGES['account.balance'],
      commonHeader: { reqIdPlatform: '', reqIdConsumer: 'LOUDREQ1', ci: 'LOUDCI1' },
      accInfo: { vtAccNo: '999900000000000007', realAccNo: '12345678901' },
    });
    expect(settled.ok).toBe(false);
    expect(await events.close()).toEqual({ written: 1, lost: 0 });
    const text = readFileSync(file, 'utf8');
    expect(parseLine(text)).toMatchObject({ event: 'call', broker: 'samsung', fault: 'connect-refused' });
    expect(text).not.toMatch(/LOUD|999900000000000007|12345678901|127\.0\.0\.1/);
  });
});
