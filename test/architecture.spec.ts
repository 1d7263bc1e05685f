import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

/** Room → rooms it may import. A file outside any room is a room of its own. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  catalog: [],
  runtime: [],
  model: ['catalog'],
  dialects: ['model', 'catalog'],
  flow: ['dialects', 'model', 'catalog'],
  brokers: ['dialects', 'model', 'catalog'],
  fixture: ['resilience', 'brokers', 'dialects', 'flow', 'model', 'catalog'],
  cleaning: ['fixture', 'brokers', 'flow', 'model'],
  simulator: ['fixture', 'brokers', 'model', 'runtime'],
  transport: ['flow', 'model', 'runtime', 'catalog'],
  resilience: ['model', 'catalog', 'runtime'],
  probe: ['transport', 'flow', 'model', 'catalog', 'runtime'],
  diagnosis: ['model', 'catalog'],
  calling: ['transport', 'resilience', 'brokers', 'flow', 'model', 'catalog', 'runtime'],
  health: ['resilience', 'model', 'catalog'],
  'on-call.ts': ['diagnosis', 'probe', 'health', 'calling', 'model', 'runtime'],
  'connector.ts': ['on-call.ts', 'diagnosis', 'health', 'calling', 'brokers', 'model', 'runtime'],
  records: ['model', 'catalog', 'runtime'],
  report: ['records', 'health', 'resilience', 'model', 'catalog'],
  telemetry: ['records', 'model'],
  testing: [
    'simulator',
    'cleaning',
    'fixture',
    'connector.ts',
    'calling',
    'transport',
    'brokers',
    'flow',
    'model',
    'runtime',
  ],
  gateway: ['connector.ts', 'diagnosis', 'health', 'calling', 'brokers', 'flow', 'model', 'catalog', 'runtime'],
  'index.ts': ['connector.ts', 'on-call.ts', 'diagnosis', 'records', 'calling', 'brokers', 'flow', 'model', 'catalog'],
  cli: [
    'gateway',
    'connector.ts',
    'diagnosis',
    'probe',
    'report',
    'records',
    'resilience',
    'transport',
    'calling',
    'testing',
    'simulator',
    'fixture',
    'brokers',
    'dialects',
    'flow',
    'model',
    'catalog',
    'runtime',
  ],
};

/** Package or builtin → the only rooms that may import it; `room/file.ts` for a single file. */
const CONFINED: Readonly<Record<string, readonly string[]>> = {
  axios: ['transport'],
  'axios-retry': ['transport'],
  'p-timeout': ['resilience'],
  valibot: ['brokers', 'fixture'],
  'iconv-lite': ['flow', 'fixture'],
  'string-width': ['cli'],
  nock: ['testing/nock-loader.ts'],
  fastify: ['gateway'],
  'prom-client': ['gateway/metrics.ts'],
  '@opentelemetry/api': ['telemetry'],
  'node:dns': ['transport/lookup.ts', 'transport/scout.ts'],
  'node:http': ['transport', 'probe', 'gateway'],
  'node:https': ['transport', 'gateway/server.ts'],
  'node:net': ['transport', 'calling', 'connector.ts', 'simulator', 'probe', 'gateway'],
  'node:tls': ['transport', 'brokers', 'simulator', 'probe'],
  'node:fs': ['brokers', 'testing', 'records/read.ts'],
  'node:fs/promises': ['cli/main.ts', 'records/read.ts', 'records/rotating-file.ts', 'records/tail.ts'],
  'node:path': ['cli/main.ts', 'cli/init.ts', 'cli/dialect-files.ts', 'records/read.ts'],
  'node:stream/consumers': ['cli/main.ts'],
  'node:crypto': ['calling', 'simulator', 'probe', 'gateway'],
  'node:zlib': ['flow'],
  'node:buffer': ['flow', 'gateway'],
  'node:diagnostics_channel': ['runtime', 'transport/choose-wire.ts'],
  'node:events': ['runtime/signals.ts'],
  'node:perf_hooks': ['runtime', 'health/latency.ts'],
  'node:timers': ['runtime'],
  'node:async_hooks': ['runtime'],
  'node:module': ['cli', 'testing/nock-loader.ts'],
  'node:util': ['cli', 'transport/choose-wire.ts'],
};

/** Files that hold rows and types, as long as the standard is. */
const TABLES = /^(?:catalog\/.*|brokers\/companies\.ts|model\/messages\.ts|dialects\/.*)$/;

const LONGEST_FILE = 220;

const SRC = 'src';

interface Import {
  readonly from: string;
  /** Path under src, or the name of a package or builtin. */
  readonly to: string;
  readonly isOwn: boolean;
}

