import { describeFaults } from '../../support/fault-case.ts';
import { OWN_WORD } from './own-word.ts';

describeFaults('own-word', OWN_WORD);
