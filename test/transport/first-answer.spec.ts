import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { openBroker } from '../support/broker-server.ts';
import { runChild } from '../support/child.ts';
import { BALANCE } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';

describe('the first answer of a process', () => {
  it('loads nothing, in CP949 either: all other calls would wait meanwhile', async () => {
    const body = iconv.encode(JSON.stringify({ ...BALANCE, realAccName: '홍길동' }), 'cp949');
    const server = await openBroker({}, answers(body, 200, { 'Content-Type': 'application/json; charset=euc-kr' }));
    expect(await runChild('first-answer.ts', { args: [server.baseUrl] })).toEqual({
      ok: true,
      warnings: ['body is not UTF-8, read as CP949 (declared euc-kr)'],
      loaded: [],
    });
  });
});
