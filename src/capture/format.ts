import iconv from 'iconv-lite';
import * as v from 'valibot';
import { CaptureError } from '../brokers/config-error.ts';
import { issuesOf } from '../brokers/config.ts';
import type { JsonObject } from '../model/json.ts';
import type { Phase, Sent } from '../model/wire.ts';

/** Version of the capture format. */
export const CAPTURE_FORMAT = 1;

const PHASES = ['dns', 'connect', 'tls', 'send', 'head', 'body'] as const satisfies readonly Phase[];
const SENT = ['no', 'yes', 'maybe'] as const satisfies readonly Sent[];

/** Limits of ours that end an attempt; `body-bytes` is the one of size, the others are of time. */
const LIMITS = ['connect', 'head', 'body-idle', 'deadline', 'body-bytes'] as const;

const text = v.string('expected a text');
const headers = v.record(v.string(), text);

const ResponseSchema = v.pipe(
  v.strictObject({
    status: v.pipe(v.number('expected an HTTP status'), v.integer(), v.minValue(100), v.maxValue(999)),
    headers: v.optional(headers),
    json: v.optional(v.unknown()),
    text: v.optional(text),
    charset: v.optional(v.pipe(text, v.check(iconv.encodingExists, 'expected a charset that can be written'))),
    base64: v.optional(v.pipe(text, v.base64('expected base64'))),
  }),
  v.check(
    ({ json, text: words, base64 }) => [json, words, base64].filter((body) => body !== undefined).length <= 1,
    'expected one body: json, text or base64',
  ),
);

const FaultSchema = v.pipe(
  v.strictObject({
    phase: v.picklist(PHASES, `expected a phase: ${PHASES.join(', ')}`),
    code: v.optional(text),
    reason: v.optional(text),
    limit: v.optional(v.picklist(LIMITS, `expected a limit: ${LIMITS.join(', ')}`)),
    sent: v.optional(v.picklist(SENT, `expected ${SENT.join(', ')}`)),
    afterBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
  v.check(({ code, limit }) => (code === undefined) !== (limit === undefined), 'expected either code or limit'),
);

const AttemptSchema = v.pipe(
  v.strictObject({ response: v.optional(ResponseSchema), fault: v.optional(FaultSchema) }),
  v.check(
    ({ response, fault }) => response !== undefined || fault !== undefined,
    'expected a response, a fault, or both',
  ),
);

const CaptureSchema = v.strictObject({
  format: v.literal(CAPTURE_FORMAT, `expected ${String(CAPTURE_FORMAT)}`),
  broker: text,
  operation: text,
  note: v.optional(text),
  request: v.custom<JsonObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'expected a message',
  ),
  attempts: v.pipe(
    v.array(AttemptSchema, 'expected a list of attempts'),
    v.minLength(1, 'expected at least one attempt'),
  ),
  expect: v.optional(v.unknown()),
});

/** One attempt as captured: what came, and what went wrong. */
export type CapturedAttempt = v.InferOutput<typeof AttemptSchema>;

/** A call to a broker as captured: the request, and what every attempt brought. */
export type Capture = v.InferOutput<typeof CaptureSchema>;

/**
 * A capture of the right shape.
 *
 * @throws CaptureError with every mistake, its path and what was expected.
 */
export function parseCapture(value: unknown): Capture {
  const result = v.safeParse(CaptureSchema, value);
  if (result.success) return result.output;
  throw new CaptureError(result.issues.flatMap((issue) => issuesOf('capture', issue)));
}
