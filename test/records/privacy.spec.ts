import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../src/cli/diagnose.ts';
import { report } from '../../src/cli/report.ts';
import type { Connector } from '../../src/connector.ts';
import { lineOf } from '../../src/records/line.ts';
import { recordEvents } from '../../src/records/record-events.ts';
import { openBroker } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { folderWith } from '../support/folder.ts';
import { BROKER, EVERYTHING, MESSAGE, PLANTED, plantedIn, WRITE } from '../support/planted.ts';
import { ENDINGS, type Ending } from '../support/planted-endings.ts';
import { runCommand } from '../support/terminal.ts';
import { callRecord } from './given.ts';

const LANGUAGES = ['en', 'ko'] as const;

/** A test reads and writes twenty files and texts; a busy machine takes more than five seconds for the first. */
const LIMIT_MS = 30_000;

/** Calls of one ending: enough for a state and a verdict. */
const CALLS = 6;

/** What the files of records become for people and programs, and whether there is anything in it. */
async function shownOf(file: string): Promise<Readonly<Record<string, string>>> {
  const events = ['--events', file];
  const shown: Record<string, string> = {
    'report --json': (await runCommand(report, [file, '--json'])).out,
    'diagnose --json': (await runCommand(diagnose, [...events, '--json'])).out,
  };
  for (const lang of LANGUAGES) {
    shown[`report ${lang}`] = (await runCommand(report, [file, '--lang', lang])).out;
    const { out, err } = await runCommand(diagnose, [...events, 'samsung', '--lang', lang]);
    shown[`diagnose ${lang}`] = out + err;
  }
  return shown;
}

/** What a connector says of its calls. */
async function toldBy(exco: Connector): Promise<Readonly<Record<string, string>>> {
  const diagnosis = await exco.diagnose('samsung', { read: { operation: 'account.balance', message: MESSAGE } });
  return {
    'health()': JSON.stringify(exco.health()),
    'health(broker)': JSON.stringify(exco.health('samsung')),
    'diagnose()': JSON.stringify(diagnosis),
    'the text for the desk': Object.values(diagnosis.handOff ?? { none: 'no text' }).join('\n'),
  };
}

async function callOnce(exco: Connector, { call }: Ending): Promise<void> {
  await (call ?? ((each) => each.settle('samsung', 'account.balance', MESSAGE)))(exco);
}

function expectNothingIn(shown: Readonly<Record<string, string>>): void {
  for (const [where, text] of Object.entries(shown)) {
    expect({ where, isEmpty: text === '', planted: plantedIn(text) }).toEqual({ where, isEmpty: false, planted: [] });
  }
}

describe('records, report, health and diagnosis show nothing personal or secret', () => {
  it.each(ENDINGS)(
    'where the broker answers with $what',
    async (ending) => {
      const server = await openBroker({}, ending.script);
      const exco = connectTo(server.baseUrl, { ...BROKER, ...ending.broker });
      const file = join(folderWith({}), 'calls.jsonl');
      const recording = recordEvents(exco, { file });
      for (let call = 0; call < CALLS; call += 1) await callOnce(exco, ending);
      expect((await recording.close()).written).toBeGreaterThanOrEqual(CALLS);
      expect(server.requests.some(({ body }) => body.includes(PLANTED.ci))).toBe(true);
      expectNothingIn({ records: readFileSync(file, 'utf8'), ...(await shownOf(file)), ...(await toldBy(exco)) });
    },
    LIMIT_MS,
  );

  it('where nobody answers, and a write may have happened', async () => {
    const server = await openBroker({}, (peer) => {
      peer.reset();
    });
    const exco = connectTo(server.baseUrl, BROKER);
    const file = join(folderWith({}), 'calls.jsonl');
    const recording = recordEvents(exco, { file });
    for (let call = 0; call < CALLS; call += 1) await exco.settle('samsung', 'virtualAccount.request', WRITE);
    await recording.close();
    const shown = await shownOf(file);
    expect(JSON.parse(shown['report --json'] ?? '')).toMatchObject({ unknownWrites: { count: CALLS } });
    expectNothingIn({ records: readFileSync(file, 'utf8'), ...shown, ...(await toldBy(exco)) });
  });

  it('where a file of records holds it, in fields that are not theirs and in lines that are no records', async () => {
    const plain = lineOf('call', callRecord());
    const stuffed = JSON.stringify({ ...PLANTED, ...(JSON.parse(plain) as object), message: EVERYTHING });
    const hidden = Object.values(PLANTED).map((value) => plain.replace('samsung', `${value} `));
    const text = [plain, stuffed, EVERYTHING, ...hidden].join('\n');
    const file = join(folderWith({ 'calls.jsonl': text }), 'calls.jsonl');
    const shown = await shownOf(file);
    expect(JSON.parse(shown['report --json'] ?? '')).toMatchObject({ calls: 2 });
    expectNothingIn(shown);
  });
});
