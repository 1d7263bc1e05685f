import { Child } from './child.ts';

/** The broker that is called, in a process of its own. */
export interface CalledBroker {
  readonly child: Child;
  /** Where it listens. */
  readonly origin: string;
}

/** What a worker is started with. */
export interface WorkerSetting {
  readonly client: string;
  readonly origin: string;
  /** Sockets to one broker, open at once. */
  readonly sockets: number;
  /** Options of Node's that it runs under; by default none. */
  readonly flags?: readonly string[];
}

function isListening(value: unknown): value is { port: number } {
  return typeof value === 'object' && value !== null && 'port' in value && typeof value.port === 'number';
}

/** Starts the broker, and hears where it listens. */
export async function startBroker(): Promise<CalledBroker> {
  const { child, ready } = await Child.start('./broker.ts');
  if (!isListening(ready)) throw new TypeError('broker: expected the port that it listens on');
  return { child, origin: `http://127.0.0.1:${ready.port}` };
}

/** Starts one client in a process of its own. */
export async function startWorker({ client, origin, sockets, flags }: WorkerSetting): Promise<Child> {
  const { child } = await Child.start('./worker.ts', [client, origin, String(sockets)], flags);
  return child;
}
