import { EVIDENCE_WORDS, type Words } from '../catalog/advice.ts';
import { PROBE_STEPS, type ProbeReport, type ProbeStep } from '../model/probe.ts';
import { isSameTrouble } from './causes.ts';
import type { EvidenceItem, FaultCalls } from './diagnosis.ts';
import type { CircuitFacts, OperationFacts, PassiveFacts } from './facts.ts';
import { mixtureText } from './mixture.ts';
import { lengthOf } from './moment.ts';
import { CIRCUIT_WORDS } from './verdicts.ts';
import { phaseOf, type Lead, type OtherBroker, type Signals } from './signals.ts';

/** Days before its end from which a certificate is spoken of. */
export const CERTIFICATE_DAYS = 30;

/** Everything that evidence is read from. */
export interface Grounds {
  readonly facts: PassiveFacts;
  readonly others: readonly OtherBroker[];
  readonly probe: ProbeReport | undefined;
  readonly lead: Lead | undefined;
  readonly signals: Signals;
  /** The last failures by their fault, where there are several. */
  readonly mixture: readonly FaultCalls[];
}

function sum(operations: readonly OperationFacts[], count: (each: OperationFacts) => number): number {
  return operations.reduce((total, each) => total + count(each), 0);
}

/** Good and bad calls of the window. */
export function countsOf({ operations, heldBack }: PassiveFacts) {
  return { good: sum(operations, ({ good }) => good), bad: sum(operations, ({ bad }) => bad), heldBack };
}

/** Other brokers that something is known of, those that serve, and those that show the same fault. */
export function othersOf(others: readonly OtherBroker[], lead: Lead | undefined) {
  return {
    known: others.filter(({ state }) => state !== 'unknown').length,
    fine: others.filter(({ state }) => state === 'fine').length,
    same: others.filter(({ fault }) => isSameTrouble(fault, lead?.fault)).length,
  };
}

function calls({ facts, lead, mixture }: Grounds): EvidenceItem[] {
  const { good, bad } = countsOf(facts);
  const span = lengthOf(facts.windowMs);
  if (good + bad === 0)
    return [item('calls', `no call of the last ${span.en} is known here`, `최근 ${span.ko} 호출 기록 없음`)];
  const hasLead = bad > 0 && lead !== undefined;
  const others = mixture.length === 0 ? '' : ` (${mixtureText(mixture)})`;
  const at = hasLead ? `: ${mixture.length === 0 ? '' : 'most often '}${lead.fault} at ${phaseOf(lead)}${others}` : '';
  const atKo = hasLead ? `: ${mixture.length === 0 ? '' : '최다 '}${phaseOf(lead)} 단계 ${lead.fault}${others}` : '';
  return [
    item(
      'calls',
      `${bad} of ${good + bad} calls of the last ${span.en} failed${at}`,
      `최근 ${span.ko} 호출 ${good + bad}건 중 ${bad}건 실패${atKo}`,
    ),
  ];
}

function pace({ facts: { operations }, signals }: Grounds): EvidenceItem[] {
  if (signals.pace !== 'slow') return [];
  const slow = sum(operations, ({ recent }) => recent.slow);
  const good = sum(operations, ({ recent }) => recent.good);
  return [item('pace', `${slow} of the last ${good} answers were slow`, `최근 응답 ${good}건 중 ${slow}건 지연`)];
}

function course({ facts: { turns, streak }, signals }: Grounds): EvidenceItem[] {
  if (signals.course === 'flapping') {
    return [item('course', `on and off: good and bad took turns ${turns} times`, `정상과 실패가 ${turns}회 반복`)];
  }
  if (signals.course !== 'recovering' || streak?.isGood !== true) return [];
  return [item('course', `the last ${streak.calls} calls were served`, `최근 ${streak.calls}건 연속 정상`)];
}

