import * as v from 'valibot';
import { FAULT_NAMES } from '../catalog/faults.ts';
import { findError, OK_CODE } from '../catalog/lookup.ts';
import { RETRY_WORDS } from '../model/dialect.ts';
import { PRESET_NAMES } from '../dialects/preset-names.ts';
import { objectionTo } from './bounded-pattern.ts';
import { PlaceSchema, text, whole } from './value-schemas.ts';

const MESSAGE_PATH = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/;
const BLOCK_PATH = /^(?:\*?[A-Za-z_][\w-]*)(?:\.\*?[A-Za-z_][\w-]*)*$/;

const StandardCodeSchema = v.pipe(
  v.number('expected a code of the standard'),
  v.check(
    (code) => ['op-exco', 'broker'].includes(findError(code)?.section ?? '') && code !== OK_CODE,
    'expected a code of the standard, 3001 to 7000',
  ),
);

const ConfidenceSchema = v.picklist(['high', 'medium', 'low'], 'expected high, medium or low');

const row = {
  code: StandardCodeSchema,
  fault: v.optional(v.picklist(FAULT_NAMES)),
  retry: v.optional(v.picklist(RETRY_WORDS)),
  ko: v.optional(text),
  en: v.optional(text),
  source: v.optional(text),
  confidence: v.optional(ConfidenceSchema),
};

const MappedCodeSchema = v.union(
  [StandardCodeSchema, v.strictObject(row)],
  'expected a code of the standard, 3001 to 7000, or { code, fault }',
);

/** A pattern that no text can keep busy; with `groups`, one with so many groups. */
function boundedPattern(groups?: number) {
  return v.pipe(
    v.string('expected a pattern, as text'),
    v.rawCheck(({ dataset, addIssue }) => {
      const objection = dataset.typed ? objectionTo(dataset.value, groups) : undefined;
      if (objection !== undefined) addIssue({ message: objection });
    }),
  );
}

const PatternRowSchema = v.strictObject({ pattern: boundedPattern(), ...row });

const MessagePathSchema = v.pipe(
  v.string(),
  v.regex(MESSAGE_PATH, 'expected a path in the message such as resp.respCode'),
);

const EnvelopeSchema = v.strictObject({
  block: v.optional(v.pipe(v.string(), v.regex(BLOCK_PATH, 'expected a path of a block such as *ResponseBody.resp'))),
  code: v.union([MessagePathSchema, v.array(MessagePathSchema)], 'expected a path in the message, or several'),
  detail: v.optional(MessagePathSchema),
  message: v.optional(MessagePathSchema),
  reason: v.optional(MessagePathSchema),
  requires: v.optional(v.array(MessagePathSchema)),
  success: v.optional(v.array(text)),
});

const PagingSchema = v.strictObject({
  request: v.strictObject({
    flag: v.optional(v.strictObject({ at: PlaceSchema, first: v.optional(v.string()), next: text })),
  }),
  response: v.strictObject({
    flag: v.optional(v.strictObject({ at: PlaceSchema, more: v.optional(v.array(text)) })),
  }),
  keys: v.array(v.strictObject({ from: PlaceSchema, to: PlaceSchema })),
});

/** How often a broker may be asked. */
export const PaceSchema = v.strictObject({
  perSecond: v.pipe(v.number('expected calls a second'), v.minValue(0.01), v.maxValue(10_000)),
  per: v.optional(v.picklist(['broker', 'operation'])),
});

const SampleSchema = v.strictObject({
  name: text,
  status: v.optional(whole(200, 599)),
  headers: v.optional(v.record(v.string(), v.string())),
  body: v.union([v.string(), v.record(v.string(), v.unknown())], 'expected a message or a text'),
  expect: v.union(
    [
      v.literal('success'),
      v.strictObject({
        category: v.picklist(['op-exco', 'broker']),
        code: v.number('expected a code'),
        fault: v.picklist(FAULT_NAMES),
      }),
    ],
    "expected 'success' or { category, code, fault }",
  ),
});

const HttpStatusSchema = v.pipe(v.string(), v.regex(/^[1-5]\d\d$/, 'expected an HTTP status'));

/** How a broker that speaks another dialect words its result, and what its API needs of a call. */
export const DialectSchema = v.strictObject({
  $schema: v.optional(text),
  title: v.optional(text),
  notes: v.optional(v.array(text)),
  sources: v.optional(v.record(text, v.strictObject({ what: text, where: text, confidence: ConfidenceSchema }))),
  extends: v.optional(v.picklist(PRESET_NAMES, `expected a preset: ${PRESET_NAMES.join(', ')}`)),
  result: v.optional(EnvelopeSchema),
  alternates: v.optional(v.array(EnvelopeSchema)),
  detailPatterns: v.optional(v.array(boundedPattern(1))),
  empty: v.optional(v.array(text)),
  respCodes: v.optional(v.record(text, MappedCodeSchema)),
  respPatterns: v.optional(v.array(PatternRowSchema)),
  otherwise: v.optional(StandardCodeSchema),
  statusCodes: v.optional(v.record(HttpStatusSchema, MappedCodeSchema)),
  successWhenAbsent: v.optional(v.boolean()),
  requireAnyOf: v.optional(v.array(MessagePathSchema)),
  resultBlock: v.optional(v.picklist(['required', 'optional'])),
  compare: v.optional(v.picklist(['text', 'number'])),
  standardCodes: v.optional(v.boolean()),
  trCodeAt: v.optional(
    v.strictObject({
      request: PlaceSchema,
      response: v.optional(PlaceSchema),
      echo: v.optional(v.picklist(['required', 'optional'])),
    }),
  ),
  paging: v.optional(PagingSchema),
  pace: v.optional(PaceSchema),
  renewEveryMs: v.optional(whole(1, 86_400_000)),
  samples: v.optional(v.array(SampleSchema)),
});

const CHOICE = `expected a preset (${PRESET_NAMES.join(', ')}) or a dialect`;

/** A dialect in a configuration: the name of a preset, or a dialect of one's own. The names of files are for the command line. */
export const DialectChoiceSchema = v.union([v.picklist(PRESET_NAMES), DialectSchema], ({ input }) =>
  typeof input === 'string' && input.toLowerCase().endsWith('.json')
    ? `${CHOICE}; only op-exco --config reads one from a file, a program passes what is in it`
    : CHOICE,
);
