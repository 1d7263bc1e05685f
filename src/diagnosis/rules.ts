import type { Phase } from '../model/wire.ts';
import type { Signals } from './signals.ts';
import type { Confidence, DiagnosisVerdict } from './verdicts.ts';

/** Signals that a row asks for: each one of the words given. */
export type Asked = { readonly [Name in keyof Signals]?: readonly Signals[Name][] };

/** A row of the decision table. */
export interface Rule {
  readonly name: string;
  readonly when: Asked;
  readonly verdict: DiagnosisVerdict;
  readonly confidence: Confidence;
  /** Where no call failed: the phase that is to blame. */
  readonly phase?: Phase;
}

/** The decision table. Read from the top; the first row whose signals all match decides. */
export const RULES = [
  { name: 'announced', when: { announced: ['on'] }, verdict: 'maintenance', confidence: 'high' },
  {
    name: 'says-maintenance',
    when: { cause: ['maintenance'], extent: ['all', 'part'] },
    verdict: 'maintenance',
    confidence: 'high',
  },
  { name: 'same-everywhere', when: { others: ['same'] }, verdict: 'our-side', confidence: 'high' },
  { name: 'ours', when: { cause: ['ours'] }, verdict: 'our-side', confidence: 'high' },
  { name: 'credentials', when: { cause: ['credentials'] }, verdict: 'our-credentials', confidence: 'high' },
  {
    name: 'overloaded-by-slowness',
    when: { cause: ['load'], pace: ['slow'] },
    verdict: 'broker-degraded',
    confidence: 'medium',
    phase: 'head',
  },
  { name: 'overloaded', when: { cause: ['load'] }, verdict: 'our-side', confidence: 'medium' },
  { name: 'operation', when: { extent: ['operation'] }, verdict: 'operation-broken', confidence: 'high' },
  {
    name: 'only-operation-called',
    when: { extent: ['all'], reach: ['one'], cause: ['answer', 'address', 'request'] },
    verdict: 'operation-broken',
    confidence: 'medium',
  },
  { name: 'address-or-request', when: { cause: ['address', 'request'] }, verdict: 'our-side', confidence: 'medium' },
  {
    name: 'path-to-this-one',
    when: { cause: ['path'], extent: ['all', 'part'], others: ['fine'] },
    verdict: 'path',
    confidence: 'high',
  },
  { name: 'path', when: { cause: ['path'] }, verdict: 'path', confidence: 'medium' },
  { name: 'all-fails', when: { extent: ['all'] }, verdict: 'broker-down', confidence: 'high' },
  {
    name: 'recovering',
    when: { extent: ['part'], course: ['recovering'] },
    verdict: 'broker-degraded',
    confidence: 'medium',
  },
  {
    name: 'flapping',
    when: { extent: ['part'], course: ['flapping'] },
    verdict: 'broker-degraded',
    confidence: 'high',
  },
  { name: 'part-fails', when: { extent: ['part'] }, verdict: 'broker-degraded', confidence: 'high' },
  { name: 'slow', when: { pace: ['slow'] }, verdict: 'broker-degraded', confidence: 'medium', phase: 'head' },
  { name: 'calls-succeed', when: { traffic: ['enough'] }, verdict: 'healthy', confidence: 'high' },
  { name: 'few-calls-succeed', when: { traffic: ['thin'] }, verdict: 'healthy', confidence: 'medium' },
  { name: 'read-answered', when: { probe: ['answered'] }, verdict: 'healthy', confidence: 'medium' },
  { name: 'only-reached', when: { probe: ['reached'] }, verdict: 'inconclusive', confidence: 'low' },
  { name: 'nothing-known', when: {}, verdict: 'inconclusive', confidence: 'low' },
] as const satisfies readonly Rule[];

export type RuleName = (typeof RULES)[number]['name'];

/** A row with the name it has in the table. */
export interface DecisionRow extends Rule {
  readonly name: RuleName;
}

function isMet(signals: Signals, name: keyof Signals, words: readonly string[] | undefined): boolean {
  return words === undefined || words.includes(signals[name]);
}

const NAMES: readonly (keyof Signals)[] = [
  'announced',
  'traffic',
  'extent',
  'reach',
  'course',
  'cause',
  'pace',
  'others',
  'probe',
];

/** Whether every signal that a row asks for is there. */
export function matches({ when }: Rule, signals: Signals): boolean {
  return NAMES.every((name) => isMet(signals, name, when[name]));
}

const LAST: DecisionRow = { name: 'nothing-known', when: {}, verdict: 'inconclusive', confidence: 'low' };

/** The first row that matches; the last one always does. */
export function decide(signals: Signals): DecisionRow {
  const rows: readonly DecisionRow[] = RULES;
  return rows.find((row) => matches(row, signals)) ?? LAST;
}

/** The decision table as text: name, what is asked, verdict, confidence; one row a line. */
export function printedRules(): string[][] {
  const rows: readonly DecisionRow[] = RULES;
  return rows.map(({ name, when, verdict, confidence }) => {
    const asked = Object.entries(when).map(([signal, words]) => `${signal}: ${words.join(' or ')}`);
    return [name, asked.length === 0 ? 'anything else' : asked.join(', '), verdict, confidence];
  });
}
