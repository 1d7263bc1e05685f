'use strict';
const check = require('./check.cjs');
const { createConnector } = require('op-exco-connector');
const { observeCalls } = require('op-exco-connector/opentelemetry');

check({ createConnector, observeCalls });
