import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { report } from '../../src/cli/report.ts';
import { lineOf } from '../../src/records/line.ts';
import { folderWith } from '../support/folder.ts';
import { syntheticLines, tradingDay } from '../support/synthetic-records.ts';
import { runCommand } from '../support/terminal.ts';
import { callRecord } from '../records/given.ts';

const LINES = [...syntheticLines(tradingDay(3_000))];

function file(text = LINES.join('')): string {
  return join(folderWith({ 'calls.jsonl': text }), 'calls.jsonl');
}

describe('op-exco report', () => {
  it.each([
    ['-o', 'en', 'Calls to brokers', 'Written: report.html'],
    ['--output', 'ko', '증권사 호출 보고서', '저장한 파일: report.html'],
  ])('writes the page of %s, in %s, and names the file', async (option, lang, title, said) => {
    const { exit, out, err, written } = await runCommand(report, [file(), option, 'report.html', '--lang', lang]);
    expect([exit, out, err]).toEqual([0, '', said]);
    expect(written.get('report.html')).toContain(title);
  });

  it('prints the page where no file is named, but to no terminal', async () => {
    expect((await runCommand(report, [file()])).out).toMatch(/^<!doctype html>[\s\S]*<\/html>$/);
    const { exit, out, err } = await runCommand(report, [file()], { isTerminal: true });
    expect([exit, out]).toEqual([64, '']);
    expect(err).toContain('-o FILE');
  });

  it('prints one JSON object with --json, and the page is written as well', async () => {
    const { exit, out, err, written } = await runCommand(report, [file(), '--json', '-o', 'report.html']);
    expect([exit, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      from: '2026-11-24T22:30:00.000Z',
      calls: 3_000,
      recordsLost: 0,
      badLines: { count: 0, listed: [] },
    });
    expect(written.has('report.html')).toBe(true);
  });

  it('takes several files, and reads older ones before them', async () => {
    const dir = folderWith({
      'a.jsonl': LINES.slice(1_000, 2_000).join(''),
      'a.jsonl.1': LINES.slice(0, 1_000).join(''),
      'b.jsonl': LINES.slice(2_000).join(''),
    });
    const { out } = await runCommand(report, [join(dir, 'a.jsonl'), join(dir, 'b.jsonl'), '--json']);
    const alone = await runCommand(report, [file(), '--json']);
    expect(JSON.parse(out)).toEqual(JSON.parse(alone.out));
  });

  it('names bad lines and goes on', async () => {
    const path = file(`nonsense\n${lineOf('call', callRecord())}`);
    const { exit, out } = await runCommand(report, [path, '--json']);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ calls: 1, badLines: { count: 1, listed: [{ file: path, line: 1 }] } });
  });

  it('shows how far it has come to a person who looks on, up to the end, and clears that', async () => {
    const shown: string[] = [];
    await runCommand(report, [file(), '--json'], { progress: (line) => shown.push(line) });
    expect(shown.slice(-2)).toEqual([`[${'#'.repeat(30)}] 100 %`, '']);
    expect(new Set(shown).size).toBe(shown.length);
  });

  it.each([
    ['a file that is not there', ['/nowhere/calls.jsonl', '--json'], 'ENOENT'],
    ['no file at all', ['--json'], 'Expected: op-exco report FILE...'],
  ])('ends with 64 and says why, given %s', async (_, args, words) => {
    const { exit, out, err } = await runCommand(report, args);
    expect([exit, out]).toEqual([64, '']);
    expect(err).toContain(words);
  });

  it('ends with 64 where there is no record, or the page cannot be written', async () => {
    const folder = await runCommand(report, [folderWith({}), '--json']);
    expect([folder.exit, folder.err.includes('cannot be read (EISDIR)')]).toEqual([64, true]);
    const empty = await runCommand(report, [file('\n'), '--json']);
    expect([empty.exit, empty.err.includes('no call records')]).toEqual([64, true]);
    const unwritable = await runCommand(report, [file(), '-o', 'no/such/folder.html']);
    expect([unwritable.exit, unwritable.err.includes('cannot be written (ENOENT)')]).toEqual([64, true]);
  });
});
