import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { BALANCE, MESSAGES, refusing } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { BALANCE_PATH, given, send } from './given.ts';

const run = promisify(execFile);
const REAL = JSON.stringify(MESSAGES['account.balance']);

const PYTHON = `
import sys, urllib.request, urllib.error
request = urllib.request.Request(sys.argv[1], sys.argv[2].encode(), {'Content-Type': 'application/json'})
try: answer = urllib.request.urlopen(request)
except urllib.error.HTTPError as error: answer = error
sys.stdout.buffer.write(answer.read())
`;

describe('clients in other languages', () => {
  it.each([
    ['an answer', BALANCE, REAL],
    ['an error in Korean', refusing(5004, 'Failure To Issue an vtAccNo, [중복 신청]'), REAL],
    ['a refusal', BALANCE, '{'],
  ])('get the same octets of %s', async (_what, said, body) => {
    const { url } = await given({ scripts: [answers(said)] });
    const { text } = await send(url + BALANCE_PATH, body);
    const python = await run('python3', ['-c', PYTHON, url + BALANCE_PATH, body]);
    const curl = await run('curl', ['-s', url + BALANCE_PATH, '-H', 'content-type: application/json', '-d', body]);
    expect([python.stdout, curl.stdout]).toEqual([text, text]);
  });
});
