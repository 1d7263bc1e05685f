import type { DialectOptions } from './form.ts';

const NAMES = ['respCode', 'resCode'];

/** The platform's own dialect: what a broker speaks that says nothing else. */
export const PLATFORM = {
  title: 'Message standard of the open platform',
  notes: [
    'The result block stands at the top of the message, in some brokers inside the one response body.',
    'The four fields of the standard error are read as an envelope where a broker passes them on.',
  ],
  sources: {
    standard: {
      what: 'result block, code table C, four-field body',
      where: 'docs/standard.md',
      confidence: 'high',
    },
  },
  result: { block: 'resp', code: NAMES, message: 'respMsg', success: ['200'] },
  alternates: [
    { block: '*ResponseBody.resp', code: NAMES, message: 'respMsg' },
    { code: 'code', message: 'message', reason: 'description', requires: ['category', 'message'] },
  ],
  compare: 'number',
  standardCodes: true,
  samples: [
    { name: 'success', body: { resp: { respCode: '200', respMsg: 'OK' } }, expect: 'success' },
    {
      name: 'success, with the result inside the body',
      body: { balanceResponseBody: { resp: { respCode: 200, respMsg: 'OK' } } },
      expect: 'success',
    },
    {
      name: 'account not found',
      body: { resp: { respCode: '4001', respMsg: 'Account Not Found' } },
      expect: { category: 'broker', code: 4001, fault: 'broker-error' },
    },
    {
      name: 'the four fields of the standard, passed on',
      status: 500,
      body: { category: 'broker', code: 7000, message: 'Bad Request', description: '점검' },
      expect: { category: 'broker', code: 7000, fault: 'broker-error' },
    },
    {
      name: 'a number of nobody',
      body: { resp: { respCode: '999', respMsg: '' } },
      expect: { category: 'op-exco', code: 3011, fault: 'respcode-out-of-range' },
    },
  ],
} satisfies DialectOptions;
