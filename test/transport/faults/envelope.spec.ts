import { describeFaults } from '../../support/fault-case.ts';
import { ENVELOPE } from './envelope.ts';

describeFaults('envelope', ENVELOPE);
