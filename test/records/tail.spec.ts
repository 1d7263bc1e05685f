import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lineOf, LONGEST_LINE } from '../../src/records/line.ts';
import { Lines } from '../../src/records/lines.ts';
import { RotatingFile } from '../../src/records/rotating-file.ts';
import { RecordTail } from '../../src/records/tail.ts';
import { folderWith } from '../support/folder.ts';
import { atEnd } from '../support/release.ts';
import { callRecord } from './given.ts';

/** Lines with these request ids. */
function lines(...ids: readonly string[]): string {
  return ids.map((id) => lineOf('call', callRecord({ requestId: id }))).join('');
}

async function follow(content: string) {
  const file = join(folderWith({ 'calls.jsonl': content }), 'calls.jsonl');
  const tail = await RecordTail.open(file);
  atEnd(() => tail.close());
  /** Request ids that were added, and how many lines are no records. */
  const more = async () => {
    let ids = '';
    let bad = 0;
    for await (const growth of tail.more()) {
      ids += growth.lines.map((line) => (line.event === 'call' ? line.requestId : '')).join('');
      bad += growth.bad;
    }
    return { ids, bad };
  };
  return { file, more };
}

describe('a file that grows', () => {
  it('is read from where it was left', async () => {
    const { file, more } = await follow(lines('a', 'b'));
    expect(await more()).toEqual({ ids: 'ab', bad: 0 });
    expect(await more()).toEqual({ ids: '', bad: 0 });
    appendFileSync(file, lines('c'));
    expect(await more()).toEqual({ ids: 'c', bad: 0 });
  });

  it('shows half a line when its rest has come', async () => {
    const { file, more } = await follow(lines('a'));
    const whole = lines('b');
    appendFileSync(file, whole.slice(0, 40));
    expect((await more()).ids).toBe('a');
    appendFileSync(file, whole.slice(40));
    expect(await more()).toEqual({ ids: 'b', bad: 0 });
  });

  it('counts lines that are no records, and passes over blank ones', async () => {
    const { more } = await follow(`FAKE\n\n{}\r\n${lines('a')}`);
    expect(await more()).toEqual({ ids: 'a', bad: 2 });
  });

  it('keeps no line without end in memory', async () => {
    const { more } = await follow(`${'x'.repeat(40 * LONGEST_LINE)}\n${lines('a')}`);
    expect((await more()).ids).toBe('a');
  });

  it('is begun anew when it was cut short in place', async () => {
    const { file, more } = await follow(lines('a', 'b', 'c'));
    await more();
    truncateSync(file);
    appendFileSync(file, lines('d'));
    expect((await more()).ids).toBe('d');
  });

  it('that is not there cannot be followed', async () => {
    await expect(RecordTail.open(join(folderWith({}), 'no.jsonl'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a file that is rotated', () => {
  it('is read to its end before the one that takes its name', async () => {
    const { file, more } = await follow(lines('a'));
    await more();
    appendFileSync(file, lines('b'));
    renameSync(file, `${file}.1`);
    writeFileSync(file, lines('c'));
    expect((await more()).ids).toBe('bc');
    appendFileSync(file, lines('d'));
    expect((await more()).ids).toBe('d');
  });

  it('several times between two looks loses nothing', async () => {
    const { file, more } = await follow(lines('a'));
    await more();
    appendFileSync(file, lines('b'));
    renameSync(file, `${file}.3`);
    writeFileSync(`${file}.2`, lines('c'));
    writeFileSync(`${file}.1`, lines('d'));
    writeFileSync(file, lines('e'));
    expect((await more()).ids).toBe('bcde');
  });

  it('and not yet begun again is waited for', async () => {
    const { file, more } = await follow(lines('a'));
    await more();
    renameSync(file, `${file}.1`);
    expect((await more()).ids).toBe('');
    writeFileSync(file, lines('b'));
    expect((await more()).ids).toBe('b');
  });

  it('and removed is begun anew', async () => {
    const { file, more } = await follow(lines('a'));
    await more();
    rmSync(file);
    writeFileSync(file, lines('b'));
    expect((await more()).ids).toBe('b');
  });

  it('by our own writer gives every record once, in order, however looks and writes meet', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 20 }), async (batches) => {
        const { file, more } = await follow('');
        const writer = new RotatingFile(file, { maxBytes: 1_024, keep: 1_000 });
        let written = '';
        let read = '';
        for (const [index, count] of batches.entries()) {
          const ids = Array.from({ length: count }, (_, part) => `${index}.${part}-`);
          written += ids.join('');
          const waiting = new Lines(65_536);
          for (const id of ids) waiting.add(lines(id));
          await writer.write(waiting);
          if (index % 3 === 0) read += (await more()).ids;
        }
        read += (await more()).ids;
        expect(read).toBe(written);
      }),
      { numRuns: 20 },
    );
  });
});