interface File {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

function fileOf(path: string, text: string): File {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
}

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map((path) => fileOf(path, readFileSync(join(SRC, path), 'utf8')));

function roomOf(path: string): string {
  return path.split('/')[0] ?? path;
}

/** Every node of a tree, in the order of the text. */
function nodesOf(root: ts.Node): ts.Node[] {
  const inner: ts.Node[] = [];
  root.forEachChild((child) => {
    inner.push(...nodesOf(child));
  });
  return [root, ...inner];
}

function specifierOf(node: ts.Node): string | undefined {
  const isDynamic =
    ts.isCallExpression(node) &&
    (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require');
  const specifier = isDynamic
    ? node.arguments[0]
    : ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : undefined;
  if (specifier === undefined) return undefined;
  return ts.isStringLiteral(specifier) ? specifier.text : 'a computed name';
}

function importsOf({ path, tree }: File): Import[] {
  const specifiers = nodesOf(tree).map(specifierOf);
  return specifiers.flatMap((specifier) => {
    if (specifier === undefined) return [];
    const isOwn = specifier.startsWith('.');
    return [{ from: path, to: isOwn ? normalize(join(dirname(path), specifier)) : specifier, isOwn }];
  });
}

const IMPORTS = FILES.flatMap(importsOf);

/** Every own file that loading `path` loads, imports at run time included. */
function closureOf(path: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { from, to, isOwn } of IMPORTS) if (isOwn && from === path) closureOf(to, seen);
  return seen;
}

/** Own imports that the table does not allow. */
function forbidden(imports: readonly Import[]): string[] {
  return imports
    .filter(
      ({ from, to, isOwn }) =>
        isOwn && roomOf(from) !== roomOf(to) && MAY_IMPORT[roomOf(from)]?.includes(roomOf(to)) !== true,
    )
    .map(({ from, to }) => `${from} imports ${to}`);
}

/** Packages and builtins outside the rooms they are confined to. */
function escaped(imports: readonly Import[]): string[] {
  return imports
    .filter(({ from, to, isOwn }) => !isOwn && ![roomOf(from), from].some((place) => CONFINED[to]?.includes(place)))
    .map(({ from, to }) => `${from} imports ${to}`);
}

/** One cycle of imports, types included, as the files on it; empty where there is none. */
function cycleOf(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to, isOwn } of imports) if (isOwn) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  function visit(path: string, way: readonly string[]): string[] {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const to of targets.get(path) ?? []) {
      const cycle = visit(to, [...way, path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(path);
    return [];
  }
  for (const path of targets.keys()) {
    const cycle = visit(path, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

function places(files: readonly File[], isFound: (node: ts.Node) => boolean): string[] {
  return files.flatMap(({ path, tree }) =>
    nodesOf(tree)
      .filter(isFound)
      .map((node) => `${path}:${String(tree.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`),
  );
}

/** `owner.name`, of an access that may read a clock, chance or the process. */
function accessOf(node: ts.Node): string | undefined {
  return ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)
    ? `${node.expression.text}.${node.name.text}`
    : undefined;
}

const CLOCKS: ReadonlySet<string> = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'process.hrtime',
  'process.uptime',
]);
const TIMERS: ReadonlySet<string> = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'queueMicrotask',
]);

function isClock(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0;
  const called = ts.isCallExpression(node) && ts.isIdentifier(node.expression) ? node.expression.text : '';
  return CLOCKS.has(accessOf(node) ?? '') || TIMERS.has(called);
}

function isAny(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.AnyKeyword;
}

function isNonNull(node: ts.Node): boolean {
  return ts.isNonNullExpression(node);
}

/** `x as unknown as T`: the type checker told to look away. */
function isDoubleCast(node: ts.Node): boolean {
  return ts.isAsExpression(node) && ts.isAsExpression(node.expression);
}

function isAsync(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.AsyncKeyword ||
    ts.isAwaitExpression(node) ||
    (ts.isIdentifier(node) && node.text === 'Promise')
  );
}

const SUPPRESSION =
  /@ts-(?:ignore|expect-error|nocheck)|eslint-disable|prettier-ignore|biome-ignore|istanbul ignore|c8 ignore/;

/** Lines that hold code: blank ones and comments are not counted. */
function codeLines({ tree }: File): number {
  const lines = new Set<number>();
  (function mark(node: ts.Node): void {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(tree);
    if (children.length === 0 && node.getWidth(tree) > 0) {
      const last = tree.getLineAndCharacterOfPosition(node.getEnd()).line;
      for (let line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line; line <= last; line += 1)
        lines.add(line);
    }
    children.forEach(mark);
  })(tree);
  return lines.size;
}

