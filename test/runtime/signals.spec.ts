import { getMaxListeners, setMaxListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { allowManyListeners } from '../../src/runtime/signals.ts';

describe('allowManyListeners', () => {
  it('a signal as Node makes it takes as many listeners as one of fetch', () => {
    const { signal } = new AbortController();
    allowManyListeners(signal);
    // Node 22 and newer set no limit for a signal, which 0 says.
    expect([0, 1_500]).toContain(getMaxListeners(signal));
  });

  it.each([5, 2_000])('a limit of %d that its owner has set stays', (limit) => {
    const { signal } = new AbortController();
    setMaxListeners(limit, signal);
    allowManyListeners(signal);
    expect(getMaxListeners(signal)).toBe(limit);
  });

  it('a signal without a limit is no mistake of its owner, although Node 20 fails when it is asked for it', () => {
    const { signal } = new AbortController();
    setMaxListeners(0, signal);
    expect(() => {
      allowManyListeners(signal);
    }).not.toThrow();
  });

  it.each([[undefined], [null], ['text'], [{ aborted: false, addEventListener: () => undefined }]])(
    'what is no signal of Node is left alone: %j',
    (other) => {
      expect(() => {
        allowManyListeners(other);
      }).not.toThrow();
    },
  );
});
