import { atEnd } from './release.ts';

/** Base URL of a host to which there is no route. No socket on loopback can be one, so this one is nock's. */
export async function unreachableHost(): Promise<string> {
  const { default: nock } = await import('nock');
  if (!nock.isActive()) nock.activate();
  atEnd(() => {
    nock.cleanAll();
    nock.restore();
  });
  const baseUrl = 'http://127.0.0.1:9';
  const error = Object.assign(new Error('connect EHOSTUNREACH'), { code: 'EHOSTUNREACH', syscall: 'connect' });
  nock(baseUrl).post(/.*/).replyWithError(error).persist();
  return baseUrl;
}
