/** The code of a system error, such as ENOSPC; nothing else of one is safe to show, since its text holds a path. */
export function systemCodeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'unknown';
}

/** Whether there is no such file. */
export function isMissing(error: unknown): boolean {
  return systemCodeOf(error) === 'ENOENT';
}
