import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isJsonObject, type JsonObject } from '../../src/model/json.ts';
import { until } from './until.ts';

const PROMETHEUS = process.env['PROMETHEUS'] ?? 'prometheus';

/** How long it may take to start, in milliseconds. */
const START_MS = 20_000;

/** How often it asks and judges, in milliseconds. */
const EVERY_MS = 1_000;

/** An alert that is pending or firing. */
export interface Alert {
  readonly name: string;
  readonly state: 'pending' | 'firing';
  readonly labels: JsonObject;
  readonly annotations: JsonObject;
}

function configFor(host: string): string {
  return `global: { scrape_interval: ${EVERY_MS}ms, scrape_timeout: ${EVERY_MS}ms, evaluation_interval: ${EVERY_MS}ms }
rule_files: [rules.yml]
scrape_configs:
  - { job_name: op-exco, static_configs: [{ targets: ['${host}'] }] }
`;
}

/** The address that it says it listens on. */
async function addressOf(process: ChildProcess): Promise<string> {
  if (process.stderr === null) throw new Error('no log to read');
  const lines: string[] = [];
  for await (const line of createInterface(process.stderr)) {
    const address = /msg="Listening on" address=(\S+)/.exec(line)?.[1];
    if (address !== undefined) {
      process.stderr.resume();
      return `http://${address}`;
    }
    lines.push(line);
  }
  throw new Error(`Prometheus ended:\n${lines.join('\n')}`);
}

function objectsAt(value: unknown, key: string): JsonObject[] {
  const list = isJsonObject(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

function alertOf({ state, labels, annotations }: JsonObject): Alert {
  if (!isJsonObject(labels) || !isJsonObject(annotations)) throw new Error('an alert without labels');
  return { name: String(labels['alertname']), state: state === 'firing' ? 'firing' : 'pending', labels, annotations };
}

/** A Prometheus of its own on a free port of loopback, with its data in a folder that goes with it. */
export class Prometheus {
  readonly #process: ChildProcess;
  readonly #url: string;
  readonly #folder: string;

  private constructor(process: ChildProcess, url: string, folder: string) {
    this.#process = process;
    this.#url = url;
    this.#folder = folder;
  }

  /** Starts one that asks the gateway at `host`, such as `127.0.0.1:8080`, once a second and judges by these rules. */
  static async start(host: string, rules: string): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'op-exco-prometheus-'));
    writeFileSync(join(folder, 'prometheus.yml'), configFor(host));
    writeFileSync(join(folder, 'rules.yml'), rules);
    const args = [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--web.listen-address=127.0.0.1:0',
    ];
    const process = spawn(PROMETHEUS, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    await once(process, 'spawn');
    try {
      const prometheus = new Prometheus(process, await addressOf(process), folder);
      await until('Prometheus that is ready', START_MS, async () => ((await prometheus.#isReady()) ? true : undefined));
      return prometheus;
    } catch (error) {
      process.kill('SIGKILL');
      throw error;
    }
  }

  /** Alerts that are pending or firing now. */
  async alerts(): Promise<Alert[]> {
    return objectsAt(await this.#ask('alerts'), 'alerts').map(alertOf);
  }

  /** Every alerting rule that it has, by name, with what it last complained of. */
  async rules(): Promise<{ readonly name: string; readonly complaint: string }[]> {
    const rules = objectsAt(await this.#ask('rules'), 'groups').flatMap((group) => objectsAt(group, 'rules'));
    return rules.map(({ name, lastError }) => ({
      name: String(name),
      complaint: typeof lastError === 'string' ? lastError : '',
    }));
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #isReady(): Promise<boolean> {
    const response = await fetch(`${this.#url}/-/ready`);
    await response.arrayBuffer();
    return response.ok;
  }

  async #ask(what: string): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v1/${what}`);
    const answer: unknown = await response.json();
    if (!isJsonObject(answer) || answer['status'] !== 'success') throw new Error(`Prometheus: no ${what}`);
    return answer['data'];
  }
}
