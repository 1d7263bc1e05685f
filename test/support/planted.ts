import type { BrokerOptions } from '../../src/brokers/options.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { MESSAGES } from './messages.ts';

/** Personal data and secrets, each to be found nowhere but on the wire. */
export const PLANTED = {
  ci: `LOUDCI${'Q'.repeat(80)}==`,
  dn: 'cn=홍길동LOUD(HONG)0000,ou=personal,o=FakeCA,c=KR',
  name: '홍길동',
  reqIdConsumer: 'LOUDREQ0001',
  realAccNo: '123-45-678901',
  realAccPlain: '12345678901',
  vtAccNo: '999900000000000007',
  alias: '내월급통장LOUD',
  phone: '010-1234-5678',
  email: 'hong.loud@example.kr',
  ipAddr: '192168000077',
  macAddr: 'LOUDMAC00A1B',
  token: 'LOUDTOKEN.abc-def_ghi',
  apiKey: 'LOUDAPIKEY0123456789',
  page: 'LOUDPAGEKEY0001',
  address: '10.11.12.13:8443',
  host: 'was01.loud.internal',
  path: '/home/was/loud/conf/db.properties',
  trace: 'at kr.co.loud.Account.find(Account.java:77)',
  other: `OTHERLOUD${'Z'.repeat(77)}==`,
} as const;

/** All that a reason can be cleaned of: values of the message's own fields, and what looks like what it is. */
export const EVERYTHING = Object.entries(PLANTED)
  .filter(([name]) => name !== 'page')
  .map(([, value]) => value)
  .join(' ');

/** A read that carries them. */
export const MESSAGE: JsonObject = {
  ...MESSAGES['account.balance'],
  partner: { comId: 'F9999', srvId: '000' },
  commonHeader: { reqIdPlatform: '', reqIdConsumer: PLANTED.reqIdConsumer, certDn: PLANTED.dn, ci: PLANTED.ci },
  devInfo: { ipAddr: PLANTED.ipAddr, macAddr: PLANTED.macAddr },
  accInfo: { vtAccNo: PLANTED.vtAccNo, realAccNo: PLANTED.realAccNo, vtAccAlias: PLANTED.alias, accName: PLANTED.name },
  platformFields: { apiAccessToken: PLANTED.token, customerPhone: PLANTED.phone, customerEmail: PLANTED.email },
};

/** A write that does. */
export const WRITE: JsonObject = {
  ...MESSAGES['virtualAccount.request'],
  commonHeader: { reqIdPlatform: 'P', reqIdConsumer: PLANTED.reqIdConsumer, certDn: PLANTED.dn, ci: PLANTED.ci },
  devInfo: { ipAddr: PLANTED.ipAddr, macAddr: PLANTED.macAddr },
  accName: PLANTED.name,
  apiAccessToken: PLANTED.token,
  virtualAccountList: {
    virtualAccount: [
      { trCode: 'REQ', realAccNo: PLANTED.realAccNo, vtAccAlias: PLANTED.alias, vtAccNo: PLANTED.vtAccNo },
    ],
  },
};

/** A broker that is called with secrets of ours. */
export const BROKER: Partial<BrokerOptions> = {
  headers: { Authorization: `Bearer ${PLANTED.token}`, apiKey: PLANTED.apiKey },
  retry: { baseMs: 0 },
};

/** Headers that a broker answers with, none of which is anybody's business. */
export const HEADERS = {
  'Set-Cookie': `JSESSIONID=${PLANTED.apiKey}`,
  Location: `http://${PLANTED.address}/?ci=${PLANTED.ci}`,
  Server: PLANTED.host,
  'X-Trace': PLANTED.path,
  'Retry-After': '3600',
};

/** An answer that holds every planted value in its fields, and says this. */
export function saying(resp: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    commonHeader: { ci: PLANTED.ci, reqIdConsumer: PLANTED.reqIdConsumer, certDn: PLANTED.dn },
    accInfo: { realAccNo: PLANTED.realAccPlain, vtAccNo: PLANTED.vtAccNo, accName: PLANTED.name },
    customerPhone: PLANTED.phone,
    customerEmail: PLANTED.email,
    ...more,
    resp,
  };
}

/** One item of a write's answer, with this message. */
export function item(message: string, status = 'FAILURE'): JsonObject {
  return {
    trCode: 'REQ',
    realAccNo: PLANTED.realAccNo,
    vtAccNo: PLANTED.vtAccNo,
    vtAccAlias: PLANTED.alias,
    status,
    message,
  };
}

/** Names of the planted values that a text holds. */
export function plantedIn(text: string): string[] {
  return Object.entries(PLANTED)
    .filter(([, value]) => text.includes(value))
    .map(([name]) => name);
}
