import { randomUUID } from 'node:crypto';
import { createConnector } from 'op-exco-connector';
import { createApp } from './app.js';

const exco = createConnector({
  brokers: [{ alias: 'samsung', baseUrl: process.env.SAMSUNG_URL ?? 'https://broker.example/v1/samsung' }],
});
const app = createApp(exco, { logger: true, genReqId: () => randomUUID() });
await app.listen({ host: '127.0.0.1', port: 3000 });

process.once('SIGTERM', () => void app.close());
