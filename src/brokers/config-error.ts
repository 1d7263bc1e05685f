/** One mistake in a configuration. */
export interface ConfigIssue {
  /** Where: `brokers[0].baseUrl`. */
  readonly path: string;
  /** What was expected there. What stands there is not shown, since it may be a secret. */
  readonly expected: string;
}

/** A configuration of the wrong shape: every mistake, each with its path and what was expected. */
export class ConfigError extends TypeError {
  override readonly name = 'ConfigError';
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[]) {
    super(issues.map(({ path, expected }) => `${path}: ${expected}`).join('\n'));
    this.issues = issues;
  }
}

/** Whether `value` is a `ConfigError`, of this copy of the package or another. */
export function isConfigError(value: unknown): value is ConfigError {
  return value instanceof TypeError ? value.name === 'ConfigError' : hasIssues(value);
}

function hasIssues(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === 'ConfigError' && 'issues' in value;
}
