import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PERSONAL_FIELDS, personalValues, redactText } from '../../src/model/redact.ts';

const CI = `FAKECI0001${'A'.repeat(76)}==`;
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJGQUtFLTAwMDEifQ.c2lnbmF0dXJlLW9mLW5vYm9keQ';

/** Every kind of thing that must not be shown, wherever it came from. */
const PLANTED: readonly (readonly [kind: string, value: string])[] = [
  ['virtual account', '999900000000000001'],
  ['account with hyphens', '110-234-567890'],
  ['account with blanks', '110 234 567890'],
  ['account with points', '110.234.567890'],
  ['account with dashes', '110–234–567890'],
  ['account partly hidden', '110-***-567890'],
  ['account with letters', '0000-FAKE-0001'],
  ['account in full-width digits', '９９９９００００００００００１'],
  ['resident number', '900101-1234567'],
  ['telephone', '010-1234-5678'],
  ['connecting information', CI],
  ['distinguished name', 'cn=FAKE-USER-0001,ou=TEST,o=FakeCA,c=KR'],
  ['bearer token', 'Bearer 00000000-fake-token'],
  ['basic credentials', 'Basic ZmFrZTpmYWtl'],
  ['signed token', JWT],
  ['long token', 'abcdefghij_klmnopqrst-uvwxyzABCDEFGHIJKLMNOP'],
  ['UUID', '00000000-0000-4000-8000-000000000011'],
  ['password', 'password=tiger'],
  ['secret in JSON', '"appsecret":"tiger"'],
  ['URL', 'https://broker.example/v1/samsung?token=abc'],
  ['JDBC URL', 'jdbc:oracle:thin:@10.0.0.1:1521:ORCL'],
  ['e-mail', 'hong.gildong@broker.example'],
  ['IPv4 address', '10.20.30.40'],
  ['IPv4 address with port', '10.20.30.40:8080'],
  ['IPv6 address', '2001:db8:0:1:2:3:4:5'],
  ['short IPv6 address', 'fe80::1ff:fe23'],
  ['hardware address', '02:00:00:00:00:01'],
  ['hardware address with hyphens', 'AC-DE-48-00-11-22'],
  ['host', 'was01.samsungpop.com'],
  ['host of an example', 'broker.example'],
  ['host with port', 'was01:8080'],
  ['path', '/home/jeus/app/config.xml'],
  ['path of Windows', 'C:\\jeus\\app\\config.xml'],
  ['network share', '\\\\fileserver\\share'],
  ['file', 'OrderService.java:123'],
  ['class', 'com.broker.order.OrderService'],
  ['frame of a stack', 'at com.broker.Order.run(Order.java:12)'],
];

/** Parts of what was planted that say something by themselves. */
function telling(value: string): string[] {
  return value
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length >= 4 && !/^(?:https|jdbc|oracle|thin|Bearer|Basic|password|appsecret)$/.test(part));
}

describe('a text loses', () => {
  it.each(PLANTED)('a %s: %s', (_, value) => {
    for (const text of [
      value,
      `오류 ${value} 확인`,
      `계좌(${value})`,
      `[${value}]`,
      `계좌번호:${value}`,
      `${value}, ${value}`,
    ]) {
      const shown = redactText(text);
      expect(shown).toContain('***');
      expect([value, ...telling(value)].filter((part) => shown.includes(part))).toEqual([]);
    }
  });
});