function neighbours({ others, lead, signals }: Grounds): EvidenceItem[] {
  const { known, fine, same } = othersOf(others, lead);
  if (known === 0) return [];
  if (signals.others === 'same') {
    return [
      item(
        'others',
        `${same} of ${known} other brokers show the same fault: it is us`,
        `타사 ${same}/${known}곳도 같은 장애: 자체 원인`,
      ),
    ];
  }
  const some = same === 0 ? { en: '', ko: '' } : { en: `, ${same} with the same fault`, ko: `, ${same}곳은 같은 장애` };
  const notUs = lead === undefined || fine < known ? { en: '', ko: '' } : { en: ': not us', ko: ': 자체 원인 아님' };
  return [
    item(
      'others',
      `${fine} of ${known} other brokers fine${some.en}${notUs.en}`,
      `타사 ${fine}/${known}곳 정상${some.ko}${notUs.ko}`,
    ),
  ];
}

function step(name: ProbeStep, probe: ProbeReport): EvidenceItem[] {
  const result = probe.steps[name];
  if (result === undefined) return [];
  const time = `${Math.round(result.ms)} ms`;
  const { failed } = result;
  if (failed === undefined) return [item('step', `${name} passed in ${time}`, `${name} 정상(${time})`)];
  const told = failed.code === undefined ? failed.fault : `${failed.fault}, ${failed.code}`;
  return [item('step', `${name} failed after ${time}: ${told}`, `${name} 실패(${time}): ${told}`)];
}

function days(whose: Words, left: number): EvidenceItem[] {
  if (left > CERTIFICATE_DAYS) return [];
  return left < 0
    ? [item('certificate', `${whose.en} expired ${-left} days ago`, `${whose.ko} 만료 후 ${-left}일 경과`)]
    : [item('certificate', `${whose.en} expires in ${left} days`, `${whose.ko} 만료까지 ${left}일`)];
}

function certificates({ probe }: Grounds): EvidenceItem[] {
  const tls = probe?.steps.tls;
  const [shown] = tls?.chain ?? [];
  const theirs =
    shown === undefined ? [] : days({ en: "the broker's certificate", ko: '증권사 인증서' }, shown.daysLeft);
  const ours =
    tls?.ownDaysLeft === undefined ? [] : days({ en: 'our certificate', ko: '당사 인증서' }, tls.ownDaysLeft);
  return [...theirs, ...ours];
}

function circuitItem(circuit: CircuitFacts | undefined, heldBack: number): EvidenceItem {
  if (circuit === undefined) {
    return item('circuit', `${heldBack} calls were held back by a circuit`, `차단기가 보류한 호출 ${heldBack}건`);
  }
  const { state, operations } = circuit;
  const whose = operations?.join(', ');
  return item(
    'circuit',
    `circuit${whose === undefined ? '' : ` of ${whose}`} ${state}, ${heldBack} calls held back`,
    `${whose === undefined ? '' : `${whose} `}차단기 ${CIRCUIT_WORDS[state].ko}, 보류한 호출 ${heldBack}건`,
  );
}

function rest({ facts }: Grounds): EvidenceItem[] {
  const { businessErrors, circuit, heldBack, retryAfterMs } = facts;
  const items: EvidenceItem[] = [];
  if (businessErrors > 0) {
    const words = EVIDENCE_WORDS.up;
    items.push(
      item(
        'business-errors',
        `${businessErrors} answers are business errors: ${words.en}`,
        `업무 오류 응답 ${businessErrors}건: ${words.ko}`,
      ),
    );
  }
  if (circuit !== undefined || heldBack > 0) {
    items.push(circuitItem(circuit, heldBack));
  }
  if (retryAfterMs !== undefined) {
    const length = lengthOf(retryAfterMs);
    items.push(item('retry-after', `the broker asks for ${length.en}`, `증권사가 ${length.ko} 후 재시도를 요청`));
  }
  return items;
}

function item(kind: EvidenceItem['kind'], en: string, ko: string): EvidenceItem {
  return { kind, words: { en, ko } };
}

/** What speaks for the verdict, the most telling first. */
export function evidenceOf(grounds: Grounds): EvidenceItem[] {
  const { probe } = grounds;
  const steps = probe === undefined ? [] : PROBE_STEPS.flatMap((name) => step(name, probe));
  return [
    ...calls(grounds),
    ...course(grounds),
    ...pace(grounds),
    ...neighbours(grounds),
    ...steps,
    ...certificates(grounds),
    ...rest(grounds),
  ];
}
