import { describeFaults } from '../../support/fault-case.ts';
import { REFUSALS } from './refusals.ts';

describeFaults('refusals', REFUSALS);
