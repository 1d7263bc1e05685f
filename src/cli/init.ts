import { join, relative, resolve } from 'node:path';
import type { Words } from '../catalog/advice.ts';
import { defineCommand, JSON_SCHEMA } from './command.ts';
import { INIT_PATHS, initFiles } from './init-files.ts';
import { exists, reasonOf, type Io } from './io.ts';
import { configSchemaPath } from './manifest.ts';
import { numberFrom } from './number-option.ts';
import { EXIT, Refusal } from './refusal.ts';
import { shellWord } from './shell-word.ts';
import { SUMMARIES } from './summaries.ts';
import { MISTAKES } from './words.ts';

/** Port of the simulator that the first configuration points at: one that is rarely taken. */
const DEFAULT_PORT = 18_080;

const HIGHEST_PORT = 65_535;

const TALK = {
  port: { en: 'port of the simulator; default 18080', ko: '시뮬레이터 포트. 기본값 18080' },
  next: { en: 'Next, the second one in a terminal of its own:', ko: '다음 명령을 차례로 실행(두 번째는 별도 터미널):' },
} as const satisfies Record<string, Words>;

function isThere(path: string): Words {
  return {
    en: `${path} is there already; nothing was written. Try: op-exco init NEW-FOLDER`,
    ko: `${path} 파일이 이미 있어 저장하지 않음. 입력 예: op-exco init 새폴더`,
  };
}

/** Writes all files or none; one that appears in between is not written over either. */
async function writeAll(files: ReadonlyMap<string, string>, io: Io): Promise<void> {
  for (const path of files.keys()) if (await exists(path, io)) throw new Refusal(EXIT.usage, isThere(path));
  for (const [path, text] of files) {
    try {
      await io.createText(path, text);
    } catch (error) {
      throw new Refusal(EXIT.usage, MISTAKES.unwritable(path, reasonOf(error)));
    }
  }
}

/** The commands to type next, as they stand. */
function nextCommands(dir: string, port: number): string[] {
  const at = (path: string) => shellWord(join(dir, path));
  return [
    `op-exco classify ${at(INIT_PATHS.fixture)}`,
    `op-exco simulate ${at('fixtures')} --port ${String(port)}`,
    `op-exco call samsung account.balance --config ${at(INIT_PATHS.config)} --body ${at(INIT_PATHS.message)}`,
  ];
}

function portOf(port: number): number {
  if (port >= 1 && port <= HIGHEST_PORT) return port;
  throw new TypeError(`port: expected a number from 1 to ${String(HIGHEST_PORT)}`);
}

/** `op-exco init`: files to start from, and what to type next. Never writes over a file. */
export const init = defineCommand({
  name: 'init',
  summary: SUMMARIES.init,
  takes: ['[DIR]'],
  options: { port: { value: 'N', words: TALK.port } },
  examples: ['op-exco init', 'op-exco init exco --port 9000'],
  async execute(given, io) {
    const [dir = '.'] = given.names;
    const port = portOf(numberFrom(given, 'port') ?? DEFAULT_PORT);
    const schema = relative(resolve(dir), configSchemaPath()).replaceAll('\\', '/');
    const files = new Map([...initFiles(schema, port, io.lang)].map(([path, text]) => [join(dir, path), text]));
    await writeAll(files, io);
    const [written, next] = [[...files.keys()], nextCommands(dir, port)];
    if (given.isSet('json')) {
      io.out(JSON.stringify({ schema: JSON_SCHEMA, written, next }));
      return EXIT.ok;
    }
    for (const path of written) io.out(path);
    io.err(TALK.next[io.lang]);
    for (const command of next) io.err(`  ${command}`);
    return EXIT.ok;
  },
});
