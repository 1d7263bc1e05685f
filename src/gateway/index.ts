export { createGateway, type Gateway, type GatewaySurroundings, type ListenOptions } from './gateway.ts';
export type { Level, Log, LogLine } from './log.ts';
export type { BrokerState, BrokerView, HealthView, Minute, Suspicion } from './view.ts';
