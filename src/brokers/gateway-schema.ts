import * as v from 'valibot';
import { milliseconds, octets, PemSchema, text, whole } from './value-schemas.ts';

/** Fields that a broker's answer loses before it is handed on, unless the configuration keeps them. */
export const WITHHELD_FIELDS = ['realAccNo', 'certDn', 'platformFields'] as const;

const HOST = /^[A-Za-z0-9.:_-]{1,255}$/;
/** What fits a header without quoting; long enough not to be guessed. */
const API_KEY = /^[A-Za-z0-9._~+/=-]{16,256}$/;

const LIMIT = { connections: 1_000_000, inFlight: 100_000, fanOutCalls: 1_000, port: 65_535 } as const;

/** The section `gateway` of a configuration. */
export const GatewaySchema = v.strictObject({
  host: v.optional(v.pipe(v.string(), v.regex(HOST, 'expected an address or a host name'))),
  port: v.optional(whole(0, LIMIT.port)),
  apiKeys: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.regex(API_KEY, 'expected 16 to 256 letters, digits or ._~+/=-'))),
      v.minLength(1, 'expected a key, or no apiKeys at all'),
    ),
  ),
  tls: v.optional(
    v.strictObject({
      cert: PemSchema,
      key: PemSchema,
      passphrase: v.optional(text),
      clientCa: v.optional(PemSchema),
    }),
  ),
  keepFields: v.optional(v.array(v.picklist(WITHHELD_FIELDS))),
  limits: v.optional(
    v.strictObject({
      connections: v.optional(whole(1, LIMIT.connections)),
      inFlight: v.optional(whole(1, LIMIT.inFlight)),
      headBytes: v.optional(octets),
      bodyBytes: v.optional(octets),
      headMs: v.optional(milliseconds),
      requestMs: v.optional(milliseconds),
      answerMs: v.optional(milliseconds),
      idleMs: v.optional(milliseconds),
      fanOutCalls: v.optional(whole(1, LIMIT.fanOutCalls)),
    }),
  ),
  drain: v.optional(v.strictObject({ noticeMs: v.optional(whole(0, 3_600_000)), mostMs: v.optional(milliseconds) })),
});
