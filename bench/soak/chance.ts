/** Draws a number in [0, 1). */
export type Draw = () => number;

/** FNV-1a: neighbouring keys must not draw alike. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Chance that is the same for the same key, in whatever process (mulberry32). */
export function drawsOf(...key: readonly (string | number)[]): Draw {
  let state = hashOf(key.join(' '));
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `lowest` to `highest`, both included. */
export function wholeOf(draw: Draw, lowest: number, highest: number): number {
  return lowest + Math.floor(draw() * (highest - lowest + 1));
}

/** One of a list that is not empty. */
export function oneOf<T>(draw: Draw, list: readonly [T, ...T[]]): T {
  return list[Math.floor(draw() * list.length)] ?? list[0];
}