function inRooms(...rooms: readonly string[]): File[] {
  return FILES.filter(({ path }) => rooms.includes(roomOf(path)));
}

function outside(...rooms: readonly string[]): File[] {
  return FILES.filter(({ path }) => !rooms.includes(roomOf(path)) && !rooms.includes(path));
}

describe('the rooms', () => {
  it('are those of the table', () => {
    expect([...new Set(FILES.map(({ path }) => roomOf(path)))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it('import only the rooms that the table names', () => {
    expect(forbidden(IMPORTS)).toEqual([]);
  });

  it.each(Object.entries(MAY_IMPORT).flatMap(([room, rooms]) => rooms.map((other) => [room, other] as const)))(
    '%s imports %s, or the table need not allow it',
    (room, other) => {
      expect(IMPORTS.some(({ from, to, isOwn }) => isOwn && roomOf(from) === room && roomOf(to) === other)).toBe(true);
    },
  );

  it('of the gateway are loaded by its own door only', () => {
    const isOfGateway = (path: string) => roomOf(path) === 'gateway';
    expect([...closureOf('index.ts'), ...closureOf('testing/index.ts')].filter(isOfGateway)).toEqual([]);
    expect([...closureOf('gateway/index.ts')].filter(isOfGateway)).not.toEqual([]);
  });

  it('import each other in no circle, types included', () => {
    expect(cycleOf(IMPORTS)).toEqual([]);
  });

  it('import nobody through the front door', () => {
    expect(IMPORTS.filter(({ to }) => to === 'index.ts').map(({ from }) => from)).toEqual([]);
  });

  it('have names that say what is in them', () => {
    expect(
      FILES.filter(({ path }) => /(?:^|\/)(?:utils?|helpers?|commons?|shared|misc|lib)(?:\/|\.ts$)/i.test(path)),
    ).toEqual([]);
  });

  it.each(Object.keys(MAY_IMPORT).filter((room) => !room.endsWith('.ts')))(
    '%s: its README says what belongs in it and what does not',
    (room) => {
      const readme = join(SRC, room, 'README.md');
      expect(existsSync(readme)).toBe(true);
      const lines = readFileSync(readme, 'utf8')
        .trim()
        .split('\n')
        .filter((line) => line !== '');
      expect(lines[0]).toBe(`# ${room}`);
      expect(lines.length).toBeLessThanOrEqual(5);
      expect(lines.join(' ')).toMatch(/Belongs here: .* Does not: /);
    },
  );
});

describe('packages and builtins', () => {
  it('stay in the rooms they are confined to', () => {
    expect(escaped(IMPORTS)).toEqual([]);
  });

  it.each(Object.keys(CONFINED))('%s is imported at all', (name) => {
    expect(IMPORTS.some(({ to }) => to === name)).toBe(true);
  });

  it('are all dependencies of the package, and every dependency is used', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: object;
      peerDependencies: object;
    };
    const used = new Set(IMPORTS.filter(({ to, isOwn }) => !isOwn && !to.startsWith('node:')).map(({ to }) => to));
    expect([...used].sort()).toEqual(Object.keys({ ...dependencies, ...peerDependencies }).sort());
  });
});

describe('time, chance and the process', () => {
  it('are read in the room of the clock only', () => {
    expect(places(outside('runtime'), isClock)).toEqual([]);
  });

  it('are read in cli/main.ts only, but for the warning about a listener', () => {
    const found = FILES.flatMap(({ path, tree }) =>
      nodesOf(tree)
        .filter(
          (node) => ts.isIdentifier(node) && node.text === 'process' && !ts.isPropertyAccessExpression(node.parent),
        )
        .map((node) => `${path}: ${node.parent.getText()}`),
    );
    const accesses = FILES.flatMap(({ path, tree }) =>
      nodesOf(tree)
        .map(accessOf)
        .filter((access) => access?.startsWith('process.'))
        .map((access) => `${path}: ${String(access)}`),
    );
    expect(found).toEqual([]);
    expect(accesses.filter((access) => !access.startsWith('cli/main.ts: '))).toEqual([
      'runtime/events.ts: process.emitWarning',
    ]);
  });

  it('are nothing to the pure rooms, which do not wait either', () => {
    expect(
      places(
        inRooms('catalog', 'model', 'dialects', 'flow', 'brokers', 'fixture', 'diagnosis', 'health', 'report'),
        isAsync,
      ),
    ).toEqual([]);
  });
});

describe('every file', () => {
  it(`has at most ${String(LONGEST_FILE)} lines of code, tables aside`, () => {
    const long = FILES.filter((file) => !TABLES.test(file.path) && codeLines(file) > LONGEST_FILE);
    expect(long.map((file) => `${file.path}: ${String(codeLines(file))}`)).toEqual([]);
  });

  it('has no any', () => {
    expect(places(FILES, isAny)).toEqual([]);
  });

  it('has no non-null assertion', () => {
    expect(places(FILES, isNonNull)).toEqual([]);
  });

  it('has no cast over a cast', () => {
    expect(places(FILES, isDoubleCast)).toEqual([]);
  });

  it('has no comment that silences a tool', () => {
    expect(FILES.filter(({ text }) => SUPPRESSION.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('has a name in kebab-case', () => {
    expect(
      FILES.filter(({ path }) => !/^(?:[a-z]+\/)?[a-z]+(?:-[a-z]+)*\.ts$/.test(path)).map(({ path }) => path),
    ).toEqual([]);
  });

  it('imports with the extension of the source', () => {
    expect(
      IMPORTS.filter(({ to, isOwn }) => isOwn && !existsSync(join(SRC, to))).map(({ from, to }) => `${from}: ${to}`),
    ).toEqual([]);
  });
});

describe('an ExcoError', () => {
  it('is made in two places: what the linkage server states, and what a fault becomes', () => {
    const made = FILES.filter(({ tree }) =>
      nodesOf(tree).some((node) => ts.isNewExpression(node) && node.expression.getText() === 'ExcoError'),
    );
    expect(made.map(({ path }) => path)).toEqual(['flow/translate.ts', 'model/standard-error.ts']);
  });
});

describe('the rules see what they look for', () => {
  const PLANTED = fileOf(
    'flow/planted.ts',
    `import type { Clock } from '../runtime/clock.ts';
     import axios from 'axios';
     export { x } from '../cli/io.ts';
     const later = await import('node:dns');
     const fs = require('node:fs');
     // eslint-disable-next-line
     const a: any = later!;
     const b = a as unknown as Clock;
     setTimeout(() => Date.now() + Math.random(), new Date());
     process.exit(1);`,
  );

  it('an import of another room, as type, value, export', () => {
    expect(forbidden(importsOf(PLANTED))).toEqual([
      'flow/planted.ts imports runtime/clock.ts',
      'flow/planted.ts imports cli/io.ts',
    ]);
  });

  it('a package, a dynamic import, a require', () => {
    expect(escaped(importsOf(PLANTED))).toEqual([
      'flow/planted.ts imports axios',
      'flow/planted.ts imports node:dns',
      'flow/planted.ts imports node:fs',
    ]);
  });

  it('a circle', () => {
    const circle = [
      ['a.ts', 'b.ts'],
      ['b.ts', 'c.ts'],
      ['c.ts', 'b.ts'],
    ].map(([from = '', to = '']) => ({ from, to, isOwn: true }));
    expect(cycleOf(circle)).toEqual(['b.ts', 'c.ts', 'b.ts']);
  });

  it('a clock, a timer, any, !, a double cast, await, a silenced tool', () => {
    expect(places([PLANTED], isClock)).toHaveLength(4);
    expect(places([PLANTED], isAny)).toEqual(['flow/planted.ts:7']);
    expect(places([PLANTED], isNonNull)).toEqual(['flow/planted.ts:7']);
    expect(places([PLANTED], isDoubleCast)).toEqual(['flow/planted.ts:8']);
    expect(places([PLANTED], isAsync)).toEqual(['flow/planted.ts:4']);
    expect(SUPPRESSION.test(PLANTED.text)).toBe(true);
    expect(nodesOf(PLANTED.tree).map(accessOf)).toContain('process.exit');
  });

  it('lines of code, without comments and blanks', () => {
    expect(codeLines(fileOf('a.ts', '/** A\n * b.\n */\n\nconst a = `x\ny`; // c\n/* d */\n'))).toBe(2);
  });
});

/** Cells of the documented table that name no rooms one by one. */
const IN_WORDS: readonly string[] = ['all above', 'everything'];

describe('the documented table of rooms', () => {
  const rows = [...readFileSync('docs/design.md', 'utf8').matchAll(/^\| `([\w.-]+)` +\|[^|]*\| *([^|]*?) *\|$/gm)];
  const documented = rows.map(([, room = '', rooms = '']) => [room, rooms] as const);

  it('has the rooms of the table above', () => {
    const rooms = Object.keys(MAY_IMPORT).filter((room) => room !== 'index.ts');
    expect(documented.map(([room]) => room).sort()).toEqual(rooms.sort());
  });

  it.each(documented.filter(([, rooms]) => !IN_WORDS.includes(rooms)))('lets %s import %s', (room, rooms) => {
    expect(
      rooms
        .split(', ')
        .filter((name) => name !== '')
        .sort(),
    ).toEqual([...(MAY_IMPORT[room] ?? [])].sort());
  });
});
