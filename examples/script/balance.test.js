import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import test from 'node:test';

const message = readFileSync('message.json', 'utf8');

async function run(baseUrl) {
  const child = spawn(process.execPath, ['balance.js', baseUrl]);
  child.stdin.end(message);
  const [stdout, stderr, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exit, body: JSON.parse(stdout), stderr };
}

test('an answer is printed as it came', async () => {
  const answer = { resp: { respCode: '200', respMsg: 'OK' }, balanceList: {} };
  const broker = createServer((_request, response) => response.end(JSON.stringify(answer))).listen(0, '127.0.0.1');
  await once(broker, 'listening');
  const { exit, body } = await run(`http://127.0.0.1:${broker.address().port}/v1`);
  broker.close();
  assert.deepEqual({ exit, body }, { exit: 0, body: answer });
});

test('a broker that is down is 3600, an outage', async () => {
  const { exit, body, stderr } = await run('http://127.0.0.1:9/v1');
  assert.deepEqual([exit, body.code], [1, 3600]);
  assert.equal(stderr, 'connect-refused, whose fault: broker, an outage\n');
});
