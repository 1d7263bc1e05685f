import { describe, expect, it } from '@jest/globals';
import { classify } from '../../src/flow/classify.ts';
import { translate } from '../../src/flow/translate.ts';
import type { StandardErrorBody } from '../../src/model/error.ts';
import { SAMPLES, type Sample } from './samples.ts';

type Verdicts = Readonly<Record<string, 'answer' | readonly [fault: string, StandardErrorBody]>>;

function ours(code: number, message: string, description?: string): StandardErrorBody {
  return { category: 'op-exco', code, message, ...(description !== undefined && { description }) };
}

function theirs(code: number, message: string, description?: string): StandardErrorBody {
  return { ...ours(code, message, description), category: 'samsung' };
}

const BAD_JSON = ours(3011, 'Json parsing error');
const OUT_OF_SERVICE = ours(3600, 'Target Company Service Unavailable');
const INTERNAL = ours(3999, 'Unknown error');

/** What the contract makes of each body. */
const VERDICTS: Verdicts = {
  '01-portfolio-ok-docs-shape.json': 'answer',
  '02-portfolio-ok-array-shape.json': 'answer',
  '03-balance-ok-object-sci-numbers.json': 'answer',
  '04-balance-ok-array-shape.json': 'answer',
  '05-balance-ok-flat-shape.json': 'answer',
  '06-transaction-ok-next-page.json': 'answer',
  '07-transaction-ok-last-page-null.json': 'answer',
  '08-transaction-resp-missing.json': ['envelope-missing', BAD_JSON],
  '09-interest-ok.json': 'answer',
  '10-interest-ok-resp-inside-body.json': 'answer',
  '11-b2b-orderdetail-ok.json': 'answer',
  '12-b2b-balancelist-ok-misspelt-key.json': 'answer',
  '13-b2b-settlelist-ok.json': 'answer',
  '14-b2b-accountlist-ok.json': 'answer',
  '15-b2b-tradebook-ok.json': 'answer',
  '16-common-register-member.json': ['envelope-missing', BAD_JSON],
  '17-common-consent-list.json': ['envelope-missing', BAD_JSON],
  '20-broker-real-account-list.json': 'answer',
  '21-broker-virtual-account-ack.json': 'answer',
  '22-broker-virtual-account-partial-failure.json': 'answer',
  '23-broker-virtual-account-wrong-trcode.json': ['trcode-mismatch', ours(3001, 'Bad response trcode')],
  '24-linkage-vtnumber-ok.json': ['envelope-missing', BAD_JSON],
  '25-linkage-vtnumber-item-failed.json': ['envelope-missing', BAD_JSON],
  '26-linkage-real-accounts.json': ['envelope-missing', BAD_JSON],
  '27-guide-source-reply-rescode.json': 'answer',
  '30-fault-4001.json': ['broker-error', theirs(4001, 'Account Not Found')],
  '31-fault-4006.json': ['broker-error', theirs(4006, 'Agreement of Financial Information Not Found.')],
  '32-fault-4000-typo-fixed.json': ['broker-error', theirs(4000, 'Mismatch between DN and AccoutNo')],
  '33-fault-5006-reason.json': ['broker-error', theirs(5006, 'Failure To Issue an vtAccNo', '계좌 상태 이상')],
  '34-fault-5004-reason-no-comma.json': ['broker-error', theirs(5004, 'Failure To Enrol an vtAccNo', '중복 등록')],
  '35-fault-6005-count.json': ['broker-error', theirs(6005, 'Result Too Many', '15000')],
  '36-fault-6006-days-bracket.json': ['broker-error', theirs(6006, 'Date Range Exceeded', '90')],
  '37-fault-7000-number-code.json': ['broker-error', theirs(7000, 'Bad Request', 'assetType')],
  '38-fault-unknown-999.json': ['respcode-out-of-range', BAD_JSON],
  '39-fault-padded-code.json': ['broker-error', theirs(6003, 'Invalid Page Value')],
  '40-fault-nonnumeric-code.json': ['respcode-invalid', BAD_JSON],
  '41-fault-200-with-http-500.json': ['status-conflict', BAD_JSON],
  '45-standard-error-3005.json': ['respcode-out-of-range', BAD_JSON],
  '46-standard-error-broker.json': ['broker-error', theirs(5007, 'Failure To discard an vtAccNo', '이미 폐기된 계좌')],
  '47-standard-error-code-as-text.json': ['respcode-out-of-range', BAD_JSON],
  '48-portal-error-extra-msg.json': ['respcode-out-of-range', BAD_JSON],
  '50-gateway-401-no-key.json': ['http-denied', INTERNAL],
  '51-gateway-404-no-route.json': ['http-not-found', ours(3002, 'Unknown api url')],
  '52-gateway-429.json': ['throttled', OUT_OF_SERVICE],
  '53-gateway-400-token-expired.json': ['http-rejected', INTERNAL],
  '54-gateway-400-token-missing.json': ['http-rejected', INTERNAL],
  '55-gateway-503-html.txt': ['http-unavailable', OUT_OF_SERVICE],
  '56-empty-body-500.txt': ['http-server-error', OUT_OF_SERVICE],
  '60-broken-trailing-comma.txt': ['json-invalid', BAD_JSON],
  '61-broken-smart-quotes.txt': ['json-invalid', BAD_JSON],
  '62-broken-unquoted-value.txt': ['json-invalid', BAD_JSON],
  '63-broken-truncated.txt': ['json-invalid', BAD_JSON],
  '64-not-an-object.json': ['envelope-missing', BAD_JSON],
  '70-fanout-result.json': ['envelope-missing', BAD_JSON],
  '71-direct-vtaccount-create.json': ['envelope-missing', BAD_JSON],
  '72-direct-transaction.json': ['envelope-missing', BAD_JSON],
  '73-direct-interest.json': ['envelope-missing', BAD_JSON],
};

