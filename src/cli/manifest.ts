import { createRequire } from 'node:module';
import { fieldOf } from '../model/json.ts';

const own = createRequire(import.meta.url);

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

interface Manifest {
  readonly version: string;
  /** Oldest Node, such as 20.19. */
  readonly oldestNode: string;
}

/** What the package's own manifest says, wherever this file was built to. */
export function manifest(): Manifest {
  const read: unknown = own('op-exco-connector/package.json');
  return {
    version: textOf(fieldOf(read, 'version')),
    oldestNode: textOf(fieldOf(fieldOf(read, 'engines'), 'node')).replace(/^>=/, ''),
  };
}

/** Where the JSON Schema of the configuration is installed: an absolute path. */
export function configSchemaPath(): string {
  return own.resolve('op-exco-connector/config.schema.json');
}
