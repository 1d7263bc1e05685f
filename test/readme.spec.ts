import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const README = readFileSync('README.md', 'utf8');
const EXAMPLE = 'examples/first-call/main.ts';

/** The fenced block that follows `words`. */
function blockAfter(words: string): string {
  const rest = README.slice(README.indexOf(words));
  return /```\w*\n([\s\S]*?)```/.exec(rest)?.[1] ?? '';
}

describe('the first call of the README', () => {
  it('is the example that runs', () => {
    expect(blockAfter('The smallest call')).toBe(readFileSync(EXAMPLE, 'utf8'));
  });

  it('prints what the README says', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['node_modules/tsx/dist/cli.mjs', EXAMPLE]);
    expect(stdout).toBe(blockAfter('It prints'));
  });
});
