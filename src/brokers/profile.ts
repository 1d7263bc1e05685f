import { compileDialect } from '../dialects/compile.ts';
import { dialectOf } from '../dialects/presets.ts';
import type {
  BreakerSettings,
  BrokerProfile,
  MaintenanceWindow,
  OperationOverride,
  Place,
  RetrySettings,
} from '../model/broker.ts';
import { defineOperation, type Operation, type Timeouts } from '../model/operation.ts';
import type { Paging } from '../model/paging.ts';
import { COMPANIES, type Company } from './companies.ts';
import { ConfigError } from './config-error.ts';
import { BROKER_DEFAULTS, RENEW_EVERY_MS } from './defaults.ts';
import type {
  BrokerOptions,
  DialectOptions,
  OperationOptions,
  PagingOptions,
  TrCodeOptions,
  WindowOptions,
} from './options.ts';
import { loadTls } from './tls-material.ts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** The fields that are set: an option given as `undefined` is one that was not given. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** `defaults` with what is set of `own`. Where that is nothing they are the same for all brokers, and warm when any is called. */
function filled<T extends object>(defaults: T, own: { [K in keyof T]?: T[K] | undefined } = {}): T {
  const set = given(own);
  return Object.keys(set).length === 0 ? defaults : { ...defaults, ...set };
}

const NO_OPERATIONS: BrokerProfile['operations'] = new Map();

function operationsOf({ operations }: BrokerOptions): BrokerProfile['operations'] {
  if (operations === undefined) return NO_OPERATIONS;
  return new Map(Object.entries(operations).map(([key, value]) => [key, overrideOf(key, value)]));
}

function maintenanceOf({ maintenance }: BrokerOptions): BrokerProfile['maintenance'] {
  if (maintenance === undefined) return BROKER_DEFAULTS.maintenance;
  const { pageMatches = [], windows = [] } = maintenance;
  return {
    windows: windows.map(windowOf),
    pageMatches: typeof pageMatches === 'string' ? [pageMatches] : pageMatches,
  };
}

function companyOf({ alias, comId }: BrokerOptions): Company | undefined {
  const name = alias?.toLowerCase();
  return (
    COMPANIES.find((each) => each.alias === name || (name !== undefined && each.synonyms.includes(name))) ??
    COMPANIES.find((each) => each.comId === comId)
  );
}

function placeOf(text: string): Place {
  const header = /^header:(.+)$/.exec(text)?.[1];
  return header === undefined
    ? { kind: 'path', path: text.split('.') }
    : { kind: 'header', name: header.toLowerCase() };
}

function trCodePlaces(at: TrCodeOptions): { request: Place; response: Place } {
  const { request, response } = typeof at === 'string' ? { request: at, response: at } : at;
  return { request: placeOf(request), response: placeOf(response) };
}

function dialectPlaces({ trCodeAt }: DialectOptions): BrokerProfile['trCodeAt'] {
  if (trCodeAt === undefined) return undefined;
  const { request, response, echo } = trCodeAt;
  return {
    request: placeOf(request),
    ...(response !== undefined && { response: placeOf(response) }),
    isEchoOptional: echo === 'optional',
  };
}

function pagingOf({ request, response, keys }: PagingOptions): Paging {
  const sent = request.flag;
  const came = response.flag;
  return {
    ...(sent !== undefined && {
      requestFlag: { place: placeOf(sent.at), next: sent.next, ...given({ first: sent.first }) },
    }),
    ...(came !== undefined && { responseFlag: { place: placeOf(came.at), ...given({ more: came.more }) } }),
    keys: keys.map(({ from, to }) => ({ from: placeOf(from), to: placeOf(to) })),
  };
}

/** The operation that the options of one of the broker's own make. */
function ownOperation(name: string, options: OperationOptions): Operation | undefined {
  const { kind, path, method, trCode, required } = options;
  if (kind === undefined || path === undefined) return undefined;
  return defineOperation({ name, path, kind, ...given({ method, trCode, required }) });
}

