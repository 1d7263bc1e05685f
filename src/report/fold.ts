import type { Fault } from '../catalog/faults.ts';
import { compare } from '../health/comparison.ts';
import { partOfEnd } from '../health/part.ts';
import type { CallLine, RecordLine } from '../records/line.ts';
import { momentMs } from '../records/moment.ts';
import type { BadLine } from '../records/read.ts';
import { CommonFaults } from '../resilience/common-fault.ts';
import { BrokerFold } from './broker-fold.ts';
import { FaultCounts } from './fault-counts.ts';
import { latencyBin } from './latency.ts';
import { OutageLog } from './outages.ts';
import { summaryOf } from './summarise.ts';
import type { Summary, UnknownWrite } from './summary.ts';
import { CALL_CLASSES, Timeline, type CallClass } from './timeline.ts';

/** Most brokers a report holds, and most bad lines and writes it lists. */
const MOST = { brokers: 200, badLines: 20, writes: 200 } as const;

function classOf({ result, blame }: CallLine, isCommon: boolean): CallClass {
  if (result !== 'error') return result;
  return isCommon ? 'platform' : (blame ?? 'platform');
}

/** Folds records, in the order of their times, into a summary; its memory grows with brokers and columns, not with records. */
export class ReportFold {
  readonly #timeline = new Timeline();
  readonly #log = new OutageLog();
  readonly #common = new CommonFaults();
  readonly #faults = new FaultCounts();
  readonly #brokers = new Map<string, BrokerFold>();
  readonly #bad: BadLine[] = [];
  readonly #writes: UnknownWrite[] = [];
  #badCount = 0;
  #writeCount = 0;
  #lost = 0;
  #brokersLeftOut = 0;

  record(line: RecordLine): void {
    if (line.event === 'loss') {
      this.#lost += line.lost;
      return;
    }
    const atMs = momentMs(line.at);
    const fold = this.#foldOf(line.broker, atMs);
    if (line.event === 'call') {
      if (fold === undefined) this.#brokersLeftOut += 1;
      else this.#call(fold, line, atMs);
    }
  }

  bad(line: BadLine): void {
    this.#badCount += 1;
    if (this.#bad.length < MOST.badLines) this.#bad.push(line);
  }

  /** Ends the folding; `undefined` where there was not a single call or circuit. */
  finish(): Summary | undefined {
    if (this.#brokers.size === 0) return undefined;
    for (const fold of this.#brokers.values()) fold.finish(this.#timeline.toMs);
    const brokers = [...this.#brokers].map(([broker, { state, sinceMs, outages }]) => ({
      broker,
      state,
      ...(sinceMs !== undefined && { sinceMs }),
      outages,
    }));
    return summaryOf(this.#timeline, brokers, {
      outages: this.#log.all(),
      outagesLeftOut: this.#log.leftOut,
      faults: this.#faults.all(),
      faultsLeftOut: this.#faults.leftOut,
      unknownWrites: { count: this.#writeCount, listed: this.#writes },
      lost: this.#lost,
      bad: { count: this.#badCount, listed: this.#bad },
      brokersLeftOut: this.#brokersLeftOut,
    });
  }

  #foldOf(broker: string, atMs: number): BrokerFold | undefined {
    const known = this.#brokers.get(broker);
    if (known !== undefined || this.#brokers.size >= MOST.brokers) return known;
    const fold = new BrokerFold(broker, atMs, this.#timeline, this.#log);
    this.#brokers.set(broker, fold);
    this.#timeline.cell(broker, atMs);
    return fold;
  }

  #call(fold: BrokerFold, line: CallLine, atMs: number): void {
    const { broker, kind, result, fault, evidence, elapsedMs } = line;
    const failed = result === 'error' ? fault : undefined;
    const end = { broker, kind, result, fault, atMs };
    const part = partOfEnd(end);
    compare(this.#common.of(end.broker), end, part);
    const isCommon = failed !== undefined && this.#common.isCommon(failed, atMs);
    const callClass = classOf(line, isCommon);
    const { calls, latency } = this.#timeline.cell(broker, atMs);
    const index = CALL_CLASSES.indexOf(callClass);
    calls[index] = (calls[index] ?? 0) + 1;
    if (result === 'ok' || evidence === 'up') {
      const bin = latencyBin(elapsedMs);
      latency[bin] = (latency[bin] ?? 0) + 1;
    }
    if (failed !== undefined) this.#failed(failed, line, atMs);
    const isLost = failed !== undefined && callClass !== 'caller';
    fold.call(end, part, isLost ? { fault: failed, isCommon } : undefined);
  }

  #failed(fault: Fault, { broker, operation, requestId, kind, outcome, code }: CallLine, atMs: number): void {
    this.#faults.add(fault, code, broker, atMs);
    if (kind !== 'write' || outcome !== 'unknown') return;
    this.#writeCount += 1;
    if (this.#writes.length < MOST.writes) this.#writes.push({ atMs, broker, operation, fault, requestId });
  }
}
