import net, { type Socket } from 'node:net';
import type { StepResult } from '../model/probe.ts';
import type { Address, FoundAddress, Lookup } from '../transport/address.ts';
import { patiently, reached, type Patience } from './watch.ts';

/** A step with what it brought, where it passed. */
export interface Taken<Result extends StepResult, Value> {
  readonly result: Result;
  readonly value?: Value;
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** Milliseconds since `startMs`, to a tenth. */
export function since(startMs: number, { clock }: Patience): number {
  return rounded(clock.nowMs() - startMs);
}

function listOf(address: string | FoundAddress[], family: number | undefined): FoundAddress[] {
  return typeof address === 'string' ? [{ address, family: family ?? net.isIP(address) }] : address;
}

/** Looks the host up as every call does. */
export async function resolve(to: Address, patience: Patience): Promise<Taken<StepResult, readonly FoundAddress[]>> {
  const startMs = patience.clock.nowMs();
  const stage = () => ({ phase: 'dns', sent: 'no' }) as const;
  const ended = await patiently<readonly FoundAddress[]>(patience, stage, (done, fail) => {
    to.lookup(to.host, { all: true }, (error, address, family) => {
      if (error !== null) fail(error);
      else done(listOf(address, family));
    });
  });
  const ms = since(startMs, patience);
  return 'failed' in ended ? { result: { ms, failed: ended.failed } } : { result: { ms }, value: ended.value };
}

/** Gives the addresses that were found already, so that a dial over several of them is Node's own. */
function lookupOf(addresses: readonly FoundAddress[]): Lookup {
  return (_hostname, options, answered) => {
    const [first] = addresses;
    if (options.all === true) answered(null, [...addresses]);
    else answered(null, first?.address ?? '', first?.family);
  };
}

/** Dials; `addresses` are those of the host, absent where it is an address itself. */
export async function connect(
  { host, port }: Address,
  addresses: readonly FoundAddress[] | undefined,
  patience: Patience,
): Promise<Taken<StepResult, Socket>> {
  const startMs = patience.clock.nowMs();
  const socket = net.connect({ host, port, ...(addresses !== undefined && { lookup: lookupOf(addresses) }) });
  // Behind this step the socket may fail before the next one listens.
  socket.on('error', () => undefined);
  const ended = await reached(patience, socket, 'connect', () => ({ phase: 'connect', sent: 'no' }));
  const ms = since(startMs, patience);
  if (!('failed' in ended)) return { result: { ms }, value: socket };
  socket.destroy();
  return { result: { ms, failed: ended.failed } };
}
