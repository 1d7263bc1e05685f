/** Steps of judging an answer in a process of their own: says which there are, and measures the one that it is told to. */
import { performance } from 'node:perf_hooks';
import iconv from 'iconv-lite';
import { loadBuilt, loadDecoding } from './built.ts';
import { ANSWER, PATH, REQUEST } from './message.ts';

/** How long each step is measured, in milliseconds. */
const MEASURED_MS = Number(process.argv[2]);
const CHARSETS = ['utf-8', 'euc-kr'];
const SIZES: Readonly<Record<string, number>> = { '1 kB': 1_000, '10 kB': 10_000, '1 MB': 1_000_000 };

const { classify, expectationOf, OPERATIONS } = await loadBuilt();
const { decodeBody, profileOf } = await loadDecoding();
const broker = profileOf({ alias: 'broker', baseUrl: `http://127.0.0.1:9${PATH}` }, 'brokers[0]');
const expected = expectationOf(broker, OPERATIONS['account.balance'], REQUEST);

/** A holding with as much Korean in it as a real one has. */
function holding(index: number) {
  return {
    assetType: 'KSP',
    isinCode: `KR70000${String(10_000 + index)}`,
    productName: `삼성전자우선주 제${String(index)}호`,
    qty: 10 + index,
    valAtCur: 1_000_000 + index,
  };
}

/** The answer with so many holdings that it is about `octets` long. */
function answerOf(octets: number, charset: string): Buffer {
  const frame: object = { ...(JSON.parse(ANSWER.toString()) as object), balanceList: {} };
  const write = (holdings: number) => {
    const equityList = Array.from({ length: holdings }, (_, index) => holding(index));
    return iconv.encode(JSON.stringify({ ...frame, balanceList: { balance: { equityList } } }), charset);
  };
  const each = (write(20).length - write(10).length) / 10;
  return write(Math.max(1, Math.round((octets - write(0).length) / each)));
}

/** One step over one answer. */
export interface NamedStep {
  readonly answer: string;
  readonly octets: number;
  readonly step: 'classify' | 'decode' | 'floor';
}

interface Step extends NamedStep {
  readonly run: () => unknown;
}

function stepsOf(answer: string, body: Buffer, charset: string): Step[] {
  const headers = { 'content-type': `application/json; charset=${charset}` };
  const outcome = { kind: 'answered', status: 200, headers, body, receivedAtMs: 0 } as const;
  if (classify(outcome, expected).kind !== 'answer') throw new TypeError(`${answer}: expected to be read as an answer`);
  const about = { answer, octets: body.length };
  return [
    { ...about, step: 'classify', run: () => classify(outcome, expected) },
    { ...about, step: 'decode', run: () => decodeBody(outcome, broker) },
    { ...about, step: 'floor', run: () => JSON.parse(new TextDecoder(charset).decode(body)) as unknown },
  ];
}

/** Microseconds a run. */
function measure({ run }: Step): number {
  const startMs = performance.now();
  let runs = 0;
  let elapsedMs = 0;
  while (elapsedMs < MEASURED_MS) {
    run();
    runs += 1;
    elapsedMs = performance.now() - startMs;
  }
  return (elapsedMs * 1_000) / runs;
}

const steps = Object.entries(SIZES).flatMap(([size, octets]) =>
  CHARSETS.flatMap((charset) => stepsOf(`${size} ${charset}`, answerOf(octets, charset), charset)),
);
process.on('message', ({ index }: { index: number }) => {
  const step = steps[index];
  process.send?.(step === undefined ? Number.NaN : measure(step));
});
process.once('disconnect', () => process.exit());
process.send?.(steps.map(({ answer, octets, step }): NamedStep => ({ answer, octets, step })));
