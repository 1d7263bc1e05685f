import * as v from 'valibot';
import { FAULTS, FAULT_NAMES, type Fault } from '../catalog/faults.ts';
import { EXCO, type ExcoCode } from '../catalog/tables.ts';
import { ECHO_FIELDS } from '../model/broker.ts';
import { DialectChoiceSchema, PaceSchema } from './dialect-schema.ts';
import { GatewaySchema } from './gateway-schema.ts';
import { CredentialsSchema, HeadersChoiceSchema } from './header-schema.ts';
import { OperationsSchema, TimeoutsSchema } from './operation-schema.ts';
import { milliseconds, octets, PemSchema, PlaceSchema, share, text, whole } from './value-schemas.ts';

/** Names that are categories of the platform itself and so cannot name a broker. */
const PLATFORM_NAMES: readonly string[] = ['op-apim', 'op-auth', 'op-exco'];

/** A broker's name, safe in a URL, a file name and a metric label. */
const ALIAS = /^[A-Za-z][A-Za-z0-9-]{0,31}$/;
const COM_ID = /^\d{5}$/;
const TIME_OF_DAY = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const AliasSchema = v.pipe(
  v.string('expected a broker name'),
  v.regex(ALIAS, 'expected a broker name: a letter, then letters, digits or hyphens, at most 32'),
  v.check(
    (alias) => !PLATFORM_NAMES.includes(alias.toLowerCase()),
    'expected a name that is no category of the platform',
  ),
);

function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return isPlain && ['http:', 'https:'].includes(url.protocol) && !/[\s\\]|%2e|%2f|\/\.{1,2}(?:\/|$)/i.test(value);
}

const BaseUrlSchema = v.pipe(
  v.string('expected an http or https URL'),
  v.check(isBaseUrl, 'expected an http or https URL without user, query, fragment or dot segments'),
);

const TlsSchema = v.strictObject({
  ca: v.optional(PemSchema),
  cert: v.optional(PemSchema),
  key: v.optional(PemSchema),
  pfx: v.optional(v.union([text, v.strictObject({ file: text })], 'expected base64 text or { "file": path }')),
  passphrase: v.optional(text),
  servername: v.optional(text),
});

const BreakerSchema = v.strictObject({
  windowMs: v.optional(milliseconds),
  minCalls: v.optional(whole(1, 10_000)),
  failureShare: v.optional(share(0.01)),
  openMs: v.optional(milliseconds),
  maxOpenMs: v.optional(milliseconds),
});

const RetrySchema = v.strictObject({
  repeats: v.optional(whole(0, 3)),
  baseMs: v.optional(whole(0, 60_000)),
  capMs: v.optional(whole(0, 60_000)),
  budget: v.optional(share(0)),
});

const POINTABLE: readonly Fault[] = FAULT_NAMES.filter((fault) => typeof FAULTS[fault].code === 'number');
const EXCO_CODES: readonly ExcoCode[] = EXCO.map((row) => row.code);

const FaultCodesSchema = v.record(
  v.picklist(POINTABLE, 'expected the name of a fault that has a code of its own'),
  v.picklist(EXCO_CODES, `expected a code of the linkage server: ${EXCO_CODES.join(', ')}`),
);

const timeOfDay = v.pipe(v.string(), v.regex(TIME_OF_DAY, 'expected a time such as 23:30'));
const instant = v.pipe(v.string(), v.isoTimestamp('expected a time with zone such as 2026-01-31T22:00:00+09:00'));

const WindowSchema = v.union(
  [
    v.strictObject({ from: timeOfDay, to: timeOfDay, days: v.optional(v.array(v.picklist(DAYS))) }),
    v.pipe(
      v.strictObject({ start: instant, end: instant }),
      v.check(({ start, end }) => Date.parse(start) < Date.parse(end), 'expected an end after the start'),
    ),
  ],
  "expected { from: '23:30', to: '00:30', days? } in Korean time, or { start, end } as timestamps",
);

const MaintenanceSchema = v.strictObject({
  windows: v.optional(v.array(WindowSchema)),
  pageMatches: v.optional(v.union([text, v.array(text)], 'expected a text or a list of texts')),
});

const BrokerSchema = v.strictObject({
  alias: v.optional(AliasSchema),
  comId: v.optional(v.pipe(v.string(), v.regex(COM_ID, 'expected five digits'))),
  name: v.optional(text),
  synonyms: v.optional(v.array(AliasSchema)),
  baseUrl: BaseUrlSchema,
  headers: v.optional(HeadersChoiceSchema),
  tls: v.optional(TlsSchema),
  charset: v.optional(
    v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.:-]{1,40}$/, 'expected a charset label such as euc-kr')),
  ),
  trCodeAt: v.optional(
    v.union(
      [PlaceSchema, v.strictObject({ request: PlaceSchema, response: PlaceSchema })],
      "expected 'header:NAME', a path, or { request, response }",
    ),
  ),
  echoes: v.optional(v.array(v.picklist(ECHO_FIELDS))),
  operations: v.optional(OperationsSchema),
  timeouts: v.optional(TimeoutsSchema),
  concurrency: v.optional(
    v.strictObject({ inFlight: v.optional(whole(1, 10_000)), queue: v.optional(whole(0, 100_000)) }),
  ),
  breaker: v.optional(v.union([v.literal(false), BreakerSchema], 'expected false or breaker settings')),
  retry: v.optional(v.union([v.literal(false), RetrySchema], 'expected false or retry settings')),
  faultCodes: v.optional(FaultCodesSchema),
  dialect: v.optional(DialectChoiceSchema),
  pace: v.optional(v.union([v.literal(false), PaceSchema], 'expected false or { perSecond, per }')),
  credentials: v.optional(CredentialsSchema),
  maintenance: v.optional(MaintenanceSchema),
  limits: v.optional(v.strictObject({ headBytes: v.optional(octets), bodyBytes: v.optional(octets) })),
});

/** The whole configuration: what `createConnector` and the configuration file take. */
export const ConfigSchema = v.strictObject({
  $schema: v.optional(text),
  brokers: v.array(BrokerSchema, 'expected a list of brokers'),
  gateway: v.optional(GatewaySchema),
});
