import {
  authorityCertificate,
  clientIdentity,
  otherAuthorityCertificate,
  serverIdentity,
  type Identity,
} from '../../src/simulator/certificates.ts';

/** The authority that the tests trust. */
export const CA = authorityCertificate();

/** An authority that nobody trusts. */
export const OTHER_CA = otherAuthorityCertificate();

/** What a broker's server can show. */
export const SERVER_IDENTITIES = {
  good: serverIdentity('good'),
  expired: serverIdentity('expired'),
  notYetValid: serverIdentity('notYetValid'),
  otherHost: serverIdentity('otherHost'),
  selfSigned: serverIdentity('selfSigned'),
  unknownAuthority: serverIdentity('unknownAuthority'),
} as const satisfies Record<string, Identity>;

/** What we can show a broker's server. */
export const CLIENT_IDENTITIES = {
  good: clientIdentity('good'),
  ofOtherAuthority: clientIdentity('ofOtherAuthority'),
} as const satisfies Record<string, Identity>;
