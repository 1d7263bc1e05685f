/**
 * Whether `ours` is what JSON.parse says, but for numbers beyond 2^53, which may come as text with all their digits, and
 * for the two keys that could reach a prototype.
 */
export function agrees(ours: unknown, theirs: unknown): boolean {
  if (typeof theirs === 'number' && typeof ours === 'string') {
    return Math.abs(theirs) >= 2 ** 53 && Number(ours) === theirs;
  }
  if (typeof theirs !== 'object' || theirs === null) return Object.is(ours, theirs);
  if (typeof ours !== 'object' || ours === null || Array.isArray(ours) !== Array.isArray(theirs)) return false;
  const kept = Object.entries(theirs).filter(([key]) => key !== '__proto__' && key !== 'constructor');
  const entries = Object.entries(ours);
  return (
    kept.length === entries.length &&
    kept.every(([key, value], at) => entries[at]?.[0] === key && agrees(entries[at][1], value))
  );
}
