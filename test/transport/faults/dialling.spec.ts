import { describeFaults } from '../../support/fault-case.ts';
import { DIALLING } from './dialling.ts';

describeFaults('dialling', DIALLING);
