import { ADVICE } from '../catalog/advice.ts';
import type { CertificateFacts, ProbeReport, StepResult, TlsStepResult } from '../model/probe.ts';
import type { Check } from './doctor-check.ts';
import { DOCTOR_TEXTS, DOCTOR_WORDS } from './doctor-words.ts';

/** From here on somebody should see to a certificate. */
export const EXPIRY_WARN_DAYS = 30;

/** `ok`, or what fewer days left than enough come to. */
export function stateOfDays(daysLeft: number): Check['state'] {
  if (daysLeft < 0) return 'fail';
  return daysLeft < EXPIRY_WARN_DAYS ? 'warn' : 'ok';
}

type Step = 'dns' | 'tcp' | 'tls' | 'http';

/** A step that failed, in the words of the fault table. A server that answers, if only "not now", is well connected. */
function failedStep(step: Step, { fault, phase }: NonNullable<StepResult['failed']>, broker: string): Check {
  const { when, todo } = ADVICE[fault];
  const found = { en: `${fault}: ${when.en}`, ko: `${fault}: ${when.ko}` };
  return { check: step, broker, state: phase === 'message' ? 'warn' : 'fail', found, next: todo };
}

function stepCheck(step: Step, { steps }: ProbeReport, broker: string): Check[] {
  const result = steps[step];
  if (result === undefined) return [];
  if (result.failed !== undefined) return [failedStep(step, result.failed, broker)];
  const found = step === 'http' ? DOCTOR_TEXTS.answers(steps.http?.status, result.ms) : DOCTOR_TEXTS.passed(result.ms);
  return [{ check: step, broker, state: 'ok', found }];
}

/** The certificate of the chain that expires first, as it was shown, trusted or not. */
function certificateCheck({ chain }: TlsStepResult, broker: string): Check[] {
  const [first, ...others] = chain;
  if (first === undefined) return [];
  const soonest = others.reduce<CertificateFacts>(
    (least, each) => (each.daysLeft < least.daysLeft ? each : least),
    first,
  );
  const { daysLeft, validTo } = soonest;
  const state = stateOfDays(daysLeft);
  const found = DOCTOR_TEXTS.daysLeft(daysLeft, validTo.slice(0, 10));
  return [{ check: 'certificate', broker, state, found, ...(state !== 'ok' && { next: DOCTOR_WORDS.renewTheirs }) }];
}

/** What a probe of one broker says of the way to it. Pure. */
export function probeChecks(broker: string, report: ProbeReport): Check[] {
  const { tls } = report.steps;
  return [
    ...stepCheck('dns', report, broker),
    ...stepCheck('tcp', report, broker),
    ...stepCheck('tls', report, broker),
    ...(tls === undefined ? [] : certificateCheck(tls, broker)),
    ...stepCheck('http', report, broker),
  ];
}
