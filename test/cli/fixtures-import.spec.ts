import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fixtures } from '../../src/cli/fixtures.ts';
import { loadFixtures } from '../../src/testing/load.ts';
import { folderWith } from '../support/folder.ts';
import { BALANCE, FAKE, MESSAGES } from '../support/messages.ts';
import { runCommand, type TerminalOptions } from '../support/terminal.ts';

const ANSWERED = 'samsung/account.balance/answered.json';
const URL_OF_BALANCE = 'https://broker.example/v1/samsung/account/balance/search';
const HEADERS = [{ name: 'Content-Type', value: 'application/json' }];

function entry(response: object, url = URL_OF_BALANCE) {
  const request = { method: 'POST', url, postData: { text: JSON.stringify(MESSAGES['account.balance']) } };
  return { startedDateTime: '2026-03-01T00:00:00.000Z', request, response };
}

function har(...entries: readonly object[]) {
  return { log: { version: '1.2', entries } };
}

const ANSWER = entry({ status: 200, headers: HEADERS, content: { text: JSON.stringify(BALANCE) } });
const REFUSED = entry({ status: 0, _error: 'net::ERR_CONNECTION_REFUSED' });
const PAGE = entry({ status: 200, headers: HEADERS }, 'https://broker.example/index.html');
const WITHOUT_BODY = entry({ status: 200, content: { size: 9 } });

/** Imports a capture into the folder `made` beside it, and takes the folder out of what was printed. */
async function run(folder: string, args: readonly string[] = [], options?: TerminalOptions) {
  const { exit, out, err } = await runCommand(
    fixtures,
    ['import', `${folder}/made`, `${folder}/a.har`, ...args],
    options,
  );
  return { exit, out: out.replaceAll(folder, 'DIR'), err: err.replaceAll(folder, 'DIR') };
}

describe('fixtures import', () => {
  it('writes every call without the customer, and says what it left out and why', async () => {
    const folder = folderWith({ 'a.har': har(PAGE, ANSWER, REFUSED) });
    expect(await run(folder)).toEqual({
      exit: 0,
      out: `DIR/made/${ANSWERED}\nDIR/made/samsung/account.balance/connect-refused.json`,
      err: 'log.entries[0]: no path of an operation\n2 written, 0 known, 1 skipped, 0 refused.',
    });
    const text = readFileSync(`${folder}/made/${ANSWERED}`, 'utf8');
    expect(Object.values(FAKE).filter((value) => text.includes(value))).toEqual([]);
    expect(loadFixtures(`${folder}/made`).map(({ expect: stated }) => stated)).toMatchObject([
      { ok: true },
      { fault: 'connect-refused' },
    ]);
  });

  it('writes no call twice, and over no file', async () => {
    const folder = folderWith({ 'a.har': har(ANSWER, ANSWER) });
    expect((await run(folder)).err).toBe('1 written, 1 known, 0 skipped, 0 refused.');
    const before = readFileSync(`${folder}/made/${ANSWERED}`, 'utf8');
    expect(await run(folder)).toEqual({ exit: 0, out: '', err: '0 written, 2 known, 0 skipped, 0 refused.' });
    expect(readFileSync(`${folder}/made/${ANSWERED}`, 'utf8')).toBe(before);
  });

  it('fails where a call could not be made a fixture, and writes the others', async () => {
    const folder = folderWith({ 'a.har': har(WITHOUT_BODY, ANSWER) });
    expect(await run(folder)).toEqual({
      exit: 1,
      out: `DIR/made/${ANSWERED}`,
      err: [
        'log.entries[0]: response.content.text: expected the body, and the capture was made without it',
        '1 written, 0 known, 0 skipped, 1 refused.',
      ].join('\n'),
    });
  });

  it.each([
    ['without a call to a broker', har(PAGE), '0 written, 0 known, 1 skipped, 0 refused.'],
    ['without an entry', har(), '0 written, 0 known, 0 skipped, 0 refused.'],
  ])('fails over a capture %s', async (_, content, said) => {
    const { exit, err } = await run(folderWith({ 'a.har': content }));
    expect([exit, err]).toEqual([1, expect.stringContaining(said)]);
  });

  it('knows a configured broker by its address', async () => {
    const url = 'https://api.hanwha.example/account/balance/search';
    const folder = folderWith({ 'a.har': har(entry(ANSWER.response, url)) });
    expect((await run(folder)).err).toContain('log.entries[0]: no broker before the path of the operation');
    const config = JSON.stringify({ brokers: [{ alias: 'hanwha', baseUrl: 'https://api.hanwha.example' }] });
    const { exit, out } = await run(folder, ['--config', 'exco.json'], { files: { 'exco.json': config } });
    expect([exit, out]).toEqual([0, 'DIR/made/hanwha/account.balance/answered.json']);
  });

  it('prints one object for programs', async () => {
    const { exit, out } = await run(folderWith({ 'a.har': har(PAGE, ANSWER, WITHOUT_BODY) }), ['--json']);
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      ok: false,
      written: [`DIR/made/${ANSWERED}`],
      known: 0,
      skipped: [{ entry: 0, why: 'no path of an operation' }],
      refused: [
        {
          entry: 2,
          path: 'response.content.text',
          expected: 'expected the body, and the capture was made without it',
        },
      ],
    });
  });

  it('says it in Korean', async () => {
    const { err } = await run(folderWith({ 'a.har': har(ANSWER) }), ['--lang', 'ko']);
    expect(err).toBe('저장 1건, 기존 0건, 제외 0건, 거부 0건.');
  });

  it.each([
    ['of another tool', '{"info":{},"item":[]}', /^DIR\/a\.har: expected a HAR 1\.2 .* a Postman collection/],
    ['that is cut', '{"log":', /^DIR\/a\.har: line 1, column 8: expected JSON, which ends here/],
  ])('refuses a file %s', async (_, content, said) => {
    const { exit, out, err } = await run(folderWith({ 'a.har': content }));
    expect([exit, out]).toEqual([64, '']);
    expect(err).toMatch(said);
  });

  it.each([
    ['without a file', ['import', 'made'], 'import needs a HAR file behind DIR.'],
    ['with a file that is missing', ['import', 'made', 'none.har'], 'none.har: expected a HAR file, and there is none'],
  ])('does nothing %s', async (_, args, said) => {
    const { exit, err } = await runCommand(fixtures, args);
    expect([exit, err]).toEqual([64, expect.stringContaining(said)]);
  });

  it('refuses a folder that holds a bad fixture', async () => {
    const folder = folderWith({ 'a.har': har(ANSWER), [`made/${ANSWERED}`]: { format: 2 } });
    const { exit, out, err } = await run(folder);
    expect([exit, out]).toEqual([64, '']);
    expect(err).toContain(`DIR/made/${ANSWERED}: fixture.format: expected 1`);
  });
});
