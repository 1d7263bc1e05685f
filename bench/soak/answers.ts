import { REQUEST } from '../message.ts';

/** A request as far as an answer depends on it. */
export interface Asked {
  /** The call's request id, which is also its `reqIdConsumer`. */
  readonly id: string;
  readonly isWrite: boolean;
  /** TRCODE that came with it. */
  readonly trCode: string | undefined;
}

/** What an answer says of itself. */
export interface Said {
  readonly code?: string;
  readonly text?: string;
  /** Key of the next page. */
  readonly page?: string;
  /** Status and TRCODE of the one item of a write. */
  readonly status?: string;
  readonly itemTrCode?: string;
  /** Another call's request id. */
  readonly id?: string;
  readonly holdings?: number;
}

function holding(index: number) {
  return {
    assetType: 'KSP',
    isinCode: `KR70000${10_000 + index}`,
    productName: `삼성전자우선주 ${index}호`,
    qty: index,
  };
}

function balance(id: string, { page = 'null', holdings = 5 }: Said) {
  const equityList = Array.from({ length: holdings }, (_, index) => holding(index));
  return {
    commonHeader: { ...REQUEST.commonHeader, reqIdConsumer: id },
    accInfo: { realAccNo: '', ...REQUEST.accInfo },
    balanceResponseBody: { queryResult: { totalCnt: holdings, count: holdings, page } },
    balanceList: { balance: { equityList } },
  };
}

function acknowledgement(id: string, { status = 'SUCCESS', itemTrCode = 'REQ' }: Said) {
  const item = { trCode: itemTrCode, realAccNo: `FAKE-${id}`, vtAccNo: '999900000000000109', vtAccAlias: '가상계좌' };
  return {
    commonHeader: { reqIdConsumer: id, ci: REQUEST.commonHeader.ci },
    virtualAccountResponseList: { virtualAccount: [{ ...item, status, message: '처리결과' }] },
  };
}

/** The message that answers a request. */
export function messageOf({ id: own, isWrite }: Asked, said: Said = {}): string {
  const { code = '200', text = '정상처리', id = own } = said;
  const message = isWrite ? acknowledgement(id, said) : balance(id, said);
  return JSON.stringify({ ...message, resp: { respCode: code, respMsg: text } });
}

/** An HTTP response; its length is stated unless the headers do so. */
export function responseOf(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array | string,
): Buffer {
  const octets = Buffer.from(body);
  const stated = 'content-length' in headers || 'transfer-encoding' in headers;
  const all = { ...headers, ...(!stated && { 'content-length': String(octets.length) }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Said\r\n${lines.join('')}\r\n`), octets]);
}

/** Headers of a message, with the TRCODE that came. */
export function headersOf({ trCode }: Asked, charset = 'utf-8'): Record<string, string> {
  return {
    'content-type': `application/json; charset=${charset}`,
    ...(trCode !== undefined && { 'x-tr-code': trCode }),
  };
}

/** A message as a response in order. */
export function answerOf(asked: Asked, said: Said = {}, status = 200): Buffer {
  return responseOf(status, headersOf(asked), messageOf(asked, said));
}
