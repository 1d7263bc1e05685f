import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { createInterface } from 'node:readline';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MESSAGES } from '../support/messages.ts';
import { folderWith } from '../support/folder.ts';
import { atEnd } from '../support/release.ts';
import { BALANCE_PATH } from './given.ts';

export interface Served {
  readonly port: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Writes the configuration file. */
  readonly write: (config: unknown) => void;
  /** Until the log has a line of this event, from now on. */
  readonly until: (event: string) => Promise<void>;
  readonly exited: Promise<number | null>;
}

/** `op-exco serve` in a process of its own, with its configuration in a file. */
export async function serveProcess(config: unknown): Promise<Served> {
  const file = join(folderWith({ 'exco.json': JSON.stringify(config) }), 'exco.json');
  const args = ['--import', 'tsx', 'src/cli/main.ts', 'serve', '--config', file, '--port', '0'];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  atEnd(() => child.kill('SIGKILL'));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const lines = createInterface(child.stdout);
  // One listener for as long as it waits: several lines may come in one turn.
  const until = (event: string) =>
    new Promise<{ readonly url?: string }>((resolve) => {
      const look = (line: string) => {
        const said = JSON.parse(line) as { event: string; url?: string };
        if (said.event !== event) return;
        lines.off('line', look);
        resolve(said);
      };
      lines.on('line', look);
    });
  const { url = '' } = await until('listening');
  return {
    port: Number(new URL(url).port),
    kill: (signal) => void child.kill(signal),
    write: (next) => {
      writeFileSync(file, typeof next === 'string' ? next : JSON.stringify(next));
    },
    until: async (event) => {
      await until(event);
    },
    exited,
  };
}

/** What became of the calls of a load. */
export interface Tally {
  answered: number;
  lost: number;
}

const BODY = JSON.stringify(MESSAGES['account.balance']);
const HEADERS = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(BODY) };

/** Makes one call; resolves to whether its caller may come again by this way. */
function callOnce(port: number, agent: http.Agent, tally: Tally): Promise<boolean> {
  return new Promise((resolve) => {
    const lost = () => {
      tally.lost += 1;
      resolve(false);
    };
    const request = http.request({
      host: '127.0.0.1',
      port,
      path: BALANCE_PATH,
      method: 'POST',
      headers: HEADERS,
      agent,
    });
    request.once('error', lost).once('response', (response) => {
      response.once('error', lost).once('end', () => {
        if (response.statusCode === 200 && response.complete) tally.answered += 1;
        else tally.lost += 1;
        resolve(response.headers.connection !== 'close');
      });
      response.resume();
    });
    request.end(BODY);
  });
}

/** Callers side by side, each on kept connections, until `isOver` or, as a balancer does, until they are told to go. */
export function load(port: number, callers: number, isOver: () => boolean) {
  const tally: Tally = { answered: 0, lost: 0 };
  const agent = new http.Agent({ keepAlive: true, maxSockets: callers });
  atEnd(() => agent.destroy());
  const caller = async () => {
    while (!isOver() && (await callOnce(port, agent, tally)));
  };
  return { tally, over: Promise.all(Array.from({ length: callers }, caller)).then(() => tally) };
}
