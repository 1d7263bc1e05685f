/** A broker under every name, and the only name server there is: silent for the names in its arguments. */
import { BrokerServer } from '../../support/broker-server.ts';
