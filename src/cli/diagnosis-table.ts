import stringWidth from 'string-width';
import { BLAME_WORDS, type Language, type Words } from '../catalog/advice.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { clockInKorea } from '../diagnosis/moment.ts';
import { CONFIDENCE_WORDS, VERDICT_WORDS } from '../diagnosis/verdicts.ts';
import { DIAGNOSE_WORDS } from './diagnose-words.ts';
import { table, type Emphasis } from './table.ts';
import { LABELS } from './words.ts';

/** How diagnoses are shown. */
export interface Screen {
  readonly lang: Language;
  /** Columns of the terminal. */
  readonly width: number;
  readonly emphasis: Emphasis;
  /** Whether the brokers were asked just now, from a process that knows no circuit of the one that serves. Default false. */
  readonly isLive?: boolean;
}

/** A column of the table of many brokers. */
interface Column {
  readonly head: Words;
  readonly cell: (diagnosis: Diagnosis, lang: Language) => string;
}

const COLUMNS = {
  broker: { head: DIAGNOSE_WORDS.broker, cell: ({ broker }) => broker },
  state: { head: DIAGNOSE_WORDS.state, cell: ({ verdict }, lang) => VERDICT_WORDS[verdict][lang] },
  since: {
    head: DIAGNOSE_WORDS.since,
    cell: ({ since }) => (since === undefined ? '' : clockInKorea(Date.parse(since))),
  },
  phase: {
    head: DIAGNOSE_WORDS.phase,
    cell: ({ firstFailingPhase, fault }) => [firstFailingPhase, fault].filter((text) => text !== undefined).join(' '),
  },
  fault: { head: DIAGNOSE_WORDS.phase, cell: ({ firstFailingPhase, fault }) => fault ?? firstFailingPhase ?? '' },
  calls: { head: DIAGNOSE_WORDS.calls, cell: ({ calls: { good, bad } }) => `${bad}/${bad + good}` },
  confidence: { head: DIAGNOSE_WORDS.confidence, cell: ({ confidence }, lang) => CONFIDENCE_WORDS[confidence][lang] },
  blame: { head: LABELS.blame, cell: ({ blame }, lang) => (blame === undefined ? '' : BLAME_WORDS[blame][lang]) },
} as const satisfies Record<string, Column>;

/** Columns of the table; the first of these that are not too wide are shown. */
const LAYOUTS: readonly (readonly Column[])[] = (
  [
    ['broker', 'state', 'since', 'phase', 'calls', 'confidence', 'blame'],
    ['broker', 'state', 'since', 'phase', 'calls', 'blame'],
    ['broker', 'state', 'since', 'fault', 'calls', 'blame'],
    ['broker', 'state', 'since', 'fault', 'calls'],
    ['broker', 'state', 'since', 'calls'],
  ] as const
).map((names) => names.map((name) => COLUMNS[name]));

/** Many brokers side by side: one line each. */
export function diagnosisTable(diagnoses: readonly Diagnosis[], { lang, emphasis, width }: Screen): string[] {
  const tables = LAYOUTS.map((layout) =>
    table(
      layout.map(({ head }) => head[lang]),
      diagnoses.map((each) => layout.map(({ cell }) => cell(each, lang))),
      emphasis,
    ),
  );
  return tables.find((lines) => lines.every((line) => stringWidth(line) <= width)) ?? tables.at(-1) ?? [];
}
