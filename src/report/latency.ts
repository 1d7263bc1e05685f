/** Bins to an octave, and in all: from below 1 ms to a minute, each a fifth wider than the one before. */
const PER_OCTAVE = 4;
export const LATENCY_BINS = 64;

/** Bin of a time; the last one takes everything above. */
export function latencyBin(ms: number): number {
  return Math.min(LATENCY_BINS - 1, Math.floor(Math.log2(ms + 1) * PER_OCTAVE));
}

function lowerMs(bin: number): number {
  return 2 ** (bin / PER_OCTAVE) - 1;
}

/**
 * The time below which `share` (in [0, 1]) of the calls ended, in milliseconds, within a tenth of the true one; `undefined`
 * where there were none.
 */
export function latencyAt(bins: Uint32Array, share: number): number | undefined {
  const total = bins.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const wanted = share * total;
  let seen = 0;
  for (const [bin, count] of bins.entries()) {
    if (count > 0 && seen + count >= wanted) {
      const part = (wanted - seen) / count;
      return lowerMs(bin) + part * (lowerMs(bin + 1) - lowerMs(bin));
    }
    seen += count;
  }
  return lowerMs(LATENCY_BINS);
}
