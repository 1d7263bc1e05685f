import type { BrokerOptions } from '../../src/brokers/options.ts';
import { defineOperation, type Operation } from '../../src/model/operation.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { SeenRequest } from '../support/broker-server.ts';

/** What a house answers with. */
export interface HouseAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** A broker that speaks another dialect: a list that may have pages, and a request on the same path that it refuses. */
export interface House {
  readonly name: string;
  readonly dialect: NonNullable<BrokerOptions['dialect']>;
  readonly list: Operation;
  readonly refused: Operation;
  readonly message: JsonObject;
  /** Pages that the list has. */
  readonly pages: number;
  /** The broker's own code of the refusal. */
  readonly code: string;
  /** What must be in no fixture. */
  readonly personal: readonly string[];
  readonly answer: (request: SeenRequest) => HouseAnswer;
}

const ACCOUNT = '5001234567';

function operations(path: string, method: 'GET' | 'POST', [list, refused]: readonly [string, string]) {
  return {
    list: defineOperation({ name: 'own.list', path, kind: 'read', method, trCode: list }),
    refused: defineOperation({ name: 'own.refused', path, kind: 'read', method, trCode: refused }),
  };
}

function queryOf({ path }: SeenRequest): URLSearchParams {
  return new URL(path, 'http://house.invalid').searchParams;
}

const KEY = `${ACCOUNT}^01^20260101^`;

/** Keys of pages in the message, a sign in a header, everything in the query of a GET. */
const KOREAINVEST: House = {
  name: 'koreainvest',
  dialect: 'koreainvest',
  ...operations('/uapi/trading/inquire', 'GET', ['TTTC8434R', 'TTTC0869R']),
  message: { CANO: ACCOUNT, ACNT_PRDT_CD: '01', INQR_DVSN: '02' },
  pages: 2,
  code: '40580000',
  personal: [ACCOUNT],
  answer: (request) => {
    const { tr_id = '' } = request.headers;
    if (tr_id === 'TTTC0869R') {
      return { headers: { tr_id }, body: { rt_cd: '1', msg_cd: '40580000', msg1: '장종료 40580000' } };
    }
    const isLast = queryOf(request).has('CTX_AREA_FK100');
    const rows = [{ pdno: '005930', hldg_qty: isLast ? '3' : '7' }];
    const keys = isLast ? {} : { ctx_area_fk100: KEY.padEnd(100), ctx_area_nk100: '' };
    const body = { rt_cd: '0', msg_cd: 'KIOK0510', msg1: '조회되었습니다', output1: rows, ...keys };
    return { headers: { tr_id, tr_cont: isLast ? 'D' : 'M' }, body };
  },
};

/** Keys and signs of pages in headers, one path for everything, numbers for codes. */
const KIWOOM: House = {
  name: 'kiwoom',
  dialect: 'kiwoom',
  ...operations('/api/dostk/acnt', 'POST', ['kt00018', 'kt00099']),
  message: { qry_tp: '1', acctNo: ACCOUNT },
  pages: 3,
  code: '855056',
  personal: [ACCOUNT, 'K-PAGE-1', 'K-PAGE-2'],
  answer: ({ headers }) => {
    const id = headers['api-id'] ?? '';
    if (id === 'kt00099') {
      return { headers: { 'api-id': id }, body: { return_code: 20, return_msg: '(855056:증거금 부족)' } };
    }
    const next = { 'K-PAGE-1': 'K-PAGE-2', 'K-PAGE-2': '' }[headers['next-key'] ?? ''] ?? 'K-PAGE-1';
    const rows = [{ stk_cd: 'A005930', rmnd_qty: next.length }];
    return {
      headers: { 'api-id': id, 'cont-yn': next === '' ? 'N' : 'Y', 'next-key': next },
      body: { return_code: 0, return_msg: '정상', acnt_evlt: rows },
    };
  },
};

/** The TRCODE in a header, which must come back. */
const EBEST: House = {
  name: 'ebest',
  dialect: 'ebest',
  ...operations('/stock/accno', 'POST', ['t0424', 't0425']),
  message: { t0424InBlock: { accno: ACCOUNT, prcgb: '1' } },
  pages: 1,
  code: 'IGW40013',
  personal: [ACCOUNT],
  answer: ({ headers: { tr_cd = '' } }) =>
    tr_cd === 't0425'
      ? { status: 500, headers: { tr_cd }, body: { rsp_cd: 'IGW40013', rsp_msg: '필수 항목 누락' } }
      : {
          headers: { tr_cd, tr_cont: 'N' },
          body: { rsp_cd: '00000', rsp_msg: '정상', t0424OutBlock: { accno: ACCOUNT } },
        },
};

/** No TRCODE, no code of a success; a list and a number in the query. */
const TOSS: House = {
  name: 'toss',
  dialect: 'toss',
  list: defineOperation({ name: 'own.list', path: '/api/v1/holdings', kind: 'read', method: 'GET' }),
  refused: defineOperation({ name: 'own.refused', path: '/api/v1/orders', kind: 'read', method: 'GET' }),
  message: { symbols: ['005930'], limit: 5, open: true },
  pages: 1,
  code: 'market-not-supported-for-stock',
  personal: [],
  answer: (request) =>
    request.path.startsWith('/api/v1/orders')
      ? { status: 422, body: { error: { requestId: 'R-1', code: 'market-not-supported-for-stock', message: '거부' } } }
      : { body: { result: [{ symbol: '005930', quantity: '7' }] } },
};

/** A dialect of one's own, with a key in the message and one in a header. */
const INLINE: House = {
  name: 'a dialect of one’s own',
  dialect: {
    result: { code: 'head.code', message: 'head.text', success: ['10000000'] },
    respCodes: { 20000001: { code: 4001, fault: 'broker-error' } },
    otherwise: 7000,
    trCodeAt: { request: 'head.service', response: 'head.service' },
    paging: {
      request: {},
      response: {},
      keys: [
        { from: 'next', to: 'cursor' },
        { from: 'header:x-cursor', to: 'header:x-cursor' },
      ],
    },
  },
  ...operations('/service', 'POST', ['LIST0001', 'LIST0002']),
  message: { account: ACCOUNT },
  pages: 2,
  code: '20000001',
  personal: [ACCOUNT, 'CURSOR-1', 'HEADER-CURSOR-1'],
  answer: ({ body }) => {
    const { head, cursor } = JSON.parse(body) as { head: { service: string }; cursor?: string };
    if (head.service === 'LIST0002') {
      return { body: { head: { ...head, code: 20_000_001, text: `계좌 ${ACCOUNT} 없음` } } };
    }
    const isLast = cursor === 'CURSOR-1';
    return {
      headers: isLast ? {} : { 'x-cursor': 'HEADER-CURSOR-1' },
      body: { head: { ...head, code: 10_000_000, text: '' }, rows: [], ...(!isLast && { next: 'CURSOR-1' }) },
    };
  },
};

/** One for every way in which the dialects differ in their requests. */
export const HOUSES: readonly House[] = [KOREAINVEST, KIWOOM, EBEST, TOSS, INLINE];
