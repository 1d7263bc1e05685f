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

/**
 * A configuration of the wrong shape: every mistake, each with its path and what was expected.
 *
 * @example new ConfigError([{ path: 'config.brokers', expected: 'expected a list' }]).message; // 'config.brokers: expected a list'
 */
export class ConfigError extends TypeError {
  override readonly name: string = 'ConfigError';
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[]) {
    super(wordsOf(issues));
    this.issues = issues;
  }
}

/**
 * A fixture file of the wrong shape.
 *
 * @example
 * try {
 *   parseFixture({ format: 2 });
 * } catch (mistake) {
 *   if (mistake instanceof FixtureError) console.error(mistake.issues);
 * }
 */
export class FixtureError extends ConfigError {
  override readonly name = 'FixtureError';
}

/**
 * Whether `value` is a `ConfigError`, of this copy of the package or another.
 *
 * @example
 * try {
 *   createConnector({ brokers: [{ alias: 'house', baseUrl: 'ftp://house.example' }] });
 * } catch (mistake) {
 *   if (isConfigError(mistake)) console.error(mistake.issues);
 * }
 */
export function isConfigError(value: unknown): value is ConfigError {
  return (
    typeof value === 'object' && value !== null && 'name' in value && value.name === 'ConfigError' && 'issues' in value
  );
}
