import { parseArgs } from 'node:util';

/** How long a soak goes on, and on which plan. */
export interface SoakArguments {
  readonly seed: number;
  /** Ends the soak after this time; infinite where calls are counted. */
  readonly forMs: number;
  /** Ends the soak after so many calls. */
  readonly calls: number;
  /** Units under way at once. */
  readonly lanes: number;
}

const DEFAULT_MINUTES = 5;
/** Few enough that the machine keeps up: what is late then is late because of the connector. */
const DEFAULT_LANES = 6;

function numberOf(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new TypeError(`${name}: expected a number above 0, not ${text}`);
  return number;
}

/**
 * The arguments of `npm run soak -- [minutes] [--calls N] [--seed N] [--lanes N]`.
 *
 * @throws TypeError naming what was expected.
 */
export function soakArguments(argv: readonly string[]): SoakArguments {
  const options = { calls: { type: 'string' }, seed: { type: 'string' }, lanes: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  const [minutes = String(DEFAULT_MINUTES)] = positionals;
  const { calls, seed = String(Date.now() % 1_000_000), lanes = String(DEFAULT_LANES) } = values;
  return {
    seed: Math.floor(numberOf('--seed', seed)),
    forMs: calls === undefined ? numberOf('minutes', minutes) * 60_000 : Number.POSITIVE_INFINITY,
    calls: calls === undefined ? Number.POSITIVE_INFINITY : numberOf('--calls', calls),
    lanes: Math.floor(numberOf('--lanes', lanes)),
  };
}