describe('an ordinary reason stays as it is', () => {
  it.each([
    '중복 신청',
    '계좌 상태 이상',
    '이미 등록된 계좌',
    '이미 폐기된 계좌입니다.',
    '장 운영시간이 아닙니다 (08:30~16:00)',
    '조회 가능 기간은 최대 90일입니다',
    '최대 1,000건까지 조회할 수 있습니다',
    '주문 금액 1,234,567원 초과',
    '2018-05-16 폐기',
    '2018.05.16 10:30:45 이후 조회 가능',
    '2018/05/16 ~ 2018/06/15',
    '상품구분(CASH/EQTY/FUND/ETC/ALL) 오류',
    '매도/매수 구분 오류',
    'N/A',
    'assetType',
    'commonHeader.reqIdConsumer',
    'balanceRequestBody.queryType.page',
    'Invalid token',
    'token: expired',
    'ORA-00942',
    'APBK0918 장종료',
    'TR12345',
    'E-0001',
    'HTTP 503',
    '50% 초과',
    'A·B 계좌',
    '“따옴표” ‘작은따옴표’',
    '처리 중 오류 (코드: 1234)',
    '똠방각하 펲시콜라 뷁',
  ])('%s', (reason) => {
    expect(redactText(reason)).toBe(reason);
  });

  it('for any words of Hangul', () => {
    const word = fc.array(
      fc.integer({ min: 0xac00, max: 0xd7a3 }).map((point) => String.fromCodePoint(point)),
      { minLength: 1, maxLength: 6 },
    );
    const text = fc
      .array(
        word.map((chars) => chars.join('')),
        { minLength: 1, maxLength: 20 },
      )
      .map((words) => words.join(' '));
    fc.assert(fc.property(text, (reason) => redactText(reason) === reason));
  });
});

describe('a text of any length', () => {
  it.each([
    ['a line break', '계좌\n없음', '계좌 없음'],
    ['a tab and blanks', '계좌 \t  없음', '계좌 없음'],
    ['a terminal escape', '계좌\u001b[31m없음', '계좌 [31m없음'],
    ['text that runs backwards', '계좌\u202e없음', '계좌 없음'],
    ['a line separator', '계좌\u2028없음', '계좌 없음'],
    ['blanks around it', '  계좌 없음  ', '계좌 없음'],
  ])('is shown on one line: %s', (_, text, shown) => {
    expect(redactText(text)).toBe(shown);
  });

  it('is shown up to 300 characters', () => {
    expect(redactText('가'.repeat(300))).toHaveLength(300);
    expect(redactText('가'.repeat(301))).toBe(`${'가'.repeat(299)}…`);
    expect(redactText('가 '.repeat(5_000))).toHaveLength(300);
  });

  it('hides a value that is cut where reading ends', () => {
    for (let length = 1_150; length < 1_200; length += 1) {
      const text = `${'https://broker.example/x '.repeat(100).slice(0, length - 1)} 110-234-567890 가`;
      expect(redactText(text)).not.toMatch(/\d{3}/);
    }
  });
});

describe('personal values of a message', () => {
  it('are found at any depth, in any case, in lists and blocks, longest first', () => {
    const message = {
      commonHeader: { CI: 'customer-1', reqIdConsumer: 'TEST-0001' },
      accountList: [{ accName: '홍길동', balance: 12_345 }, { ACCNAME: '김철수' }],
      realAccNo: { branch: '110', number: '1102345' },
    };
    expect(personalValues(message)).toEqual(['customer-1', 'TEST-0001', '1102345', '홍길동', '김철수']);
  });

  it('are those of all messages, each once', () => {
    expect(personalValues({ ci: 'aaaa' }, undefined, { ci: 'aaaa', dn: 'bbbb' }, null, 'x')).toEqual(['aaaa', 'bbbb']);
  });

  it('are nothing where a field carries no value, or too little to be told from a word', () => {
    expect(personalValues({ ci: '', certDn: null, accNo: 'null', vtAccNo: 12, accName: '김', ipAddr: ' ' })).toEqual(
      [],
    );
  });

  it('are found from two letters or four digits on', () => {
    expect(personalValues({ accName: '김철', accNo: 1234, vtAccNo: '123' })).toEqual(['1234', '김철']);
  });

  it.each([...PERSONAL_FIELDS])('include %s', (field) => {
    expect(personalValues({ a: [{ [field]: '비밀번호' }] })).toEqual(['비밀번호']);
  });

  it('never run away with a deep or a wide message', () => {
    const deep = Array.from({ length: 5_000 }).reduce<object>((inner) => ({ a: inner }), { ci: 'aaaa' });
    const lists = Array.from({ length: 5_000 }).reduce<unknown[]>((inner) => [inner], ['aaaa']);
    expect(personalValues(deep, { ci: lists })).toEqual([]);
    expect(personalValues({ ci: Array.from({ length: 5_000 }, (_, at) => `value-${String(at)}`) })).toHaveLength(500);
  });

  it('are taken out of a text wherever they stand in it', () => {
    const values = personalValues({ accName: '홍길동', vtAccAlias: '홍길동 연금' });
    expect(redactText('홍길동 연금 계좌: 홍길동님', values)).toBe('*** 계좌: ***님');
  });
});

