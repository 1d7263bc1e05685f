'use strict';
const assert = require('node:assert/strict');
const { InMemorySpanExporter, BasicTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const { trace } = require('@opentelemetry/api');

/** A call that is refused before any dial is a span of the SDK that is registered. */
module.exports = async function check({ createConnector, observeCalls }) {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl: 'http://127.0.0.1:1' }] });
  const stop = observeCalls(exco);
  await exco.settle('nobody', 'account.balance', {});
  stop();
  await exco.close();
  const [span] = exporter.getFinishedSpans();
  assert.equal(span?.status.message, 'unknown-broker');
};
