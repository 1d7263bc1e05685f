import { describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { decodeBody } from '../../src/flow/decode.ts';
import { answered, broker } from './given.ts';

const PLAIN = broker();
const VALUE = { kind: 'value', value: { a: 1 }, warnings: [] };

function unreadable(fault: string) {
  return { kind: 'unreadable', fault };
}

describe('a page is told from JSON', () => {
  it.each([
    ['by its document type', '<!DOCTYPE html><p>', 'application/json', 'body-html'],
    ['by its first tag', '<html>', 'application/json', 'body-html'],
    ['by its head', '<head><title>', 'application/json', 'body-html'],
    ['by a comment', '<!-- error -->', 'application/json', 'body-html'],
    ['behind blanks', ' \r\n\t<HTML>', 'application/json', 'body-html'],
    ['behind a byte order mark', '\uFEFF<html>', 'application/json', 'body-html'],
    ['behind both', '\uFEFF\n<html>', 'application/json', 'body-html'],
    ['by any tag under an HTML media type', '<font>', 'text/html; charset=euc-kr', 'body-html'],
    ['which JSON under an HTML media type is not', '{"a":1}', 'text/html', 'value'],
    ['which XML is not', '<?xml version="1.0"?><a/>', 'application/xml', 'json-invalid'],
    ['which words are not', 'html', 'application/json', 'json-invalid'],
  ])('%s', (_, body, contentType, result) => {
    const decoded = decodeBody(answered(body, { headers: { 'content-type': contentType } }), PLAIN);
    expect(decoded.kind === 'unreadable' ? decoded.fault : decoded.kind).toBe(result);
  });
});

describe('the maintenance page', () => {
  const PAGED = broker({ maintenance: { pageMatches: ['시스템 점검 중', 'Under Maintenance'] } });

  it.each([
    ['in the letters of the configuration', '<p>시스템 점검 중입니다</p>'],
    ['in another letter case', '<p>UNDER maintenance</p>'],
    ['in JSON', '{"message":"시스템 점검 중"}'],
    ['in plain words', '시스템 점검 중'],
  ])('is found %s', (_, body) => {
    expect(decodeBody(answered(body), PAGED)).toEqual({ kind: 'page' });
  });

  it('is found under compression', () => {
    const body = gzipSync('<p>시스템 점검 중</p>');
    expect(decodeBody(answered(body, { headers: { 'content-encoding': 'gzip' } }), PAGED)).toEqual({ kind: 'page' });
  });

  it('is not found in other words', () => {
    expect(decodeBody(answered({ a: 1 }), PAGED)).toEqual(VALUE);
  });
});

describe('the charset of the configuration', () => {
  const LEGACY = broker({ charset: 'euc-kr' });

  it('goes over what the Content-Type says', () => {
    const body = Buffer.from('227c3b322122', 'hex');
    const headers = { 'content-type': 'application/json; charset=iso-8859-1' };
    expect(decodeBody(answered(Buffer.from('22b0e822', 'hex'), { headers }), LEGACY)).toMatchObject({ value: '계' });
    expect(decodeBody(answered(body, { headers }), LEGACY)).toMatchObject({ kind: 'value' });
  });

  it('does not go over UTF-8', () => {
    expect(decodeBody(answered('{"a":"계좌"}'), LEGACY)).toEqual({ kind: 'value', value: { a: '계좌' }, warnings: [] });
  });
});

describe('a body', () => {
  it.each([
    ['JSON behind a byte order mark', '\uFEFF{"a":1}', VALUE],
    ['JSON between blanks', '\r\n {"a":1} \n', VALUE],
    ['nothing', '', unreadable('body-empty')],
    ['a byte order mark and nothing', '\uFEFF', unreadable('body-empty')],
    ['512 blanks', ' '.repeat(512), unreadable('body-empty')],
    ['NUL octets', '\0\0', unreadable('json-invalid')],
  ])('%s', (_, body, decoded) => {
    expect(decodeBody(answered(body), PLAIN)).toEqual(decoded);
  });

  it('of 204 and 205 is empty, whatever it says', () => {
    expect(decodeBody(answered({ a: 1 }, { status: 204 }), PLAIN)).toEqual(unreadable('body-empty'));
    expect(decodeBody(answered({ a: 1 }, { status: 205 }), PLAIN)).toEqual(unreadable('body-empty'));
  });
});
