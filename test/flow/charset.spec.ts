import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { charsetOf, decodeText, roughText } from '../../src/flow/charset.ts';

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** Trails that are letters: A to Z, a to z. */
const ASCII_TRAILS = [...range(0x41, 0x5a), ...range(0x61, 0x7a)];

/** The 2,350 syllables of KS X 1001 at B0A1 to C8FE, in the order of Unicode, as Node's own decoder has them right. */
function oldSyllables(): [syllable: string, octets: readonly number[]][] {
  const decoder = new TextDecoder('euc-kr', { fatal: true });
  return range(0xb0, 0xc8).flatMap((lead) =>
    range(0xa1, 0xfe).map((trail): [string, number[]] => [decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]]),
  );
}

/** The places of the other 8,822: leads 81 to C6, trails by letters first, then 81 up, below KS X 1001's own trails from A1 on. */
function extendedPlaces(): number[][] {
  return range(0x81, 0xc6).flatMap((lead) => {
    const trails = [...ASCII_TRAILS, ...range(0x81, lead <= 0xa0 ? 0xfe : 0xa0)];
    return (lead === 0xc6 ? trails.filter((trail) => trail <= 0x52) : trails).map((trail) => [lead, trail]);
  });
}

/** All 11,172 syllables with their octets in CP949 (code page 949: KS X 1001, then the missing ones in order). */
function cp949(): Map<string, readonly number[]> {
  const table = new Map<string, readonly number[]>(oldSyllables());
  const places = extendedPlaces();
  let next = 0;
  for (const point of range(0xac00, 0xd7a3)) {
    const syllable = String.fromCodePoint(point);
    const place = places[next];
    if (table.has(syllable) || place === undefined) continue;
    table.set(syllable, place);
    next += 1;
  }
  return table;
}

const TABLE = cp949();

function encoded(text: string): Buffer {
  return Buffer.from([...text].flatMap((char) => TABLE.get(char) ?? [char.charCodeAt(0)]));
}

const LABELS = [
  'euc-kr',
  'EUC-KR',
  'euckr',
  'cp949',
  'CP949',
  'ms949',
  'MS949',
  'uhc',
  'windows-949',
  'x-windows-949',
  'ksc5601',
  'ksc_5601',
  'ks_c_5601-1989',
  'korean',
  'ks_c_5601-1987',
  'KS_C_5601-1987',
];

describe('legacy Korean text', () => {
  it('is known here in all 11,172 syllables, 8,822 of them outside KS X 1001', () => {
    expect(TABLE.size).toBe(11_172);
    expect(extendedPlaces()).toHaveLength(8_822);
    expect(TABLE.get('가')).toEqual([0xb0, 0xa1]);
    expect(TABLE.get('힝')).toEqual([0xc8, 0xfe]);
    expect(TABLE.get('갂')).toEqual([0x81, 0x41]);
    expect(TABLE.get('똠')).toEqual([0x8c, 0x63]);
    expect(TABLE.get('힣')).toEqual([0xc6, 0x52]);
  });

  it('is read in every syllable', () => {
    const wrong = [...TABLE].filter(([syllable, octets]) => {
      const decoded = decodeText(Buffer.from([0x22, ...octets, 0x22]), 'euc-kr');
      return decoded.kind !== 'text' || decoded.text !== `"${syllable}"`;
    });
    expect(wrong).toEqual([]);
  });

  it('is read as one text of them all', () => {
    const text = [...TABLE.keys()].join('');
    expect(decodeText(encoded(text), 'cp949')).toMatchObject({ kind: 'text', text });
  });

  it.each(LABELS)('is read under the label %s, and says so', (label) => {
    expect(decodeText(encoded('"똠방각하 펲시콜라"'), label)).toEqual({
      kind: 'text',
      text: '"똠방각하 펲시콜라"',
      warnings: [`body is not UTF-8, read as CP949 (declared ${label.toLowerCase()})`],
    });
  });

  it.each([undefined, 'utf-8', 'UTF8'])('is read where the declared charset is %s, and says so', (label) => {
    expect(decodeText(encoded('{"respMsg":"계좌 없음"}'), label)).toEqual({
      kind: 'text',
      text: '{"respMsg":"계좌 없음"}',
      warnings: ['body is not UTF-8, read as CP949'],
    });
  });

  it('is read where its octets happen to be UTF-8 letters, given the charset says so', () => {
    expect(decodeText(Buffer.from([0xc3, 0xb3]), 'euc-kr')).toMatchObject({
      text: '처',
      warnings: [expect.any(String)],
    });
    expect(decodeText(Buffer.from([0xc3, 0xb3]), undefined)).toEqual({ kind: 'text', text: 'ó', warnings: [] });
  });

  it('is refused where an octet is no character', () => {
    expect(decodeText(Buffer.from([0x22, 0xff, 0x22]), 'euc-kr')).toEqual({ kind: 'undecodable' });
    expect(decodeText(Buffer.from([0x22, 0xb0]), 'euc-kr')).toEqual({ kind: 'undecodable' });
  });

  it('is read where some of its octets would make Hangul in UTF-8', () => {
    const text = '깃가 깃가 해당 계좌를 찾을 수 없습니다';
    expect(encoded('깃가').toString('hex')).toBe('b1eab0a1');
    expect(decodeText(encoded(text), undefined)).toMatchObject({ kind: 'text', text });
  });

  it('is not said to be where there is nothing but ASCII', () => {
    expect(decodeText(Buffer.from('{"a":1}'), 'euc-kr')).toEqual({ kind: 'text', text: '{"a":1}', warnings: [] });
  });

  it('comes back as it went, for any text of syllables and ASCII', () => {
    const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((point) => String.fromCodePoint(point));
    const ascii = fc.integer({ min: 0x20, max: 0x7e }).map((point) => String.fromCodePoint(point));
    const text = fc.array(fc.oneof(syllable, ascii), { minLength: 1 }).map((chars) => chars.join(''));
    fc.assert(
      fc.property(text, (words) => {
        const octets = encoded(words);
        const decoded = decodeText(octets, 'euc-kr');
        return decoded.kind === 'text' && (decoded.text === words || decoded.text === octets.toString('utf8'));
      }),
    );
  });
});

