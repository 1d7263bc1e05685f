export { createConnector, type Connector } from './connector.ts';
export type { FanOutCall } from './calling/switchboard.ts';
export type { CallOptions, OperationLike } from './calling/arguments.ts';
export type { CallSignal } from './model/signal.ts';
export type {
  CommonCause,
  FanOut,
  FanOutArrival,
  FanOutFailure,
  FanOutJson,
  FanOutResult,
  FanOutSuccess,
} from './calling/fan-out.ts';
export type { DiagnoseOptions } from './on-call.ts';
export type { Diagnosis, EvidenceItem, FaultCalls } from './diagnosis/diagnosis.ts';
export type { Confidence, DiagnosisVerdict } from './diagnosis/verdicts.ts';
export type { ProbeReport } from './model/probe.ts';
export { ConfigError, isConfigError, type ConfigIssue } from './brokers/config-error.ts';
export { COMPANIES, type Company } from './brokers/companies.ts';
export type * from './brokers/options.ts';
export { createRegistry, type Registry } from './brokers/registry.ts';
export { ERROR_CATALOG, type CatalogRow, type DetailKind, type ExcoCode, type Section } from './catalog/tables.ts';
export { findError } from './catalog/lookup.ts';
export { FAULTS, type Blame, type Evidence, type Fault, type FaultRow, type Repeat } from './catalog/faults.ts';
export { classify } from './flow/classify.ts';
export { expectationOf } from './flow/prepare.ts';
export { translate, type CallFacts } from './flow/translate.ts';
export { ExcoError, isExcoError, type EffectOutcome, type StandardErrorBody } from './model/error.ts';
export type { BrokerProfile } from './model/broker.ts';
export { isBrokerError, isOutage, isOutcomeUnknown } from './model/guards.ts';
export {
  standardError,
  toErrorResponse,
  type ErrorResponse,
  type StandardErrorOptions,
} from './model/standard-error.ts';
export {
  defineOperation,
  type Method,
  type Operation,
  type OperationDefinition,
  type OperationKind,
} from './model/operation.ts';
export type { CredentialsHook, HeadersHook, HookCall } from './model/hook.ts';
export { OPERATIONS, type OperationName } from './model/operations.ts';
export type * from './model/messages.ts';
export type * from './model/health.ts';
export type { AttemptRecord, CallRecord, ConnectorEvents, StateRecord } from './model/record.ts';
export type { Reply, ReplyMeta, Settled } from './model/reply.ts';
export type { Detail, Expectation, Failure, ItemFailure, Verdict } from './model/verdict.ts';
export type { Outcome, Phase, Sent } from './model/wire.ts';
export { recordEvents, type EventRecording, type EventSource, type RecordingOptions } from './records/record-events.ts';
export type { Tally } from './records/journal.ts';
export type { CallLine, LossLine, RecordLine, StateLine } from './records/line.ts';
