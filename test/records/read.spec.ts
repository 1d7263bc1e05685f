import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lineOf, LONGEST_LINE, type RecordLine } from '../../src/records/line.ts';
import { mergeRecords } from '../../src/records/merge.ts';
import { readSet, recordSets, type BadLine } from '../../src/records/read.ts';
import { folderWith } from '../support/folder.ts';
import { callRecord } from './given.ts';

interface Read {
  readonly ids: string[];
  readonly bad: BadLine[];
  readonly bytes: number;
}

/** Lines with these request ids, one a second. */
function lines(...ids: readonly string[]): string {
  return ids.map((id) => lineOf('call', callRecord({ requestId: id }))).join('');
}

async function read(...files: readonly string[]): Promise<Read> {
  const ids: string[] = [];
  const bad: BadLine[] = [];
  let bytes = 0;
  await mergeRecords(recordSets(files).map(readSet), {
    record: (line: RecordLine) => ids.push(line.event === 'call' ? line.requestId : line.event),
    bad: (line) => bad.push(line),
    read: (more) => (bytes += more),
  });
  return { ids, bad, bytes };
}

describe('a file of records', () => {
  it('is read behind its older ones, the oldest first', async () => {
    const dir = folderWith({
      'calls.jsonl': lines('e', 'f'),
      'calls.jsonl.1': lines('d'),
      'calls.jsonl.2': lines('c'),
      'calls.jsonl.10': lines('a', 'b'),
      'calls.jsonl.bak': lines('x'),
      'others.jsonl.1': lines('y'),
    });
    expect((await read(join(dir, 'calls.jsonl'))).ids.join('')).toBe('abcdef');
  });

  it('that is named beside its older ones, as a shell does, is read once', async () => {
    const dir = folderWith({ 'calls.jsonl': lines('b'), 'calls.jsonl.1': lines('a') });
    const names = ['calls.jsonl', 'calls.jsonl.1', 'calls.jsonl'].map((name) => join(dir, name));
    expect((await read(...names)).ids.join('')).toBe('ab');
  });

  it('of a time long past is read alone, where it alone is named', async () => {
    const dir = folderWith({ 'calls.jsonl': lines('b'), 'calls.jsonl.1': lines('a') });
    expect((await read(join(dir, 'calls.jsonl.1'))).ids).toEqual(['a']);
  });

  it('names its bad lines, skips them, and passes over blank ones', async () => {
    const dir = folderWith({ 'calls.jsonl': `${lines('a')}oops\n\n\r\n${lines('b')}{"event":"call"` });
    const file = join(dir, 'calls.jsonl');
    const { ids, bad } = await read(file);
    expect(ids).toEqual(['a', 'b']);
    expect(bad).toEqual([
      { file, line: 2 },
      { file, line: 6 },
    ]);
  });

  it('is read to its end, also where the last line has none', async () => {
    const dir = folderWith({ 'calls.jsonl': lines('a', 'b').trimEnd() });
    expect((await read(join(dir, 'calls.jsonl'))).ids).toEqual(['a', 'b']);
  });

  it('without a single end of a line is one bad line, and is not kept in memory', async () => {
    const dir = folderWith({ 'calls.jsonl': `${'x'.repeat(40 * LONGEST_LINE)}\n${lines('a')}` });
    const { ids, bad, bytes } = await read(join(dir, 'calls.jsonl'));
    expect(ids).toEqual(['a']);
    expect(bad.map(({ line }) => line)).toEqual([1]);
    expect(bytes).toBe(40 * LONGEST_LINE + 1 + lines('a').length);
  });

  it('may hold anything: every record between is found', async () => {
    const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => bytes.map((byte) => (byte === 0x0a ? 0x0b : byte)));
    await fc.assert(
      fc.asyncProperty(fc.array(noise, { maxLength: 5 }), async (pieces) => {
        const parts = pieces.flatMap((piece, index) => [
          Buffer.from(piece),
          Buffer.from(`\n${lines(`id-${String(index)}`)}`),
        ]);
        const dir = folderWith({ 'calls.jsonl': new Uint8Array(Buffer.concat(parts)) });
        expect((await read(join(dir, 'calls.jsonl'))).ids).toEqual(pieces.map((_, index) => `id-${String(index)}`));
      }),
      { numRuns: 30 },
    );
  });

  it('keeps a letter of three octets whole where two reads meet', async () => {
    const filler = lines(...Array.from({ length: 1_200 }, (_, index) => `id-${String(index)}`));
    const korean = lineOf('call', callRecord({ broker: '삼성증권', requestId: 'last' }));
    const texts = Array.from({ length: 3 }, (_, shift) => `${' '.repeat(shift)}\n${filler}${korean.repeat(300)}`);
    for (const text of texts) {
      const { bad } = await read(join(folderWith({ 'calls.jsonl': text.repeat(2) }), 'calls.jsonl'));
      expect(bad.map(({ line }) => line).filter((line) => line !== 1 && line !== 1_502)).toEqual([]);
    }
  });

  it('that is not there ends the reading with the error of the system', async () => {
    await expect(read(join(folderWith({}), 'calls.jsonl'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('several files', () => {
  const at = (second: number, requestId: string) =>
    lineOf('call', callRecord({ at: new Date(second * 1_000).toISOString(), requestId }));

  it('are read in the order of their times', async () => {
    const dir = folderWith({
      'one.jsonl': at(1, 'a') + at(3, 'c') + at(9, 'g'),
      'two.jsonl': at(2, 'b') + at(5, 'e') + at(6, 'f'),
      'three.jsonl': at(4, 'd'),
      'none.jsonl': '',
    });
    const names = ['one', 'two', 'three', 'none'].map((name) => join(dir, `${name}.jsonl`));
    expect((await read(...names)).ids.join('')).toBe('abcdefg');
  });

  it('lose no record where one of them is not in order', async () => {
    const dir = folderWith({ 'one.jsonl': at(5, 'a') + at(1, 'b'), 'two.jsonl': at(3, 'c') });
    const { ids } = await read(join(dir, 'one.jsonl'), join(dir, 'two.jsonl'));
    expect(ids.sort().join('')).toBe('abc');
  });
});
