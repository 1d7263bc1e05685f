import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { GATEWAY_DEFAULTS } from '../../src/gateway/settings.ts';
import { BALANCE, refusing } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { ask, BALANCE_PATH, given, send } from './given.ts';

const DIR = 'examples/deploy';
const MANIFEST = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
  name: string;
  bin: Record<string, string>;
};

function read(name: string): string {
  return readFileSync(`${DIR}/${name}`, 'utf8');
}

/** Every figure that a text names, without the endings of a histogram. */
function figuresIn(text: string): string[] {
  const names = [...text.matchAll(/\bop_exco_[a-z_]+/g)].map(([name]) => name.replace(/_(?:bucket|sum|count)$/, ''));
  return [...new Set(names)];
}

describe('alerts and dashboard', () => {
  it.each(['alerts.yml', 'dashboard.json'])('%s name only figures and labels that the gateway shows', async (name) => {
    const { url } = await given({ scripts: [answers(BALANCE), answers(refusing(4001, 'x'))] });
    await send(url + BALANCE_PATH);
    await send(url + BALANCE_PATH);
    const { text } = await ask(`${url}/metrics`);
    for (const figure of figuresIn(read(name))) expect(text).toContain(`# TYPE ${figure} `);
    const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
    const used = [...read(name).matchAll(/\bby \(([\w, ]+)\)/g)].flatMap(([, list = '']) => list.split(', '));
    expect(used.filter((label) => !labels.has(label))).toEqual([]);
  });

  it('every alert has a test of its own', () => {
    const alerts = [...read('alerts.yml').matchAll(/alert: (\w+)/g)].map(([, alert]) => alert);
    expect(
      alerts.filter((alert) => !new RegExp(`alertname: ${String(alert)}\\b`).test(read('alerts.test.yml'))),
    ).toEqual([]);
  });
});

describe('the systemd unit', () => {
  const unit = read('op-exco.service');

  it('starts the binary of the package, reloads by SIGHUP and stops by SIGTERM', () => {
    expect(unit).toContain(`${MANIFEST.name}/${(MANIFEST.bin['op-exco'] ?? '').slice(2)} serve --config `);
    expect(unit).toContain('ExecReload=/bin/kill -HUP $MAINPID');
    expect(unit).toContain('KillSignal=SIGTERM');
  });

  it('waits longer than a drain takes', () => {
    const { noticeMs, mostMs } = GATEWAY_DEFAULTS.drain;
    expect(Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1]) * 1_000).toBeGreaterThan(noticeMs + mostMs);
  });
});

describe('the container file', () => {
  const file = read('Containerfile');

  it('runs only scripts that there are, and copies only files that there are', () => {
    const scripts = [...file.matchAll(/npm run (\w+)/g)].map(([, name = '']) => name);
    expect(scripts.filter((name) => MANIFEST.scripts[name] === undefined)).toEqual([]);
    const copied = [...file.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) => files.split(' '));
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('names the node that the package asks for', () => {
    expect(file.match(/^FROM node:20-slim/gm)).toHaveLength(2);
  });

  it('runs as nobody special, and stands before no signal', () => {
    expect(file.indexOf('\nUSER node\n')).toBeLessThan(file.indexOf('\nENTRYPOINT ['));
    expect(file).toContain(`node_modules/${MANIFEST.name}/${(MANIFEST.bin['op-exco'] ?? '').slice(2)}`);
    expect(file).toMatch(/CMD \["serve", "--config"/);
  });
});
