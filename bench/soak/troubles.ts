/** What the runtime itself complains of: rejections that nobody handles, exceptions, warnings. */
export class Troubles {
  readonly #rejections = new Map<string, number>();
  readonly #warnings = new Map<string, number>();

  constructor() {
    const rejected = (reason: unknown) => {
      count(this.#rejections, reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
    };
    process.on('unhandledRejection', rejected);
    process.on('uncaughtException', rejected);
    // They are told in the report, once each: printed as they come they would be all that one sees.
    process.removeAllListeners('warning').on('warning', ({ name, message }) => {
      count(this.#warnings, `${name}: ${message}`);
    });
  }

  get rejections(): string[] {
    return told(this.#rejections);
  }

  get warnings(): string[] {
    return told(this.#warnings);
  }
}

function count(counts: Map<string, number>, words: string): void {
  counts.set(words, (counts.get(words) ?? 0) + 1);
}

function told(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].map(([words, times]) => `${times} times ${words}`);
}
