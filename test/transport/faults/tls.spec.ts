import { describeFaults } from '../../support/fault-case.ts';
import { TLS } from './tls.ts';

describeFaults('tls', TLS);
