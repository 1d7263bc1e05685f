import { describeFaults } from '../../support/fault-case.ts';
import { BYTES } from './bytes.ts';

describeFaults('bytes', BYTES);