function judge({ outcome, expected }: Sample) {
  const verdict = classify(outcome, expected);
  if (verdict.kind !== 'fault') return verdict.kind;
  return [verdict.fault, translate(verdict, { expected }).toJSON()];
}

function sample(file: string): Sample {
  const found = SAMPLES.find((each) => each.file.startsWith(file));
  if (found === undefined) throw new TypeError(`No sample is called ${file}.`);
  return found;
}

describe('the sample bodies', () => {
  it.each(SAMPLES.map((each) => [each.file, each] as const))('%s', (file, each) => {
    expect(judge(each)).toEqual(VERDICTS[file]);
  });

  it('are 57, each with a verdict', () => {
    expect(SAMPLES).toHaveLength(57);
    expect(Object.keys(VERDICTS)).toEqual(SAMPLES.map(({ file }) => file));
  });
});

describe('an answer is handed on as it came', () => {
  it.each(SAMPLES.filter(({ file }) => VERDICTS[file] === 'answer').map((each) => [each.file, each] as const))(
    '%s',
    (_, each) => {
      const verdict = classify(each.outcome, each.expected);
      const data: unknown = JSON.parse(Buffer.from(each.outcome.body).toString());
      expect(verdict).toMatchObject({ kind: 'answer', respMsg: 'OK', httpStatus: 200, warnings: [], data });
    },
  );
});

describe('what a sample teaches beyond its verdict', () => {
  it('22: one item of two failed, and it is named', () => {
    const { outcome, expected } = sample('22');
    expect(classify(outcome, expected)).toMatchObject({
      itemFailures: [{ index: 1, code: 5006, message: 'Failure To Issue an vtAccNo', description: '이미 등록된 계좌' }],
    });
  });

  it('23: a write whose acknowledgement is of something else may have happened', () => {
    const { outcome, expected } = sample('23');
    const verdict = classify(outcome, expected);
    if (verdict.kind !== 'fault') throw new TypeError('expected a fault');
    expect(translate(verdict, { expected, kind: 'write' })).toMatchObject({ outcome: 'unknown', blame: 'broker' });
  });

  it.each([
    ['38', { brokerCode: 999 }],
    ['40', { brokerCode: 'E-0001' }],
    ['45', { brokerCode: 3005, brokerHttpStatus: 500 }],
    ['47', { brokerCode: 3600, brokerHttpStatus: 503 }],
  ] as const)('%s: the code that was not passed on is kept', (file, kept) => {
    const { outcome, expected } = sample(file);
    expect(classify(outcome, expected)).toMatchObject(kept);
  });

  it.each([
    ['33', { kind: 'reason', text: '계좌 상태 이상' }],
    ['35', { kind: 'count', count: 15_000 }],
    ['36', { kind: 'days', days: 90 }],
    ['46', { kind: 'reason', text: '이미 폐기된 계좌' }],
  ] as const)('%s: the detail is typed', (file, detail) => {
    const { outcome, expected } = sample(file);
    const verdict = classify(outcome, expected);
    if (verdict.kind !== 'fault') throw new TypeError('expected a fault');
    expect(translate(verdict, { expected }).detail).toEqual(detail);
  });
});