/** The fields of the platform's list of personal data, in the words of the wire facts. */
const LISTED = [
  ...['ci', 'certDn', 'dn', 'userDn', 'userCi', 'x-credential-ci', 'x-credential-dn', 'x-credential-userId', 'korName'],
  ...['customerNameKor', 'customerUserNm', 'accName', 'portalId', 'requestUserId', 'customerId', 'customerRegNo'],
  ...['x-api-requestId', 'customerBirthDay', 'customerEmail', 'customerPhone', 'realAccNo', 'vtAccNo', 'vtAccNp'],
  ...['vtAccAlias', 'accNo', 'qrAccNo', 'virtualAccNo', 'ipAddr', 'macAddr', 'Authorization', 'apiKey', 'access_token'],
  ...[
    'accessToken',
    'refresh_token',
    'refreshToken',
    'client_id',
    'client_secret',
    'apiAccessToken',
    'jws',
    'passphrase',
  ],
  ...['appkey', 'appsecret', 'secretkey', 'Cookie', 'Set-Cookie'],
];

describe('the list of personal fields', () => {
  it.each(LISTED)('holds %s', (field) => {
    expect(PERSONAL_FIELDS.has(field.toLowerCase())).toBe(true);
  });
});

const PIECE = fc.constantFrom(
  ' ',
  ', ',
  ': ',
  '(',
  ')',
  '[',
  ']',
  '\n',
  '계좌',
  '오류',
  '확인',
  'error ',
  '"',
  "'",
  '에 ',
  '=',
);
const SECRET = fc.constantFrom(...PLANTED.map(([, value]) => value));

describe('whatever surrounds it', () => {
  it('nothing planted in a text survives whole', () => {
    const before = fc.array(PIECE, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const after = fc.constantFrom(' ', ', ', ')', ']', '\n', ' 계좌 확인', '"', "'", '을 확인');
    fc.assert(
      fc.property(fc.array(fc.tuple(before, SECRET, after), { minLength: 1, maxLength: 5 }), (parts) => {
        const shown = redactText(parts.flat().join(''));
        for (const [, secret] of parts) expect(shown).not.toContain(secret);
      }),
      { numRuns: 3_000 },
    );
  });

  it('nothing of the message survives in any text made of it', () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 4, maxLength: 30 })
      .filter((text) => text.trim() === text && text !== 'null' && !/[\s*\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 4 }),
        fc.array(PIECE, { maxLength: 5 }),
        (values, pieces) => {
          const message = {
            commonHeader: { certDn: values[0], ci: values[1] ?? 'aaaa' },
            list: values.map((accNo) => ({ accNo })),
          };
          const shown = redactText(values.join(pieces.join('')), personalValues(message));
          for (const secret of values) expect(shown.includes(secret) && !'***'.includes(secret)).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('any text comes out short and on one line', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 500 }),
          fc.array(fc.oneof(PIECE, SECRET)).map((parts) => parts.join('')),
        ),
        (text) => {
          const shown = redactText(text);
          expect(shown.length).toBeLessThanOrEqual(300);
          expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
