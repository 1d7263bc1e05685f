'use strict';
const check = require('./check.cjs');
const { createConnector, isExcoError, ERROR_CATALOG, findError } = require('op-exco-connector');

check({ createConnector, isExcoError, ERROR_CATALOG, findError });
