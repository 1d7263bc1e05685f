import type { Call } from './clients.ts';

/** What a process is told to do. */
export interface Load {
  readonly calls: number;
  /** Calls under way at once. */
  readonly inFlight: number;
}

/** Makes so many calls, so many of them at once. */
export async function make(call: Call, { calls, inFlight }: Load): Promise<void> {
  let left = calls;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}
