import { describe, expect, it } from '@jest/globals';
import { COMPANIES } from '../../src/brokers/companies.ts';
import { parseConfig } from '../../src/brokers/config.ts';

const LISTED = COMPANIES.filter(({ sandbox }) => !sandbox);

describe('the listed companies', () => {
  it('are 37, and 3 of the sandbox', () => {
    expect(LISTED).toHaveLength(37);
    expect(COMPANIES.filter(({ sandbox }) => sandbox).map(({ comId, alias }) => [comId, alias])).toEqual([
      ['00991', 'cyber'],
      ['00992', 'diamond'],
      ['00993', 'star'],
    ]);
  });

  it('have comIds of five digits, each once, in order', () => {
    const comIds = COMPANIES.map(({ comId }) => comId);
    expect(comIds.filter((comId) => !/^\d{5}$/.test(comId))).toEqual([]);
    expect(new Set(comIds).size).toBe(40);
    expect([...comIds].sort()).toEqual(comIds);
  });

  it('have names that no two of them share', () => {
    const names = COMPANIES.flatMap(({ alias, synonyms }) => [alias, ...synonyms]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name !== name.toLowerCase())).toEqual([]);
  });

  it('have names that a configuration accepts', () => {
    const brokers = COMPANIES.map(({ alias, synonyms }) => ({
      alias,
      synonyms: [...synonyms],
      baseUrl: 'https://broker.example',
    }));
    expect(parseConfig({ brokers }).brokers).toHaveLength(40);
  });

  it.each([
    ['00001', 'kyobo', '교보증권'],
    ['00003', 'koreainvest', '한국투자증권'],
    ['00012', 'nhinvest', 'NH투자증권'],
    ['00030', 'samsung', '삼성증권'],
    ['00046', 'hi', '하이투자증권'],
    ['00049', 'miraeassetdaewoo', '미래에셋증권'],
    ['00086', 'bnkfn', '비엔케이투자증권'],
  ])('know %s as %s, %s', (comId, alias, name) => {
    expect(COMPANIES.find((company) => company.comId === comId)).toMatchObject({ alias, name });
  });
});
