import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../src/cli/diagnose.ts';
import type { DiagnoseSource } from '../../src/cli/diagnose-sources.ts';
import { watch } from '../../src/cli/diagnose-watch.ts';
import { RecordedSource } from '../../src/cli/recorded-source.ts';
import { diagnoseAll } from '../../src/diagnosis/diagnose-all.ts';
import { lineOf } from '../../src/records/line.ts';
import type { CallRecord } from '../../src/model/record.ts';
import { openFullBacklog } from '../support/full-backlog.ts';
import { folderWith } from '../support/folder.ts';
import { atEnd } from '../support/release.ts';
import { terminal, type TerminalOptions } from '../support/terminal.ts';

const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';

/** So many calls that ended `agoMs` ago, refused or served. */
function calls(count: number, agoMs: number, fault?: CallRecord['fault']): string {
  const at = new Date(Date.now() - agoMs).toISOString();
  const common = { schema: 1, at, broker: 'samsung', operation: 'account.balance', kind: 'read' } as const;
  const end =
    fault === undefined ? { result: 'ok' as const } : { result: 'error' as const, fault, phase: 'connect' as const };
  return Array.from({ length: count }, (_, index) =>
    lineOf('call', { ...common, requestId: `FAKE-${agoMs}-${index}`, attempts: 1, elapsedMs: 5, ...end }),
  ).join('');
}

function recorded(content: string) {
  const path = join(folderWith({ 'calls.jsonl': content }), 'calls.jsonl');
  const source = new RecordedSource({ path, names: ['samsung'], options: undefined, isFollowed: true }, terminal().io);
  atEnd(() => source.close());
  const verdict = async () => {
    const { members, control } = await source.look();
    const [diagnosis] = diagnoseAll(members, control);
    return diagnosis;
  };
  return { path, verdict };
}

describe('records that are followed', () => {
  it('are judged as of now, with what was added since the last look', async () => {
    const { path, verdict } = recorded(calls(20, 60_000));
    expect(await verdict()).toMatchObject({ verdict: 'healthy', calls: { good: 20, bad: 0 } });
    appendFileSync(path, calls(30, 5_000, 'connect-refused'));
    expect(await verdict()).toMatchObject({
      verdict: 'broker-down',
      calls: { good: 20, bad: 30 },
      lastGood: { requestId: 'FAKE-60000-19' },
      lastBad: { requestId: 'FAKE-5000-29' },
    });
  });

  it('go on behind a rotation', async () => {
    const { path, verdict } = recorded(calls(20, 60_000));
    await verdict();
    renameSync(path, `${path}.1`);
    writeFileSync(path, calls(4, 1_000, 'connect-refused'));
    expect(await verdict()).toMatchObject({ calls: { good: 20, bad: 4 } });
  });

  it('begin with the older files as far back as is looked', async () => {
    const { path, verdict } = recorded(calls(4, 1_000, 'connect-refused'));
    writeFileSync(`${path}.1`, calls(20, 60_000));
    expect(await verdict()).toMatchObject({ calls: { good: 20, bad: 4 } });
    expect(await verdict()).toMatchObject({ calls: { good: 20, bad: 4 } });
  });

  it('may be of a file that holds none yet, or none any more', async () => {
    expect(await recorded('').verdict()).toMatchObject({ verdict: 'inconclusive' });
    expect(await recorded(calls(9, 900_000)).verdict()).toMatchObject({ verdict: 'inconclusive' });
  });
});

/** Rounds of a source without anything behind it. */
async function watched(isInPlace: boolean, stopAfter: number, options: TerminalOptions & { rows?: number } = {}) {
  let looks = 0;
  let stop: () => void = () => undefined;
  const untilStopped = () => new Promise<void>((resolve) => (stop = resolve));
  const { io, out } = terminal({ ...options, untilStopped });
  const source: DiagnoseSource = {
    async look() {
      looks += 1;
      if (looks > stopAfter) stop();
      await Promise.resolve();
      return { members: [], control: [] };
    },
    close: () => Promise.resolve(),
  };
  const show = () => Array.from({ length: 9 }, (_, index) => `round ${looks} line ${index}`);
  const terminalIo = options.rows === undefined ? io : { ...io, rows: options.rows };
  await watch(source, { everyMs: 0, isInPlace, show, head: () => 'HEAD' }, terminalIo);
  return out();
}

describe('rounds', () => {
  it('stand below each other where no person looks on', async () => {
    const out = await watched(false, 2);
    expect(out.split('\n').filter((line) => line.endsWith('line 0'))).toEqual(['round 1 line 0', 'round 2 line 0']);
    expect(out).not.toContain('\u001b');
  });

  it('take the place of each other on a terminal, without a cursor until the end', async () => {
    const out = await watched(true, 2);
    expect(out.startsWith(`${HIDE}\u001b[HHEAD\u001b[K\n`)).toBe(true);
    expect(out.split('\u001b[H')).toHaveLength(3);
    expect(out.endsWith(`\u001b[J\n${SHOW}`)).toBe(true);
    expect(out.split(SHOW)).toHaveLength(2);
  });

  it('are cut to the rows of the terminal, and say so', async () => {
    const [round = ''] = (await watched(true, 1, { rows: 7 })).split('\u001b[J');
    expect(round.split('\n')).toHaveLength(6);
    expect(round).toContain('… +6');
  });

  it('that fail give the cursor back', async () => {
    const { io, out } = terminal({ untilStopped: () => new Promise(() => undefined) });
    const source: DiagnoseSource = { look: () => Promise.reject(new Error('FAKE')), close: () => Promise.resolve() };
    const rounds = { everyMs: 0, isInPlace: true, show: () => [], head: () => '' };
    await expect(watch(source, rounds, io)).rejects.toThrow('FAKE');
    expect(out()).toBe(SHOW);
  });
});

describe('diagnose --watch', () => {
  it('shows what a file says until it is stopped, and exits 0', async () => {
    const path = join(folderWith({ 'calls.jsonl': calls(30, 5_000, 'connect-refused') }), 'calls.jsonl');
    let seen: () => void = () => undefined;
    const shown = new Promise<void>((resolve) => (seen = resolve));
    const { io, out } = terminal({ isTerminal: true, untilStopped: () => shown });
    const spied = {
      ...io,
      out: (line: string) => {
        io.out(line);
        if (line.includes('DOWN')) seen();
      },
    };
    expect(await diagnose.run(['samsung', '--events', path, '--watch'], spied)).toBe(0);
    expect(out()).toMatch(/\d\d:\d\d:\d\d KST, every 1 s; Ctrl-C ends it/);
    expect(out().endsWith(SHOW)).toBe(true);
  });

  it('gives a probe that is under way up when it is stopped', async () => {
    // Left alone, it would take longer than a test may.
    const broker = { alias: 'samsung', baseUrl: await openFullBacklog(), timeouts: { connectMs: 60_000 } };
    const { io, out } = terminal({ files: { 'exco.json': JSON.stringify({ brokers: [broker] }) } });
    expect(await diagnose.run(['--config', 'exco.json', '--watch'], io)).toBe(0);
    expect(out()).toBe('');
  });
});
