import { describe, expect, it } from '@jest/globals';
import { LineBatch } from '../../src/cli/line-batch.ts';

/** A batch whose time passes when it is told to. */
function batch() {
  const printed: string[] = [];
  const due: (() => void)[] = [];
  const lines = new LineBatch((text) => void printed.push(text), {
    after: (_delayMs, run) => {
      due.push(run);
      return { cancel: () => undefined };
    },
  });
  const pass = () => {
    for (const run of due.splice(0)) run();
  };
  return { lines, printed, due, pass };
}

describe('lines that are printed together', () => {
  it('come in the order they were said, in one write', () => {
    const { lines, printed, pass } = batch();
    for (const line of ['a', 'b', 'c']) lines.add(line);
    expect(printed).toEqual([]);
    pass();
    expect(printed).toEqual(['a\nb\nc']);
    lines.add('d');
    pass();
    expect(printed).toEqual(['a\nb\nc', 'd']);
  });

  it('are there at once when they are flushed, and never twice', () => {
    const { lines, printed, pass } = batch();
    lines.add('a');
    lines.flush();
    lines.flush();
    lines.add('b');
    pass();
    expect(printed).toEqual(['a', 'b']);
  });

  it('wait for one timer at a time, and none is left when nothing waits', () => {
    const { lines, due, pass } = batch();
    lines.add('a');
    lines.flush();
    lines.add('b');
    expect(due).toHaveLength(1);
    pass();
    expect(due).toEqual([]);
  });

  it('do not pile up: a thousand of them go at once', () => {
    const { lines, printed } = batch();
    for (let line = 0; line < 2_500; line += 1) lines.add(String(line));
    expect(printed).toHaveLength(2);
    expect(printed.join('\n').split('\n')).toHaveLength(2_000);
  });
});
