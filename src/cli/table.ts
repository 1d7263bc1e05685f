import { styleText } from 'node:util';
import stringWidth from 'string-width';
import type { Io } from './io.ts';

/** Blanks between two columns. */
const GAP = '  ';

/** Puts a text in bold, or leaves it as it is. */
export type Emphasis = (text: string) => string;

/** Bold on a terminal whose user did not ask for plain text (NO_COLOR), else nothing. */
export function emphasisOf({ isTerminal, env }: Pick<Io, 'isTerminal' | 'env'>): Emphasis {
  const isPlain = !isTerminal || (env['NO_COLOR'] ?? '') !== '';
  return isPlain ? (text) => text : (text) => styleText('bold', text, { validateStream: false });
}

/** `text` filled up to `width` columns of a terminal, where a Korean character takes two. */
function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** Rows as lines whose columns stand below each other. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, index) => padded(cell, widths[index] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

/** A table with its head, as lines. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], emphasis: Emphasis): string[] {
  const [first = '', ...others] = columns([head, ...rows]);
  return [emphasis(first), ...others];
}
