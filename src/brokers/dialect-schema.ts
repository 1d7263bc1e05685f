import * as v from 'valibot';
import { FAULT_NAMES } from '../catalog/faults.ts';
import { findError, OK_CODE } from '../catalog/lookup.ts';
import { text } from './value-schemas.ts';

const MESSAGE_PATH = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/;

const StandardCodeSchema = v.pipe(
  v.number('expected a code of the standard'),
  v.check(
    (code) => ['op-exco', 'broker'].includes(findError(code)?.section ?? '') && code !== OK_CODE,
    'expected a code of the standard, 3001 to 7000',
  ),
);

const MappedCodeSchema = v.union(
  [StandardCodeSchema, v.strictObject({ code: StandardCodeSchema, fault: v.optional(v.picklist(FAULT_NAMES)) })],
  'expected a code of the standard, 3001 to 7000, or { code, fault }',
);

const MessagePathSchema = v.pipe(
  v.string(),
  v.regex(MESSAGE_PATH, 'expected a path in the message such as resp.respCode'),
);
const envelopePaths = {
  code: MessagePathSchema,
  detail: v.optional(MessagePathSchema),
  message: v.optional(MessagePathSchema),
};

/** How a broker that speaks another dialect words its result. */
export const DialectSchema = v.strictObject({
  result: v.optional(v.strictObject({ ...envelopePaths, success: v.optional(v.array(text)) })),
  alternates: v.optional(v.array(v.strictObject(envelopePaths))),
  empty: v.optional(v.array(text)),
  respCodes: v.optional(v.record(text, MappedCodeSchema)),
  otherwise: v.optional(StandardCodeSchema),
  statusCodes: v.optional(
    v.record(v.pipe(v.string(), v.regex(/^[1-5]\d\d$/, 'expected an HTTP status')), MappedCodeSchema),
  ),
  successWhenAbsent: v.optional(v.boolean()),
  requireAnyOf: v.optional(v.array(MessagePathSchema)),
  resultBlock: v.optional(v.picklist(['required', 'optional'])),
});
