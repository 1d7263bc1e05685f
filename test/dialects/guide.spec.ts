import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { program } from '../../src/cli/program.ts';
import { folderWith } from '../support/folder.ts';
import { atEnd } from '../support/release.ts';
import { terminal } from '../support/terminal.ts';

const GUIDE = readFileSync('docs/add-your-broker.md', 'utf8');
const HOUSE = readFileSync('examples/dialect/house.json', 'utf8');
const DIRS = ['fixtures', 'recorded'] as const;
const ADDRESS = 'http://127.0.0.1:8080';
const SIMULATE = 'op-exco simulate fixtures --port 8080 --config exco.json';

/** The fenced blocks of the guide: what language, what stands in it, and the words in front of it. */
const BLOCKS = [...GUIDE.matchAll(/([^\n]*)\n\n```(\w*)\n([\s\S]*?)```/g)].map(
  ([, before = '', language, text = '']) => ({
    before,
    language,
    text,
  }),
);

/** The JSON that follows a sentence with this in it. */
function shown(sentence: string): string {
  const found = BLOCKS.find(({ before, language }) => language === 'json' && before.includes(sentence));
  if (found === undefined) throw new TypeError(`expected JSON behind ${sentence}`);
  return found.text;
}

/** Every command of the guide, and what it is said to print. */
const COMMANDS = BLOCKS.filter(({ language }) => language === '').flatMap(({ text }) =>
  text
    .split(/^\$ /m)
    .filter((each) => each !== '')
    .map((each) => [each.split('\n')[0] ?? '', each.slice(each.indexOf('\n') + 1).trimEnd()] as const),
);

/** The folder of somebody who has copied every file that the guide shows. */
function strangersFolder(): string {
  const fixture = (name: string): [file: string, text: string] => [
    `fixtures/house/account.list/${name}.json`,
    shown(`fixtures/house/account.list/${name}.json`),
  ];
  return folderWith(Object.fromEntries(['answered', 'no-account', 'too-many'].map(fixture)));
}

class Stranger {
  readonly #folder = strangersFolder();
  readonly #files: Record<string, string> = {
    'house.json': HOUSE,
    'exco.json': BLOCKS.find(({ text }) => text.includes('"./house.json"'))?.text ?? '',
    'ask.json': /With `(\{[^`]*\})` in `ask\.json`/.exec(GUIDE)?.[1] ?? '',
  };

  /** Runs a command as it is written, and gives what it printed as the guide shows it. */
  async run(line: string): Promise<string> {
    const silent = line.endsWith(' 2>/dev/null');
    const words = line.replace(' 2>/dev/null', '').split(' ').slice(1);
    const { io, out, err } = terminal({ files: this.#files });
    const args = words.map((word, at) =>
      at > 0 && DIRS.some((dir) => dir === word) ? `${this.#folder}/${word}` : word,
    );
    await program(args, io);
    const printed = silent || err() === '' ? out() : [out(), err()].filter((text) => text !== '').join('\n');
    return printed.replaceAll(`${this.#folder}/`, '');
  }

  /** Starts the simulator as the guide does, on a port that is free. */
  async simulate(): Promise<string> {
    const stopped = new AbortController();
    const { io, out } = terminal({
      files: this.#files,
      untilStopped: () => new Promise((resolve) => stopped.signal.addEventListener('abort', () => resolve())),
    });
    const args = ['simulate', `${this.#folder}/fixtures`, '--port', '0', '--config', 'exco.json'];
    const shows = new Promise<void>((resolve) => {
      const print = io.out.bind(io);
      io.out = (line) => {
        print(line);
        if (line.startsWith('control')) resolve();
      };
    });
    const over = program(args, io);
    atEnd(async () => {
      stopped.abort();
      await over;
    });
    await Promise.race([shows, over]);
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(out())?.[0] ?? '';
    this.#files['exco.json'] = (this.#files['exco.json'] ?? '').replace(ADDRESS, origin);
    return out().replaceAll(origin, ADDRESS);
  }
}

describe('the guide', () => {
  it('shows the file that is there', () => {
    expect(BLOCKS.map(({ text }) => text)).toContain(HOUSE);
  });

  it('shows what every command prints to somebody who follows it', async () => {
    const stranger = new Stranger();
    const printed: (readonly [string, string])[] = [];
    for (const [line] of COMMANDS) {
      printed.push([line, line === SIMULATE ? await stranger.simulate() : await stranger.run(line)]);
    }
    expect(printed).toEqual(COMMANDS);
    expect(COMMANDS.map(([line]) => line)).toContain(SIMULATE);
  }, 60_000);
});
