import { describeFaults } from '../../support/fault-case.ts';
import { HTTP_STATUS } from './http-status.ts';

describeFaults('http-status', HTTP_STATUS);
