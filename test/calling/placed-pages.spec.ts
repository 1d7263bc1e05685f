import { describe, expect, it } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { defineOperation } from '../../src/model/operation.ts';
import { openBroker, type Script, type SeenRequest } from '../support/broker-server.ts';
import { collect } from '../support/collect.ts';
import { connectTo } from '../support/connect.ts';
import { answers } from '../support/scripts.ts';

const LIST = defineOperation({ name: 'own.list', path: '/list', kind: 'read', method: 'GET' });

/** What the pages of a list were asked for with, over this many answers. */
async function asked(
  dialect: BrokerOptions['dialect'],
  read: (request: SeenRequest) => unknown,
  ...scripts: readonly Script[]
) {
  const server = await openBroker({}, ...scripts);
  const exco = connectTo(server.baseUrl, { dialect, pace: false });
  const pages = await collect(exco.pages('samsung', LIST, { acct: '0000-FAKE-0001' }));
  expect(pages).toHaveLength(server.requests.length);
  return server.requests.map(read);
}

const header =
  (...names: readonly string[]) =>
  ({ headers }: SeenRequest) =>
    names.map((name) => headers[name]);

describe('pages of a list that goes on as the dialect says', () => {
  it('by a flag and a key in headers', async () => {
    const page = (flag: string, key: string) => answers({ return_code: 0 }, 200, { 'cont-yn': flag, 'next-key': key });
    const requests = asked(
      'kiwoom',
      header('cont-yn', 'next-key'),
      page('Y', 'K-1'),
      page('Y', 'K-2'),
      page('N', 'K-2'),
    );
    expect(await requests).toEqual([
      [undefined, undefined],
      ['Y', 'K-1'],
      ['Y', 'K-2'],
    ]);
  });

  it('by a flag that the first request sends too', async () => {
    const page = (flag: string, key: string) => answers({ rsp_cd: '00000' }, 200, { cont_yn: flag, cont_key: key });
    const requests = asked('dongbu', header('cont_yn', 'cont_key'), page('Y', 'K-1'), page('N', ''));
    expect(await requests).toEqual([
      ['N', undefined],
      ['Y', 'K-1'],
    ]);
  });

  it('by a flag in a header and keys in the message, sent back as query parameters', async () => {
    const page = (flag: string, key: string) =>
      answers({ rt_cd: '0', ctx_area_fk100: key, ctx_area_nk100: ` ${key}/n` }, 200, { tr_cont: flag });
    const requests = asked('koreainvest', ({ path }) => path, page('M', 'F-1'), page('D', 'F-1'));
    expect(await requests).toEqual([
      '/list?acct=0000-FAKE-0001',
      '/list?acct=0000-FAKE-0001&CTX_AREA_FK100=F-1&CTX_AREA_NK100=%20F-1%2Fn',
    ]);
  });

  it('by a key alone', async () => {
    const page = (next_page?: string | null) => answers({ rsp_code: '00000', next_page });
    const requests = asked('mydata', ({ path }) => path, page('P-2'), page('P-3'), page(null));
    expect(await requests).toEqual([
      '/list?acct=0000-FAKE-0001',
      '/list?acct=0000-FAKE-0001&next_page=P-2',
      '/list?acct=0000-FAKE-0001&next_page=P-3',
    ]);
  });

  it('end with 3011 where a key comes a second time', async () => {
    const server = await openBroker({}, answers({ rsp_code: '00000', next_page: 'P-2' }));
    const exco = connectTo(server.baseUrl, { dialect: 'mydata' });
    await expect(collect(exco.pages('samsung', LIST, {}))).rejects.toMatchObject({
      code: 3011,
      fault: 'page-repeated',
    });
    expect(server.requests).toHaveLength(2);
  });

  it('end with the error of a page', async () => {
    const server = await openBroker(
      {},
      answers({ rsp_code: '00000', next_page: 'P-2' }),
      answers({ rsp_code: '40403', rsp_msg: '' }, 404),
    );
    const exco = connectTo(server.baseUrl, { dialect: 'mydata' });
    await expect(collect(exco.pages('samsung', LIST, {}))).rejects.toMatchObject({ code: 4004 });
  });

  it('are none of a write', async () => {
    const server = await openBroker({}, answers({ rsp_code: '00000' }));
    const write = defineOperation({ name: 'own.write', path: '/w', kind: 'write' });
    const exco = connectTo(server.baseUrl, { dialect: 'mydata' });
    await expect(collect(exco.pages('samsung', write, {}))).rejects.toThrow('expected a read');
  });
});

describe('a GET', () => {
  it('carries the fields as a query, and neither a body nor a type of one', async () => {
    const server = await openBroker({}, answers({ resp: { respCode: '200' } }));
    const exco = connectTo(server.baseUrl);
    const message = { a: '가 &=', n: 5, list: ['x', 'y'], flag: true, none: null, gone: undefined };
    await exco.call('samsung', LIST, message);
    const [request] = server.requests;
    expect(request?.head.split('\r\n')[0]).toBe('GET /list?a=%EA%B0%80%20%26%3D&n=5&list=x&list=y&flag=true HTTP/1.1');
    expect([request?.body, request?.headers['content-type'], request?.headers['content-length']]).toEqual([
      '',
      undefined,
      undefined,
    ]);
  });

  it('may be what a broker’s configuration makes of an operation', async () => {
    const server = await openBroker({}, answers({ resp: { respCode: '200' } }));
    const own = defineOperation({ name: 'own.read', path: '/own', kind: 'read' });
    await connectTo(server.baseUrl, { operations: { 'own.read': { method: 'GET' } } }).call('samsung', own, { a: 1 });
    expect(server.requests[0]?.head.startsWith('GET /own?a=1 ')).toBe(true);
  });

  it('is refused as a mistake of the program, given a block', async () => {
    const exco = connectTo('http://127.0.0.1:9');
    await expect(exco.call('samsung', LIST, { block: { a: 1 } })).rejects.toThrow(
      'message.block: expected a text, a number or a list of such, for a GET',
    );
  });

  it('carries the TRCODE of its operation in the header that the dialect names', async () => {
    const server = await openBroker({}, answers({ rt_cd: '0' }, 200, { tr_id: 'FHKST01010100' }));
    const quote = defineOperation({
      name: 'own.quote',
      path: '/q',
      kind: 'read',
      method: 'GET',
      trCode: 'FHKST01010100',
    });
    await connectTo(server.baseUrl, { dialect: 'koreainvest' }).call('samsung', quote, {});
    expect(server.requests[0]?.headers['tr_id']).toBe('FHKST01010100');
  });

  it.each([
    ['koreainvest', { rt_cd: '0' }, 'tr_id', 'answer', 'trcode-mismatch'],
    ['ebest', { rsp_cd: '00000' }, 'tr_cd', 'trcode-mismatch', 'trcode-mismatch'],
  ])('%s: an answer without its TRCODE, and with another', async (dialect, body, name, absent, other) => {
    const server = await openBroker({}, answers(body), answers(body, 200, { [name]: 'OTHER' }));
    const quote = defineOperation({ name: 'own.quote', path: '/q', kind: 'read', trCode: 'FHKST01010100' });
    const exco = connectTo(server.baseUrl, { dialect: dialect as 'koreainvest', retry: false, pace: false });
    const fault = async () => {
      const settled = await exco.settle('samsung', quote, {});
      return settled.ok ? 'answer' : settled.error.fault;
    };
    expect([await fault(), await fault()]).toEqual([absent, other]);
  });
});
