import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { createConnector } from '../../src/connector.ts';
import type { Fixture, FixtureResponse } from '../../src/fixture/format.ts';
import { leavesOf } from '../../src/fixture/leaves.ts';
import { PERSONAL_FIELDS } from '../../src/model/redact.ts';
import { loadFixtures } from '../../src/testing/load.ts';
import { recordFixtures } from '../../src/testing/record.ts';
import { replayFixtures } from '../../src/testing/replay.ts';
import { folderWith } from '../support/folder.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';

const NAMES = [...PERSONAL_FIELDS];

/** One value for each field of the list, no two alike: accounts, numbers with signs, names, addresses, keys. */
const values = fc
  .uniqueArray(fc.integer({ min: 1_000_000_000, max: 9_999_999_999 }), {
    minLength: NAMES.length,
    maxLength: NAMES.length,
  })
  .map((numbers) =>
    numbers.map((number, index) => {
      const digits = String(number);
      const shapes = [
        digits,
        `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`,
        `user${digits}@mail.example`,
        `Key${digits}+/Zq==`,
        `홍길동${digits}`,
        `cn=user ${digits},ou=people,c=KR`,
      ];
      return shapes[index % shapes.length] ?? digits;
    }),
  );

function planted(given: readonly string[], spell: (name: string) => string): Record<string, string> {
  return Object.fromEntries(NAMES.map((name, index) => [spell(name), given[index] ?? '']));
}

/** An answer of each kind, with every one of `given` in it. */
function answersWith(given: readonly string[]): FixtureResponse[] {
  const sentence = given.map((value) => `[${value}]`).join(' ');
  const fields = planted(given, (name) => name.toUpperCase());
  const json = {
    ...BALANCE,
    more: [{ deep: fields }],
    resp: { respCode: '4001', respMsg: `Account Not Found ${sentence}` },
  };
  const rows = Object.entries(fields).map(([name, value]) => `<tr><td>${name}</td><td>${value}</td></tr>`);
  return [
    { status: 500, headers: { 'x-note': sentence.replace(/[^ -~]/g, '?'), 'set-cookie': given[0] ?? '' }, json },
    { status: 200, text: `<html><table>${rows.join('')}</table><p>${sentence}</p></html>` },
    { status: 200, text: `<html><p>${sentence}</p></html>`, charset: 'cp949' },
    { status: 200, text: JSON.stringify(json).slice(0, -9) },
  ];
}

/** Every octet below a folder, and every text in it as it is read. */
function everythingIn(dir: string): string {
  const raw = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'));
  const texts = loadFixtures(dir).flatMap((fixture) => leavesOf(fixture).map(({ value }) => String(value)));
  return [...raw, ...texts, ...raw.map((text) => iconv.decode(Buffer.from(text), 'cp949'))].join('\n');
}

function fixtureOf(request: object, response: FixtureResponse): Fixture {
  const attempt = { response };
  return {
    format: 1,
    broker: 'samsung',
    operation: 'account.balance',
    request: { ...request },
    match: [],
    attempts: [attempt],
  };
}

describe('a recording of calls that are full of personal data', () => {
  it('holds none of it in any octet, and no two values share a stand-in', async () => {
    const exco = createConnector({
      brokers: [{ alias: 'samsung', baseUrl: 'https://broker.example/v1', retry: false }],
    });
    atEnd(() => exco.close());
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        const request = { ...MESSAGES['account.balance'], more: { deep: [planted(given, (name) => name)] } };
        const dir = folderWith({});
        using recording = recordFixtures(exco, { dir, mode: 'all' });
        for (const response of answersWith(given)) {
          using replay = replayFixtures([fixtureOf(request, response)]);
          await exco.settle('samsung', 'account.balance', request);
          expect(replay.misses()).toEqual([]);
        }
        expect([recording.refused(), recording.written().length]).toEqual([[], 4]);
        const everything = everythingIn(dir);
        expect(given.filter((value) => everything.includes(value))).toEqual([]);
        for (const { request: made } of loadFixtures(dir)) {
          const standIns = leavesOf(made['more']).map(({ value }) => value);
          expect(new Set(standIns).size).toBe(NAMES.length);
        }
      }),
      { numRuns: 20 },
    );
  });
});
