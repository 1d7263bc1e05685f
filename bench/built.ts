import { pathToFileURL } from 'node:url';

/** The package as it is published: what a user's process runs, compiled once and for all. */
export type Built = typeof import('../src/index.ts');

/** Where `npm run build` puts it. */
export const BUILT = pathToFileURL('dist/esm/index.js').href;

/** Loads the built package. */
export async function loadBuilt(): Promise<Built> {
  return (await import(BUILT)) as Built;
}
