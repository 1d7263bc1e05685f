import { describeFaults } from '../../support/fault-case.ts';
import { IDENTITY } from './identity.ts';

describeFaults('identity', IDENTITY);
