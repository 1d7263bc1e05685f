import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wordsOf } from '../../src/fixture/expectation.ts';
import { judgeFixture } from '../../src/fixture/judge.ts';
import { importHar } from '../../src/testing/import-har.ts';
import { fixtureText } from '../../src/testing/save.ts';
import { folderWith } from '../support/folder.ts';
import { BALANCE, FAKE, MESSAGES } from '../support/messages.ts';

const HEADERS = [{ name: 'Content-Type', value: 'application/json; charset=utf-8' }];

/** A HAR of one balance, with `secret` in every place where a capture may hold one. */
function harWith(secret: string) {
  const sent = { ...MESSAGES['account.balance'], customerId: secret };
  const answer = { ...BALANCE, resp: { respCode: '4001', respMsg: `Account Not Found [${secret}]` } };
  return {
    log: {
      version: '1.2',
      creator: { name: secret },
      pages: [{ title: secret }],
      entries: [
        {
          startedDateTime: '2026-03-01T00:00:00.000Z',
          comment: secret,
          request: {
            method: 'POST',
            url: `https://broker.example/v1/samsung/account/balance/search?token=${secret}`,
            headers: [{ name: 'Authorization', value: `Bearer ${secret}` }],
            cookies: [{ name: 'SESSION', value: secret }],
            queryString: [{ name: 'token', value: secret }],
            postData: { mimeType: 'application/json', text: JSON.stringify(sent) },
          },
          response: {
            status: 500,
            headers: [
              ...HEADERS,
              { name: 'Set-Cookie', value: `SESSION=${secret}` },
              { name: 'X-User', value: secret },
            ],
            cookies: [{ name: 'SESSION', value: secret }],
            content: { mimeType: 'application/json', text: JSON.stringify(answer) },
          },
        },
      ],
    },
  };
}

describe('importHar', () => {
  it('takes no personal value over, wherever the capture has it, and says what it comes to', () => {
    const folder = folderWith({});
    const secret = fc.stringMatching(/^[a-z]{6}[1-9]{9}$/);
    fc.assert(
      fc.property(secret, (value) => {
        writeFileSync(`${folder}/a.har`, JSON.stringify(harWith(value)));
        const made = importHar(`${folder}/a.har`);
        const text = made.map(fixtureText).join('');
        expect(made.refused).toEqual([]);
        expect(made.map((fixture) => wordsOf(judgeFixture(fixture)))).toEqual(['4001 broker-error']);
        expect([value, ...Object.values(FAKE)].filter((each) => text.includes(each))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
