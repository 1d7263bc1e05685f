import { describeFaults } from '../../support/fault-case.ts';
import { EXCHANGE } from './exchange.ts';

describeFaults('exchange', EXCHANGE);
