import { pathToFileURL } from 'node:url';

/** The package as it is published: what a user's process runs, compiled once and for all. */
export type Built = typeof import('../src/index.ts');

/** Where `npm run build` puts it. */
export const BUILT = pathToFileURL('dist/esm/index.js').href;

type Decode = typeof import('../src/flow/decode.ts');
type Profile = typeof import('../src/brokers/profile.ts');

/** Steps of the package that no door of it shows. */
export type Decoding = Pick<Decode, 'decodeBody'> & Pick<Profile, 'profileOf'>;

/** Loads the built package. */
export async function loadBuilt(): Promise<Built> {
  return (await import(BUILT)) as Built;
}

/** Parts of a connector that its options do not reach. */
export type Wiring = Pick<typeof import('../src/connector.ts'), 'wireConnector'> &
  Pick<typeof import('../src/transport/lookup.ts'), 'SharedLookup'> &
  Pick<typeof import('../src/runtime/clock.ts'), 'systemClock'>;

async function part<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(file).href)) as Module;
}

/** Loads the decoding of the built package, and what it takes to make a broker's profile. */
export async function loadDecoding(): Promise<Decoding> {
  const { decodeBody } = await part<Decode>('dist/esm/flow/decode.js');
  const { profileOf } = await part<Profile>('dist/esm/brokers/profile.js');
  return { decodeBody, profileOf };
}

/** Loads what a connector of the built package is put together from, so that its name look-up can be another. */
export async function loadWiring(): Promise<Wiring> {
  const { wireConnector } = await part<Wiring>('dist/esm/connector.js');
  const { SharedLookup } = await part<Wiring>('dist/esm/transport/lookup.js');
  const { systemClock } = await part<Wiring>('dist/esm/runtime/clock.js');
  return { wireConnector, SharedLookup, systemClock };
}
