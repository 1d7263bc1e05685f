/** One mistake in something given from outside. */
export interface ConfigIssue {
  /** Where: `config.brokers[0].baseUrl`. */
  readonly path: string;
  /** What was expected there. What stands there is not shown, since it may be a secret. */
  readonly expected: string;
}

function wordsOf(issues: readonly ConfigIssue[]): string {
  return issues.map(({ path, expected }) => `${path}: ${expected}`).join('\n');
}

/** A configuration of the wrong shape: every mistake, each with its path and what was expected. */
export class ConfigError extends TypeError {
  override readonly name: string = 'ConfigError';
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[]) {
    super(wordsOf(issues));
    this.issues = issues;
  }
}

/** A fixture file of the wrong shape. */
export class FixtureError extends ConfigError {
  override readonly name = 'FixtureError';
}

/** Whether `value` is a `ConfigError`, of this copy of the package or another. */
export function isConfigError(value: unknown): value is ConfigError {
  return (
    typeof value === 'object' && value !== null && 'name' in value && value.name === 'ConfigError' && 'issues' in value
  );
}
