import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as index from 'op-exco-connector';
import * as gateway from 'op-exco-connector/gateway';
import * as telemetry from 'op-exco-connector/opentelemetry';
import * as testing from 'op-exco-connector/testing';
import ts from 'typescript';
import { openBroker } from '../support/broker-server.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { READ_FIXTURE } from '../support/read-fixture.ts';
import { answers } from '../support/scripts.ts';
import { doorsProgram, exportedNames, mistakesIn } from './exported.ts';

const DOORS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'op-exco-connector': index,
  'op-exco-connector/gateway': gateway,
  'op-exco-connector/testing': testing,
  'op-exco-connector/opentelemetry': telemetry,
};

/** What an example may take as given beside everything that is exported, with its type. */
const GIVEN = {
  exco: "import('op-exco-connector').Connector",
  message: "import('op-exco-connector').RequestOf<'account.balance'>",
  error: "import('op-exco-connector').ExcoError",
  response: "import('node:http').ServerResponse",
  profile: "import('op-exco-connector').BrokerProfile",
  expectation: "import('op-exco-connector').Expectation",
  readFile: "typeof import('node:fs/promises').readFile",
  afterAll: '(work: () => unknown) => void',
} as const;

const DOORS_PROGRAM = doorsProgram();
const EXPORTED = exportedNames(DOORS_PROGRAM);
const EXAMPLES = EXPORTED.flatMap(({ name, examples }) => examples.map((code, place) => ({ name, place, code })));
const NAMES = [
  ...Object.keys(GIVEN),
  ...Object.values(DOORS).flatMap((door) => Object.keys(door)),
  'console',
  '__shows',
];

/** An expression with its value behind it: `findError(4001)?.message; // 'Account Not Found'`. */
const SHOWN = /^((?!const |let |if |for |await )\S.*);\s\/\/ (['"[{\d].*|true|false|undefined)$/gm;

/** All examples as one module of TypeScript. */
function typedModule(): string {
  const values = Object.entries(DOORS).flatMap(([door, exported]) =>
    Object.keys(exported).map((name) => `declare const ${name}: typeof import('${door}').${name};`),
  );
  const given = Object.entries(GIVEN).map(([name, type]) => `declare const ${name}: ${type};`);
  const blocks = EXAMPLES.map(({ code }) => `{\n${code}\n}`);
  return ['export {};', ...values, ...given, ...blocks].join('\n');
}

/** The same as functions, which hand what they show to `__shows`. */
function runnableModule(): string {
  const functions = EXAMPLES.map(({ code }) => `async () => {\n${code.replace(SHOWN, '__shows($1, $2);')}\n}`);
  const text = `export const made = ({ ${NAMES.join(', ')} }) => [${functions.join(',\n')}];`;
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
  });
  return outputText;
}

/** The folder that the examples are at home in: one fixture, and one capture without calls. */
function furnish(folder: string): void {
  const shelf = join(folder, 'fixtures/samsung/account.balance');
  mkdirSync(shelf, { recursive: true });
  writeFileSync(join(shelf, 'answered.json'), JSON.stringify(READ_FIXTURE));
  writeFileSync(join(folder, 'capture.har'), JSON.stringify({ log: { version: '1.2', entries: [] } }));
}

describe('every exported name', () => {
  it.each(EXPORTED)('$name of $door has a docstring', ({ says }) => {
    expect(says.trim()).toMatch(/\w\W+\w/);
  });

  it.each(EXPORTED.filter(({ isValue }) => isValue))('$name of $door has an example', ({ examples }) => {
    expect(examples.length).toBeGreaterThan(0);
  });
});

describe('the examples', () => {
  it('compile as a user would write them', () => {
    expect(mistakesIn(typedModule(), DOORS_PROGRAM)).toEqual([]);
  }, 60_000);

  it('and so does what the README shows of the connector', () => {
    const [, snippet = ''] = /## Using it[\s\S]*?```ts\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
    const given = [
      "declare const exco: import('op-exco-connector').Connector;",
      "declare const message: import('op-exco-connector').RequestOf<'account.balance'>;",
      "declare const query: import('op-exco-connector').RequestOf<'account.transaction'>;",
      "declare const calls: import('op-exco-connector').FanOutCall[];",
      'declare function show(data: object): void;',
    ];
    expect(snippet).toContain('exco.settle');
    expect(mistakesIn(['export {};', ...given, snippet].join('\n'), DOORS_PROGRAM)).toEqual([]);
  }, 60_000);

  it('and what does not compile is found', () => {
    expect(mistakesIn("import { findError } from 'op-exco-connector';\nfindError('4001');", DOORS_PROGRAM)).toEqual([
      expect.stringContaining("not assignable to parameter of type 'number'"),
    ]);
  }, 60_000);
});

describe('the example', () => {
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  const ends: (() => unknown)[] = [];
  let shown: (readonly [unknown, unknown])[] = [];
  let runs: readonly (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const broker = await openBroker({}, answers(BALANCE));
    const message = MESSAGES['account.balance'];
    const brokers = [
      { alias: 'samsung', baseUrl: broker.baseUrl },
      { alias: 'kb', baseUrl: 'http://127.0.0.1:9/v1' },
    ];
    const [profile] = index.createRegistry({ brokers }).brokers;
    if (profile === undefined) throw new Error('expected the broker that is configured');
    const exco = index.createConnector({ brokers });
    ends.push(() => exco.close());
    const settled = await exco.settle('kb', 'account.balance', message);
    if (settled.ok) throw new Error('Somebody listens on port 9.');
    const given: Record<keyof typeof GIVEN, unknown> = {
      exco,
      message,
      error: settled.error,
      response: new ServerResponse(new IncomingMessage(new Socket())),
      profile,
      expectation: index.expectationOf(profile, index.OPERATIONS['account.balance'], { ...message }),
      readFile,
      afterAll: (work: () => unknown) => ends.push(work),
    };
    furnish(folder);
    const file = join(folder, 'examples.mjs');
    writeFileSync(file, runnableModule());
    const { made } = (await import(file)) as { made: (names: object) => (() => Promise<void>)[] };
    const __shows = (value: unknown, said: unknown) => shown.push([value, said]);
    const console = { log: () => undefined, warn: () => undefined, error: () => undefined };
    runs = made(Object.assign({ __shows, console }, ...Object.values(DOORS), given) as object);
    process.chdir(folder);
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  it.each(EXAMPLES.map(({ name, place }, at) => ({ name, place, at })))(
    '$place of $name runs, and what it shows is so',
    async ({ at }) => {
      shown = [];
      await runs[at]?.();
      expect(shown.map(([value]) => value)).toEqual(shown.map(([, said]) => said));
    },
  );

  it.each(['findError', 'ERROR_CATALOG', 'FAULTS', 'classify', 'ExcoError'])('of %s shows a value', (name) => {
    const code = EXAMPLES.filter((example) => example.name === name).map((example) => example.code);
    expect(code.join('\n').match(SHOWN)).not.toBeNull();
  });
});
