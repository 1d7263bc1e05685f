import type { BrokerOptions } from '../../src/brokers/options.ts';
import { createRegistry } from '../../src/brokers/registry.ts';
import type { Blame, Fault } from '../../src/catalog/faults.ts';
import { wireConnector, type Connector } from '../../src/connector.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { factsOf } from '../../src/diagnosis/collect.ts';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { otherOf } from '../../src/diagnosis/signals.ts';
import type { DiagnosisVerdict } from '../../src/diagnosis/verdicts.ts';
import type { BrokerProfile } from '../../src/model/broker.ts';
import type { OperationName } from '../../src/model/operations.ts';
import type { ProbeReport } from '../../src/model/probe.ts';
import type { CallRecord } from '../../src/model/record.ts';
import type { Phase } from '../../src/model/wire.ts';
import { findOperation } from '../../src/model/operations.ts';
import { probe } from '../../src/probe/probe.ts';
import { readStep } from '../../src/probe/read.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { addressOf } from '../../src/transport/address.ts';
import { openBroker, type Script } from '../support/broker-server.ts';
import type { Surroundings } from '../support/connect.ts';
import { BALANCE, ISSUED, MESSAGES } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { atEnd } from '../support/release.ts';

/** What stands at the other end of a scene, and who else does. */
export interface Staged {
  readonly baseUrl: string;
  readonly broker?: Partial<BrokerOptions>;
  readonly surroundings?: Surroundings;
  /** The other brokers suffer the same. Default: they serve. */
  readonly isShared?: boolean;
}

/** What a scene has to come to. */
export interface Judgement {
  readonly verdict: DiagnosisVerdict;
  /** `none`: nobody has to act. */
  readonly blame: Blame | 'none';
  readonly phase: Phase | 'none';
}

export interface Scene {
  readonly what: string;
  readonly stage: () => Promise<Staged> | Staged;
  /** Calls made one batch after the other; those of a batch side by side. */
  readonly calls: readonly (readonly OperationName[])[];
  readonly expected: Judgement;
  /** Where the calls alone come to another verdict; the blame has to be the same. */
  readonly alone?: Partial<Pick<Judgement, 'verdict' | 'phase'>>;
  /** Operation of the probe's read. */
  readonly read?: OperationName;
  /** The fault named, where the scene is about one. */
  readonly fault?: Fault;
}

/** What one scene came to, with the probe and without. */
export interface Played {
  readonly active: Diagnosis;
  readonly alone: Diagnosis;
  readonly probe: ProbeReport;
  readonly records: readonly CallRecord[];
}

const LIMITS = { timeouts: { connectMs: 500, headMs: 1_000, bodyIdleMs: 200 }, retry: { baseMs: 0, capMs: 0 } };

/** A good call takes no longer than this by far, and a slow one longer. */
const SLOW_MS = 400;

const OTHERS = ['kb', 'kiwoom', 'nhinvest'];

/** Calls to each of the other brokers. */
const OTHER_CALLS = 5;

/** Right answers by operation; any other read takes the result block alone. */
const RIGHT: Readonly<Record<string, unknown>> = {
  '/account/balance/search': BALANCE,
  '/account/vtnumber': ISSUED,
};

/** Serves every operation rightly, and nothing at the base path. */
export const serves: Script = (peer, request) => {
  if (request.head.startsWith('GET ')) answers('', 404)(peer, request);
  else answers(RIGHT[request.path] ?? { resp: { respCode: '200', respMsg: 'OK' } })(peer, request);
};

/** As `serves`, but calls whose path holds `path` meet `script`; a GET of the base path does not. */
export function but(path: string, script: Script): Script {
  return (peer, request) => {
    const isMet = !request.head.startsWith('GET ') && request.path.includes(path);
    (isMet ? script : serves)(peer, request);
  };
}

/** The n-th POST meets the n-th script, the last one all others; a GET is answered with 404. */
export function inTurn(...scripts: readonly Script[]): Script {
  let turn = 0;
  return (peer, request) => {
    if (request.head.startsWith('GET ')) {
      serves(peer, request);
      return;
    }
    const script = scripts[Math.min(turn, scripts.length - 1)];
    turn += 1;
    script?.(peer, request);
  };
}

/** So many batches of one call each. */
export function oneByOne(count: number, operation: OperationName = 'account.balance'): OperationName[][] {
  return Array.from({ length: count }, () => [operation]);
}

/** One batch of calls side by side, so many of each operation. */
export function atOnce(count: number, ...operations: readonly OperationName[]): OperationName[][] {
  return [Array.from({ length: count }, () => operations).flat()];
}

async function call(exco: Connector, broker: string, operation: OperationName): Promise<unknown> {
  return exco.settle(broker, operation, MESSAGES[operation], { deadlineMs: 3_000 });
}

async function configure({ baseUrl, broker = {}, isShared = false }: Staged): Promise<BrokerOptions[]> {
  const mine: BrokerOptions = { alias: 'samsung', baseUrl, ...LIMITS, ...broker };
  const otherUrl = isShared ? baseUrl : (await openBroker({}, serves)).baseUrl;
  const same = isShared ? broker : {};
  return [mine, ...OTHERS.map((alias) => ({ alias, baseUrl: otherUrl, ...LIMITS, ...same }))];
}

function diagnosed(brokers: readonly BrokerProfile[], records: readonly CallRecord[], report?: ProbeReport): Diagnosis {
  const look = { atMs: Date.now(), slowMs: SLOW_MS };
  const [mine, ...others] = brokers.map(({ alias, name = alias, baseUrl }) =>
    factsOf(alias, records, look, { name, address: baseUrl.host }),
  );
  if (mine === undefined) throw new Error('There is no broker.');
  return diagnose({ facts: mine, others: others.map((each) => otherOf(each)), probe: report });
}

async function probed(profile: BrokerProfile, exco: Connector, staged: Staged, read: OperationName | undefined) {
  const operation = read === undefined ? undefined : findOperation(read);
  return probe({
    broker: profile,
    address: addressOf(profile, staged.surroundings?.lookup),
    clock: systemClock,
    ...(read !== undefined &&
      operation !== undefined && {
        read: readStep({
          operation,
          clock: systemClock,
          call: (deadlineMs) => exco.settle('samsung', operation, MESSAGES[read], { deadlineMs }),
        }),
      }),
  });
}

/** Plays a scene on real sockets and judges it twice: by the records alone, and by records and probe. */
export async function play({ stage, calls, read }: Scene): Promise<Played> {
  const staged = await stage();
  const options = { brokers: await configure(staged) };
  const exco = wireConnector(options, staged.surroundings ?? {});
  atEnd(() => exco.close());
  const records: CallRecord[] = [];
  exco.on('call', (record) => records.push(record));
  for (const other of OTHERS) {
    await Promise.all(Array.from({ length: OTHER_CALLS }, () => call(exco, other, 'account.balance')));
  }
  for (const batch of calls) await Promise.all(batch.map((operation) => call(exco, 'samsung', operation)));
  const { brokers } = createRegistry(options);
  const [mine] = brokers;
  if (mine === undefined) throw new Error('There is no broker.');
  const alone = diagnosed(brokers, records);
  const report = await probed(mine, exco, staged, read);
  return { active: diagnosed(brokers, records, report), alone, probe: report, records };
}

/** A diagnosis in the words of an expectation. */
export function judgementOf({ verdict, blame, firstFailingPhase }: Diagnosis): Judgement {
  return { verdict, blame: blame ?? 'none', phase: firstFailingPhase ?? 'none' };
}
