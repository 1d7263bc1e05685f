import { createConnector } from 'op-exco-connector';
import { createApp } from './app.js';

const exco = createConnector({
  brokers: [{ alias: 'samsung', baseUrl: process.env.SAMSUNG_URL ?? 'https://broker.example/v1/samsung' }],
});
const server = createApp(exco).listen(3000, '127.0.0.1', () => console.log('http://127.0.0.1:3000'));

process.once('SIGTERM', () => {
  server.close(() => void exco.close());
});
