import { createRequire } from 'node:module';
import type nock from 'nock';

/** The library that answers to requests in the process itself. */
export type Nock = typeof nock;

function isNock(value: unknown): value is Nock {
  return typeof value === 'function' && 'disableNetConnect' in value && 'removeInterceptor' in value;
}

/** nock, and whether the process had it before. */
export interface LoadedNock {
  readonly nock: Nock;
  readonly wasLoaded: boolean;
}

/**
 * nock, loaded when it is first asked for: loading it changes `node:http` for the whole process, which a program that only
 * wants the simulator must not feel.
 *
 * @throws TypeError where it is not installed.
 */
export function loadNock(): LoadedNock {
  const require = createRequire(import.meta.url);
  let loaded: unknown;
  let wasLoaded: boolean;
  try {
    wasLoaded = require.resolve('nock') in require.cache;
    loaded = require('nock');
  } catch (cause) {
    throw new TypeError('replayFixtures needs nock 14: npm install --save-dev nock@14', { cause });
  }
  if (isNock(loaded)) return { nock: loaded, wasLoaded };
  throw new TypeError('replayFixtures needs nock 14, and what is installed under that name is something else');
}
