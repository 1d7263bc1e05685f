import * as v from 'valibot';
import { isOperationPath, METHODS, OPERATION_NAME, TR_CODE, type OperationKind } from '../model/operation.ts';
import { isOperationName } from '../model/operations.ts';
import { milliseconds, text } from './value-schemas.ts';

const KINDS = ['read', 'write'] as const satisfies readonly OperationKind[];

/** Time limits of one attempt. */
export const TimeoutsSchema = v.strictObject({
  connectMs: v.optional(milliseconds),
  headMs: v.optional(milliseconds),
  bodyIdleMs: v.optional(milliseconds),
});

const trCode = v.pipe(text, v.regex(TR_CODE, 'expected printable characters without blanks around them'));
const TrCodeSchema = v.union(
  [trCode, v.strictObject({ request: trCode, response: trCode })],
  'expected a text or { request, response }',
);
const OperationSchema = v.union(
  [
    v.literal(false),
    v.strictObject({
      path: v.optional(
        v.pipe(
          v.string(),
          v.check((path) => isOperationPath(path), 'expected a path of plain segments such as /account/balance'),
        ),
      ),
      deadlineMs: v.optional(milliseconds),
      timeouts: v.optional(TimeoutsSchema),
      trCode: v.optional(TrCodeSchema),
      method: v.optional(v.picklist(METHODS, 'expected POST or GET')),
      kind: v.optional(v.picklist(KINDS, 'expected read or write')),
      required: v.optional(v.array(text, 'expected a list of paths such as accInfo.vtAccNo')),
    }),
  ],
  'expected false (switched off) or { path, deadlineMs, timeouts, trCode, method, kind, required }',
);

/** What is wrong with an operation of that name that is given a kind; nothing where it is one of the broker's own. */
function mistakeOf(name: string, path: string | undefined): readonly [key: string, expected: string] | undefined {
  if (isOperationName(name)) return ['kind', 'expected no kind, since the message standard has the operation'];
  if (!OPERATION_NAME.test(name)) return ['kind', 'expected a kind only of a name such as account.pension'];
  return path === undefined ? ['path', 'expected the path of the operation, since the standard has none'] : undefined;
}

/** What a broker does differently with operations, by name, and operations of its own. */
export const OperationsSchema = v.pipe(
  v.record(v.string(), OperationSchema),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const operations = dataset.value;
    for (const [name, options] of Object.entries(operations)) {
      if (options === false) continue;
      const { kind, path, required } = options;
      const isLoose = kind === undefined && required !== undefined;
      const mistake = kind === undefined ? undefined : mistakeOf(name, path);
      const [key, message] = isLoose ? ['required', 'expected it beside kind only'] : (mistake ?? []);
      if (key === undefined || message === undefined) continue;
      const origin = { type: 'object', origin: 'value' } as const;
      addIssue({
        message,
        path: [
          { ...origin, input: operations, key: name, value: options },
          { ...origin, input: options, key, value: undefined },
        ],
      });
    }
  }),
);