describe('UTF-8', () => {
  it.each([
    ['as it is', Buffer.from('{"respMsg":"정상"}')],
    ['without its byte order mark', Buffer.from('\uFEFF{"respMsg":"정상"}')],
  ])('is read %s, without a word', (_, octets) => {
    expect(decodeText(octets, undefined)).toEqual({ kind: 'text', text: '{"respMsg":"정상"}', warnings: [] });
  });

  it.each([...LABELS, 'iso-8859-1', 'shift_jis', 'utf-16', 'no-such-charset'])(
    'is read under the label %s all the same',
    (label) => {
      expect(decodeText(Buffer.from('"한국투자증권 계좌"'), label)).toEqual({
        kind: 'text',
        text: '"한국투자증권 계좌"',
        warnings: [],
      });
    },
  );

  it.each([
    ['an octet lost', [...Buffer.from('해당 계좌를 찾을 수 없음')].filter((_, at) => at !== 4)],
    ['an octet changed', [...Buffer.from('해당 계좌를 찾을 수 없음')].map((octet, at) => (at === 4 ? 0xff : octet))],
    ['its end lost', [...Buffer.from('해당 계좌를 찾을 수 없음')].slice(0, -1)],
    ['an octet more', [...Buffer.from('해당 계좌를'), 0x80, ...Buffer.from(' 찾을 수 없음')]],
  ])('is not read as other words, given %s', (_, octets) => {
    expect(decodeText(Uint8Array.from(octets), undefined)).toEqual({ kind: 'undecodable' });
    expect(decodeText(Uint8Array.from(octets), 'utf-8')).toEqual({ kind: 'undecodable' });
  });

  it.each(['{"respMsg":"중복 신청"}', '{"respMsg":"계좌 상태 이상"}'])(
    'is refused, or other UTF-8, given any one octet of %s changed',
    (text) => {
      const octets = Buffer.from(text);
      const wrong = [...octets.keys()].flatMap((at) =>
        range(0, 255).filter((value) => {
          const changed = Uint8Array.from(octets, (octet, place) => (place === at ? value : octet));
          const decoded = decodeText(changed, undefined);
          return decoded.kind === 'text' && decoded.text !== Buffer.from(changed).toString();
        }),
      );
      expect(wrong).toEqual([]);
    },
  );

  it('that would make words in CP949 is not read as these', () => {
    const octets = Buffer.from('{"respMsg":"중복 신청"}');
    octets[19] = 0x86;
    expect(decodeText(octets, undefined)).toEqual({ kind: 'undecodable' });
    expect(decodeText(octets, 'euc-kr')).toEqual({ kind: 'undecodable' });
  });

  it.each([
    ['overlong', [0xc0, 0x80]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ])('is not read where it is %s', (_, octets) => {
    expect(decodeText(Uint8Array.from([0x22, ...octets, 0x22]), 'utf-8')).toEqual({ kind: 'undecodable' });
  });
});

describe('a byte order mark', () => {
  it('and nothing behind it is no text', () => {
    expect(decodeText(Buffer.from('\uFEFF'), undefined)).toEqual({ kind: 'text', text: '', warnings: [] });
  });
});

describe('another declared charset', () => {
  it.each([
    ['iso-8859-1', [0x22, 0xe9, 0x22], '"é"'],
    ['Shift_JIS', [0x83, 0x65, 0x83, 0x58, 0x83, 0x67], 'テスト'],
    ['gb18030', [0xb2, 0xe2, 0xca, 0xd4], '测试'],
  ])('%s is read where the body is not UTF-8, and named', (label, octets, text) => {
    expect(decodeText(Uint8Array.from(octets), label)).toEqual({
      kind: 'text',
      text,
      warnings: [`body is not UTF-8, read as ${label.toLowerCase()}`],
    });
  });

  it('is not read where it would lose an octet', () => {
    expect(decodeText(Uint8Array.of(0x22, 0xfd, 0x22), 'shift_jis')).toEqual({ kind: 'undecodable' });
  });

  it('that nobody knows gives way to CP949', () => {
    expect(decodeText(encoded('"계좌"'), 'x-unknown')).toMatchObject({ kind: 'text', text: '"계좌"' });
  });
});

describe('the charset of a Content-Type', () => {
  it.each([
    ['application/json; charset=utf-8', 'utf-8'],
    ['application/json;charset=EUC-KR', 'euc-kr'],
    ['application/json; Charset="ks_c_5601-1987"', 'ks_c_5601-1987'],
    ['application/json; charset = cp949 ; profile=x', 'cp949'],
    ['application/json', undefined],
    ['application/json; charset=', undefined],
    ['application/json; xcharset=utf-8', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is %s', (contentType, charset) => {
    expect(charsetOf(contentType)).toBe(charset);
  });
});

describe('the text for finding a page', () => {
  it.each([
    ['UTF-8', Buffer.from('시스템 점검 중'), '시스템 점검 중'],
    ['legacy Korean', encoded('시스템 점검 중'), '시스템 점검 중'],
    ['nothing that can be read', Buffer.from([0xff, 0x41]), 'ÿA'],
  ])('is had from %s', (_, octets, text) => {
    expect(roughText(octets, undefined)).toBe(text);
  });
});
