import check from './check.cjs';
import { createConnector } from 'op-exco-connector';
import { observeCalls } from 'op-exco-connector/opentelemetry';

await check({ createConnector, observeCalls });
