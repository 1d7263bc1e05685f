import { createRequire } from 'node:module';
import { fieldOf } from '../model/json.ts';

const own = createRequire(import.meta.url);

const read: unknown = own('op-exco-connector/package.json');

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What the package's own manifest says, wherever this file was built to. */
export const MANIFEST = {
  version: textOf(fieldOf(read, 'version')),
  /** Oldest Node, such as 20.19. */
  oldestNode: textOf(fieldOf(fieldOf(read, 'engines'), 'node')).replace(/^>=/, ''),
};

/** Where the JSON Schema of the configuration is installed: an absolute path. */
export function configSchemaPath(): string {
  return own.resolve('op-exco-connector/config.schema.json');
}
