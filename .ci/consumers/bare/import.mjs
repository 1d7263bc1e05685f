import check from './check.cjs';
import { createConnector, isExcoError, ERROR_CATALOG, findError } from 'op-exco-connector';

await check({ createConnector, isExcoError, ERROR_CATALOG, findError });
