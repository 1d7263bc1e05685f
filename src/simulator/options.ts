import type { Fixture } from '../fixture/format.ts';
import { isJsonObject } from '../model/json.ts';

/** TLS of the simulator's port; without `cert` and `key` it makes its own. */
export interface SimulatorTls {
  /** Certificate of the server and its chain, as PEM. */
  readonly cert?: string;
  readonly key?: string;
  /** Authority that clients are to trust, as PEM; of `cert`. */
  readonly ca?: string;
  /** Refuses every client without a certificate of an authority that it knows: its own, or `ca`. */
  readonly requestClientCert?: boolean;
}

/** A request that was read, as a listener hears of it. Without anything of the message. */
export interface PlayedRequest {
  readonly broker: string;
  readonly operation: string;
  /** What the fixture is called; `undefined` where none answered. */
  readonly fixture?: string;
  /** First is 1. */
  readonly attempt?: number;
}

/** What `startSimulator` takes. */
export interface SimulatorOptions {
  readonly fixtures: readonly Fixture[];
  /** Default 0: any free port. */
  readonly port?: number;
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** https instead of http. Default false. */
  readonly tls?: boolean | SimulatorTls;
  /** Which requests the error share hits: the same ones for the same seed. Default 1. */
  readonly seed?: number;
  /** Hears of every request for a broker. */
  readonly onRequest?: (request: PlayedRequest) => void;
}

const TLS_KEYS = ['cert', 'key', 'ca'] as const;

function isInteger(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

function tlsMistake(tls: unknown): string | undefined {
  if (tls === undefined || typeof tls === 'boolean') return undefined;
  if (!isJsonObject(tls)) return 'options.tls: expected true, false or { cert, key, ca?, requestClientCert? }';
  const wrong = TLS_KEYS.find((key) => tls[key] !== undefined && typeof tls[key] !== 'string');
  if (wrong !== undefined) return `options.tls.${wrong}: expected PEM text`;
  if ((tls['cert'] === undefined) !== (tls['key'] === undefined)) return 'options.tls: expected cert and key together';
  const asks = tls['requestClientCert'];
  return asks === undefined || typeof asks === 'boolean'
    ? undefined
    : 'options.tls.requestClientCert: expected true or false';
}

/**
 * Checks what a caller without types may have given.
 *
 * @throws TypeError naming the first option that is wrong.
 */
export function checkOptions(options: Partial<SimulatorOptions> = {}): void {
  const { fixtures, port, host, tls, seed, onRequest } = options;
  const mistakes = [
    !Array.isArray(fixtures) && 'options.fixtures: expected a list of fixtures',
    port !== undefined && !isInteger(port, 65_535) && 'options.port: expected a port, 0 to 65535',
    host !== undefined && (typeof host !== 'string' || host === '') && 'options.host: expected an address',
    tlsMistake(tls) ?? false,
    seed !== undefined &&
      !isInteger(seed, Number.MAX_SAFE_INTEGER) &&
      'options.seed: expected a whole number, 0 or more',
    onRequest !== undefined && !(onRequest instanceof Function) && 'options.onRequest: expected a function',
  ];
  const mistake = mistakes.find((each) => typeof each === 'string');
  if (mistake !== undefined) throw new TypeError(mistake);
}
