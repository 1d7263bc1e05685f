import { parseConfig } from '../brokers/config.ts';
import type { ConnectorOptions } from '../brokers/options.ts';
import type { Given } from './arguments.ts';
import type { Io } from './io.ts';
import { readConfig } from './json-file.ts';
import { EXIT, Refusal } from './refusal.ts';
import { MISTAKES } from './words.ts';

/** One action of `op-exco fixtures`, as it was typed. */
export interface FixturesTask {
  /** The folder, as it was typed. */
  readonly dir: string;
  readonly given: Given;
  readonly io: Io;
}

/** The configuration that `--config` names; `undefined` where it does not. */
export async function configOf({ given, io }: FixturesTask): Promise<ConnectorOptions | undefined> {
  const path = given.text('config');
  return path === undefined ? undefined : parseConfig(await readConfig(path, io));
}

/**
 * The configuration that `--config` names.
 *
 * @throws Refusal where there is none.
 */
export async function configNeeded(task: FixturesTask): Promise<ConnectorOptions> {
  const config = await configOf(task);
  if (config === undefined) throw new Refusal(EXIT.usage, MISTAKES.configMissing());
  return config;
}
