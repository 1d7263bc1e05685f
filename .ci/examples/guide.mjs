// Runs a guide as its reader would. A block below a line that ends in a file's name and a colon is written to that file; a block
// of lines that begin with `$ ` is typed into one shell, and what it prints must be what the guide shows below.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const BLOCK = /^```(\w*)\n([\s\S]*?)^```$/gm;
const FILE_ABOVE = /`([\w.-]+)`[^`\n]*:\n*$/;
const END = '__end of output__';
/** Most time that a server gets to listen. */
const LISTEN_MS = 10_000;

/** The files and commands of a guide, in its order; `from` and `to` are where in the text a command's output stands. */
export function stepsOf(text) {
  return [...text.matchAll(BLOCK)].flatMap((match) => {
    const [, , body] = match;
    const [, name] = FILE_ABOVE.exec(text.slice(0, match.index)) ?? [];
    if (body.startsWith('$ ')) return commandsOf(body, match.index + match[0].indexOf(body));
    return name === undefined ? [] : [{ kind: 'file', name, body }];
  });
}

function commandsOf(body, at) {
  return [...body.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)].map((match) => {
    const [all, command, printed] = match;
    const to = at + match.index + all.length;
    return { kind: 'command', command, printed, from: to - printed.length, to };
  });
}

/** What a run may change: durations, ids, moments, days until a date, and whether an alert of TLS 1.3 comes just before the head is awaited. */
export function settled(printed) {
  return printed
    .replace(/\b\d+ ms\b/g, 'N ms')
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UUID')
    .replace(/\d\d:\d\d:\d\d req [0-9a-f]{8}…/g, 'TIME req ID')
    .replace(/^.+ \((?:send|head)\); request sent:/gm, 'PHASE; request sent:')
    .replace(/expires in \d+ days/g, 'expires in N days')
    .trimEnd();
}

async function untilListening(port) {
  const lastMs = Date.now() + LISTEN_MS;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch (error) {
      if (Date.now() > lastMs) throw error;
      await pause(50);
    } finally {
      socket.destroy();
    }
  }
}

/** One shell for a whole guide, so that `kill %1` means what it means to the reader. */
function openShell(cwd) {
  const child = spawn('bash', [], { cwd, detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write('exec 2>&1\n');
  let heard = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    heard += text;
  });
  async function type(command) {
    heard = '';
    child.stdin.write(`${command}\nprintf '\\n%s\\n' '${END}'\n`);
    while (!heard.includes(`\n${END}\n`)) await once(child.stdout, 'data');
    return heard.slice(0, heard.indexOf(`\n${END}\n`));
  }
  return { type, end: () => process.kill(-child.pid, 'SIGKILL') };
}

/**
 * Runs every step in `cwd`, which has the package installed; `npm install` is left out for that reason. `ports` are those on which
 * the guide's servers listen, in the order in which they are started.
 *
 * @returns the guide as it should read: the same text where nothing differs.
 */
export async function runGuide(file, cwd, ports) {
  const text = readFileSync(file, 'utf8');
  const shell = openShell(cwd);
  const waiting = [...ports];
  let now = '';
  let done = 0;
  try {
    for (const step of stepsOf(text)) {
      if (step.kind === 'file') writeFileSync(join(cwd, step.name), step.body);
      else if (!step.command.startsWith('npm install ')) {
        const said = await shell.type(step.command);
        if (step.command.endsWith('&')) await untilListening(waiting.shift());
        now += text.slice(done, step.from) + asShown(said, step.printed);
        done = step.to;
      }
    }
  } finally {
    shell.end();
  }
  return now + text.slice(done);
}

/** What was shown where it says the same, else what was said. */
function asShown(said, shown) {
  if (settled(said) === settled(shown)) return shown;
  return said.trimEnd() === '' ? '' : `${said.trimEnd()}\n`;
}
