export { createGateway } from './http-gateway.ts';
export type { Gateway, GatewaySurroundings, ListenOptions } from './gateway.ts';
export type { Level, Log, LogLine } from './log.ts';
export type { BrokerView, HealthView, Minute } from './view.ts';
