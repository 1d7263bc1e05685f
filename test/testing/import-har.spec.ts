import { describe, expect, it } from '@jest/globals';
import { FixtureError } from '../../src/brokers/config-error.ts';
import { importEntries } from '../../src/testing/captured.ts';
import { readHar } from '../../src/testing/har-file.ts';
import { lintFixtures } from '../../src/testing/lint.ts';
import { folderWith } from '../support/folder.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';

interface Parts {
  readonly url?: string;
  readonly sent?: unknown;
  readonly response?: unknown;
}

const URL_OF_BALANCE = 'https://broker.example/v1/samsung/account/balance/search';
const HEADERS = [{ name: 'Content-Type', value: 'application/json; charset=utf-8' }];
const OK = { status: 200, headers: HEADERS, content: { text: JSON.stringify(BALANCE) } };

function entry({ url = URL_OF_BALANCE, sent = MESSAGES['account.balance'], response = OK }: Parts = {}) {
  const request = { method: 'POST', url, postData: { mimeType: 'application/json', text: JSON.stringify(sent) } };
  return { startedDateTime: '2026-03-01T00:00:00.000Z', request, response };
}

const REFUSED = entry({ response: { status: 0, _error: 'net::ERR_CONNECTION_REFUSED' } });

/** Cleans nothing: what cleaning does is told elsewhere. */
function asItIs<T>(fixture: T): { fixture: T } {
  return { fixture };
}

function messageOf(file: string): string {
  try {
    readHar(file);
  } catch (error) {
    if (error instanceof FixtureError) return error.message;
    throw error;
  }
  return '';
}

describe('readHar', () => {
  it('gives the entries of a file, past a byte order mark', () => {
    const har = JSON.stringify({ log: { version: '1.2', creator: { name: 'x' }, entries: [{}, {}] } });
    expect(readHar(`${folderWith({ 'a.har': `\uFEFF${har}` })}/a.har`)).toHaveLength(2);
  });

  it.each([
    ['XML, as Burp saves requests', '<?xml version="1.0"?>\n<!DOCTYPE items [\n]><items burpVersion="1"></items>'],
    ['XML or HTML', '<html></html>'],
    ['a ZIP archive, as Fiddler saves a session (.saz)', 'PK\u0003\u0004rest'],
    ["mitmproxy's own file of flows", '2045:9:websocket;0:~'],
    ['HAR 1.1', { log: { version: '1.1', entries: [] } }],
    ['a Postman collection', { info: { name: 'x' }, item: [] }],
    ['a list, as Charles saves a session (.chlsj)', []],
    ['a log without entries', { log: { version: '1.2' } }],
  ])('says that it is %s, and what was expected', (what, content) => {
    const file = `${folderWith({ 'a.har': content })}/a.har`;
    expect(messageOf(file)).toBe(
      `${file}: expected a HAR 1.2 (an object with log.version 1.2 and log.entries), and this is ${what}`,
    );
  });

  it('names a file that is missing, and the place where one stops being JSON', () => {
    const folder = folderWith({ 'cut.har': '{"log":' });
    expect(messageOf(`${folder}/none.har`)).toBe(`${folder}/none.har: expected a HAR file, and there is none`);
    expect(messageOf(`${folder}/cut.har`)).toBe(`${folder}/cut.har: line 1, column 8: expected JSON, which ends here`);
  });
});

describe('importEntries', () => {
  it('makes fixtures that state what they give, each with a file of its own', () => {
    const made = importEntries([entry(), REFUSED, entry()], [], asItIs);
    expect(made.map(({ file, expect: stated, attempts }) => [file, stated, attempts.length])).toEqual([
      ['samsung/account.balance/answered.json', { ok: true }, 1],
      [
        'samsung/account.balance/connect-refused.json',
        {
          error: { category: 'op-exco', code: 3600, message: 'Target Company Service Unavailable' },
          fault: 'connect-refused',
        },
        2,
      ],
      ['samsung/account.balance/answered-2.json', { ok: true }, 1],
    ]);
    expect(made.skipped).toEqual([]);
    expect(made.refused).toEqual([]);
  });

  it('makes them such that no rule is broken', () => {
    const made = importEntries([entry(), REFUSED], [], asItIs);
    const folder = folderWith(Object.fromEntries(made.map(({ file, ...fixture }) => [file, fixture])));
    expect(lintFixtures(folder)).toMatchObject({ files: { length: 2 }, issues: [] });
  });

  it('takes from a configured broker how it speaks, and nothing else', () => {
    const dialect = { result: { code: 'rt_cd', message: 'msg1', success: ['0'] } };
    const headers = { authorization: 'FAKE-KEY' };
    const brokers = [{ alias: 'hanwha', baseUrl: 'https://api.hanwha.example', headers, dialect }];
    const response = { status: 200, content: { text: '{"rt_cd":"0","msg1":"OK"}' } };
    const url = 'https://api.hanwha.example/account/balance/search';
    const [fixture] = importEntries([entry({ url, response })], brokers, asItIs);
    expect(fixture).toMatchObject({ broker: 'hanwha', expect: { ok: true } });
    expect(fixture?.settings).toEqual({ dialect });
  });

  it('says of every other entry why there is none of it', () => {
    const answered = (respMsg: string) =>
      entry({ response: { status: 200, content: { text: JSON.stringify({ resp: { respCode: '4001', respMsg } }) } } });
    const made = importEntries(
      [entry({ url: 'https://broker.example/app.js' }), entry({ sent: [] }), answered('unclean'), answered('changing')],
      [],
      (fixture) => {
        const text = JSON.stringify(fixture.attempts);
        if (text.includes('unclean')) return { refused: ['attempts[0].response.json.resp.respMsg'] };
        return text.includes('changing')
          ? { fixture: { ...fixture, attempts: [{ response: { status: 503 } }] } }
          : { fixture };
      },
    );
    expect(made).toHaveLength(0);
    expect(made.skipped).toEqual([{ entry: 0, why: 'no path of an operation' }]);
    expect(made.refused).toEqual([
      { entry: 1, path: 'request.postData.text', expected: 'expected a JSON object' },
      { entry: 2, path: 'attempts[0].response.json.resp.respMsg', expected: 'expected what can be cleaned' },
      {
        entry: 3,
        path: 'expect',
        expected: 'expected 4001 broker-error, and once cleaned it is 3600 http-unavailable',
      },
    ]);
  });
});
