import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CallRecord, StateRecord } from '../model/record.ts';
import type { RouteName } from './paths.ts';
import { Tally } from './tally.ts';

/** Seconds, from a broker next door to the end of the usual deadline. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Label of what a call that went well does not have. */
const NONE = 'none';

/** Worth of a circuit's state as a gauge. */
const CIRCUIT = { closed: 0, 'half-open': 1, open: 2 } as const;

/** Figures of one gateway that only it knows the present value of. */
export interface Present {
  readonly inFlight: () => number;
  readonly isReady: () => boolean;
}

/**
 * What `/metrics` shows. Every label is from a closed set: brokers of the configuration, operations, faults, routes.
 * Counters and histograms add up over replicas; a gauge is of this replica alone.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = this.#counter('gateway_requests_total', 'Requests answered, by route and HTTP status.', [
    'route',
    'status',
  ]);
  readonly #calls = this.#counter('calls_total', 'Calls that are over, by what came of them.', [
    'broker',
    'operation',
    'result',
    'fault',
    'blame',
  ]);
  readonly #attempts = this.#counter(
    'attempts_total',
    'Attempts of calls that are over; more than calls by the repeats.',
    ['broker', 'result'],
  );
  readonly #opened = this.#counter('circuit_opened_total', 'How often a circuit opened.', ['broker', 'scope']);
  readonly #reloads = this.#counter('config_reloads_total', 'Configurations read anew.', ['result']);
  readonly #unreadable = this.#counter('gateway_unreadable_total', 'Requests that were no HTTP, or not in time.', [
    'status',
  ]);
  readonly #seconds = new Histogram({
    name: 'op_exco_call_duration_seconds',
    help: 'Time of a call, from its arguments to its end.',
    labelNames: ['broker', 'result'] as const,
    buckets: BUCKETS,
    registers: [this.#registry],
  });
  /** What every request adds to, put into the figures above when somebody asks for them. */
  readonly #tallied = {
    requests: new Tally<RouteName, number>(),
    goodCalls: new Tally<string, string>(),
    attempts: new Tally<string, CallRecord['result']>(),
  };
  readonly #circuit = this.#gauge(
    'circuit_state',
    'Circuit of a broker at this replica: 0 closed, 1 half-open, 2 open.',
    ['broker'],
  );
  readonly #loaded = this.#gauge('config_loaded_timestamp_seconds', 'When the configuration in force was read.', []);

  constructor({ inFlight, isReady }: Present) {
    const registers = [this.#registry];
    new Gauge({
      name: 'op_exco_gateway_in_flight',
      help: 'Calls under way at this replica.',
      registers,
      collect() {
        this.set(inFlight());
      },
    });
    new Gauge({
      name: 'op_exco_gateway_ready',
      help: 'Whether this replica takes calls: 1, or 0 while it drains.',
      registers,
      collect() {
        this.set(isReady() ? 1 : 0);
      },
    });
  }

  /** Adds the figures of the process itself: memory, CPU, delay of the event loop. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  answered(route: RouteName, status: number): void {
    this.#tallied.requests.add(route, status);
  }

  unreadable(status: number): void {
    this.#unreadable.inc({ status });
  }

  /** A call is over. Attempts are counted with it: all but the last were errors, or there would have been no other. */
  called({ broker, operation, result, fault, blame, attempts, elapsedMs }: CallRecord): void {
    if (result === 'ok') this.#tallied.goodCalls.add(broker, operation);
    else this.#calls.inc({ broker, operation, result, fault: fault ?? NONE, blame: blame ?? NONE });
    this.#seconds.observe({ broker, result }, elapsedMs / 1_000);
    if (attempts > 0) this.#tallied.attempts.add(broker, result);
    if (attempts > 1) this.#tallied.attempts.add(broker, 'error', attempts - 1);
  }

  changed({ broker, operation, to }: StateRecord): void {
    if (to === 'open') this.#opened.inc({ broker, scope: operation === undefined ? 'broker' : 'operation' });
    if (operation === undefined) this.#circuit.set({ broker }, CIRCUIT[to]);
  }

  /** A configuration came into force: circuits begin anew, and brokers that are gone show none. */
  reloaded(brokers: readonly string[], wallMs: number): void {
    this.#circuit.reset();
    for (const broker of brokers) this.#circuit.set({ broker }, CIRCUIT.closed);
    this.#loaded.set(wallMs / 1_000);
    this.#reloads.inc({ result: 'ok' });
  }

  reloadRefused(): void {
    this.#reloads.inc({ result: 'refused' });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    this.#putIn();
    return this.#registry.metrics();
  }

  #putIn(): void {
    const { requests, goodCalls, attempts } = this.#tallied;
    requests.empty((route, status, count) => this.#requests.inc({ route, status }, count));
    goodCalls.empty((broker, operation, count) => {
      this.#calls.inc({ broker, operation, result: 'ok', fault: NONE, blame: NONE }, count);
    });
    attempts.empty((broker, result, count) => this.#attempts.inc({ broker, result }, count));
  }

  #counter<const Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name: `op_exco_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #gauge<const Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
    return new Gauge({ name: `op_exco_${name}`, help, labelNames, registers: [this.#registry] });
  }
}
