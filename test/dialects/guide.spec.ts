import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { dialect } from '../../src/cli/dialect.ts';
import { runCommand } from '../support/terminal.ts';

const GUIDE = readFileSync('docs/add-your-broker.md', 'utf8');
const PATH = 'examples/dialect/house.json';
const FILE = readFileSync(PATH, 'utf8');

/** The content of the fenced block that begins so. */
function block(beginning: string): string {
  const from = GUIDE.indexOf(beginning);
  return GUIDE.slice(from, GUIDE.indexOf('```', from));
}

describe('the guide', () => {
  it('shows the file that is there', () => {
    expect(block(FILE.slice(0, 40))).toBe(FILE);
  });

  it('shows what the check of it prints', async () => {
    const { exit, out } = await runCommand(dialect, ['check', PATH], { files: { [PATH]: FILE } });
    expect(exit).toBe(0);
    expect(block(`$ op-exco dialect check ${PATH}`)).toBe(`$ op-exco dialect check ${PATH}\n${out}\n`);
  });
});