function overrideOf(name: string, options: OperationOptions | false): OperationOverride {
  if (options === false) return { enabled: false };
  const { path, deadlineMs, timeouts, trCode, method } = options;
  const limits: Timeouts | undefined = timeouts === undefined ? undefined : given(timeouts);
  const own = ownOperation(name, options);
  return { enabled: true, ...given({ path, deadlineMs, trCode, method, timeouts: limits, own }) };
}

function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

function windowOf(options: WindowOptions): MaintenanceWindow {
  if ('start' in options) return { kind: 'once', fromMs: Date.parse(options.start), toMs: Date.parse(options.end) };
  const days = (options.days ?? DAYS).map((day) => DAYS.indexOf(day));
  return { kind: 'daily', days, fromMinute: minuteOf(options.from), toMinute: minuteOf(options.to) };
}

/** What the API of a broker needs of a call: what its options say, else its dialect. */
function speechOf({ trCodeAt, pace, headers, credentials }: BrokerOptions, dialect: DialectOptions) {
  const { paging, renewEveryMs = RENEW_EVERY_MS } = dialect;
  const ownPlaces = trCodeAt === undefined ? undefined : trCodePlaces(trCodeAt);
  const places = ownPlaces ?? dialectPlaces(dialect);
  const paced = pace ?? dialect.pace ?? false;
  return {
    ...(places !== undefined && { trCodeAt: places }),
    ...(paging !== undefined && { paging: pagingOf(paging) }),
    ...(paced !== false && { pace: { perSecond: paced.perSecond, per: paced.per ?? 'broker' } }),
    ...(typeof headers === 'function' && { headersHook: headers }),
    ...(credentials !== undefined && { credentials: { hook: credentials, renewEveryMs } }),
  };
}

function headersOf({ headers }: BrokerOptions): Readonly<Record<string, string>> {
  if (headers === undefined || typeof headers === 'function') return BROKER_DEFAULTS.headers;
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * A broker with everything filled in: its own settings, else those of the listed company, else the defaults.
 *
 * @throws ConfigError when it names no known company and no alias, or its certificates cannot be used.
 */
export function profileOf(options: BrokerOptions, path: string): BrokerProfile {
  const company = companyOf(options);
  const alias = options.alias ?? company?.alias;
  if (alias === undefined) {
    throw new ConfigError([
      { path: `${path}.alias`, expected: 'expected a broker name, or the comId of a listed company' },
    ]);
  }
  const comId = options.comId ?? company?.comId;
  const name = options.name ?? company?.name;
  const { tls, charset, breaker, retry } = options;
  const baseUrl = new URL(options.baseUrl);
  const dialect = options.dialect === undefined ? undefined : dialectOf(options.dialect);
  return {
    configured: options,
    alias,
    ...given({ comId, name, charset }),
    synonyms: options.synonyms ?? BROKER_DEFAULTS.synonyms,
    baseUrl,
    basePath: baseUrl.pathname.replace(/\/$/, ''),
    headers: headersOf(options),
    ...(tls !== undefined && { tls: loadTls(tls, `${path}.tls`) }),
    ...speechOf(options, dialect ?? {}),
    echoes: options.echoes ?? BROKER_DEFAULTS.echoes,
    operations: operationsOf(options),
    timeouts: filled<BrokerProfile['timeouts']>(BROKER_DEFAULTS.timeouts, options.timeouts),
    concurrency: filled<BrokerProfile['concurrency']>(BROKER_DEFAULTS.concurrency, options.concurrency),
    breaker: breaker === false ? false : filled<BreakerSettings>(BROKER_DEFAULTS.breaker, breaker),
    retry: retry === false ? false : filled<RetrySettings>(BROKER_DEFAULTS.retry, retry),
    faultCodes: options.faultCodes ?? BROKER_DEFAULTS.faultCodes,
    ...(dialect !== undefined && { dialect: compileDialect(dialect) }),
    maintenance: maintenanceOf(options),
    limits: filled<BrokerProfile['limits']>(BROKER_DEFAULTS.limits, options.limits),
  };
}

/** Names under which the listed company of a broker is also known; they count where no broker claims them itself. */
export function listedNames({ alias, comId }: BrokerProfile): readonly string[] {
  const company = companyOf({ alias, comId, baseUrl: '' });
  return company === undefined ? [] : [company.alias, company.comId, ...company.synonyms];
}
