import type { Words } from '../catalog/advice.ts';

/** What the program ends with. 64, 70 and 78 are those of sysexits.h. */
export const EXIT = { ok: 0, error: 1, usage: 64, internal: 70, config: 78 } as const;

/** Ends a command with a message and an exit code. */
export class Refusal extends Error {
  readonly exit: number;
  readonly lines: readonly Words[];

  constructor(exit: number, ...lines: readonly Words[]) {
    super(lines.map(({ en }) => en).join('\n'));
    this.exit = exit;
    this.lines = lines;
  }
}
