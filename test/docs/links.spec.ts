import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** Folders of tools and of what is built, which hold pages of others. */
const FOREIGN = new Set(['node_modules', 'dist', 'coverage', '.git', 'api']);

/** Every page of the repository, as a path from its root. */
function pagesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return FOREIGN.has(entry.name) ? [] : pagesUnder(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** A page without what only looks like a link or a heading: fenced blocks and code. */
function proseOf(text: string): string {
  return text.replace(/^( *)```[\s\S]*?^\1```$/gm, '').replace(/`[^`\n]*`/g, '');
}

/** The addresses that a page links to: `[words](address)`, pictures included. */
function linksOf(text: string): string[] {
  return [...proseOf(text).matchAll(/\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g)].map(([, address = '']) => address);
}

/** The anchors of a page, as GitHub makes them of its headings: a second one of the same words gets `-1`. */
function anchorsOf(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const headings = text.replace(/^( *)```[\s\S]*?^\1```$/gm, '').matchAll(/^#{1,6} +(.+?) *#*$/gm);
  return new Set(
    [...headings].map(([, words = '']) => {
      const anchor = words
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
        .replaceAll(' ', '-');
      const count = seen.get(anchor) ?? 0;
      seen.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${String(count)}`;
    }),
  );
}

/** Why a link of a page leads nowhere; nothing where it leads somewhere, or out of the repository. */
function fault(page: string, address: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return undefined;
  const [path = '', anchor] = decodeURI(address).split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (target.startsWith('..')) return `${page}: ${address} leads out of the repository`;
  if (!existsSync(target)) return `${page}: ${address} is not there`;
  if (anchor === undefined || !statSync(target).isFile()) return undefined;
  return anchorsOf(readFileSync(target, 'utf8')).has(anchor) ? undefined : `${page}: ${address} has no such heading`;
}

const PAGES = pagesUnder('.').map((path) => normalize(path));

/** What the package holds, and npm adds to it by itself. */
const SHIPPED = [
  ...(JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] }).files,
  'package.json',
  'LICENSE',
  'README.md',
  'README.ko.md',
];

function isShipped(path: string): boolean {
  return SHIPPED.some((place) => path === place || path.startsWith(`${place}/`));
}

describe('every page', () => {
  it('is found: those of the root, of docs, of the rooms', () => {
    expect(PAGES).toEqual(
      expect.arrayContaining(['README.md', 'README.ko.md', 'docs/errors.md', 'src/flow/README.md']),
    );
  });

  it.each(PAGES)('%s links to files and headings that there are', (page) => {
    const links = linksOf(readFileSync(page, 'utf8'));
    expect(links.map((address) => fault(page, address)).filter((words) => words !== undefined)).toEqual([]);
  });

  it.each(PAGES.filter(isShipped))('%s, which the package holds, links to nothing that it does not hold', (page) => {
    const targets = linksOf(readFileSync(page, 'utf8'))
      .filter((address) => !/^(?:[a-z]+:|#)/.test(address))
      .map((address) => normalize(join(dirname(page), address.split('#')[0] ?? '')));
    expect(targets.filter((target) => !isShipped(target))).toEqual([]);
  });

  it.each(PAGES)('%s names only files of ours that there are', (page) => {
    const named = [...readFileSync(page, 'utf8').matchAll(/`((?:test|src|examples|bench)\/[\w./-]*)`/g)];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(path))).toEqual([]);
  });

  it.each(PAGES.filter((page) => page.startsWith('docs/')))('%s can be reached from the README', (page) => {
    const reached = new Set(['README.md']);
    for (const from of reached)
      for (const address of linksOf(readFileSync(from, 'utf8'))) {
        const [path = ''] = address.split('#');
        const target = normalize(join(dirname(from), path));
        if (target.endsWith('.md') && existsSync(target)) reached.add(target);
      }
    expect([...reached]).toContain(page);
  });
});

describe('the check sees what it looks for', () => {
  it.each([
    ['a file that is not there', 'docs/nothing.md', /is not there/],
    ['a heading that is not there', 'docs/calling.md#nothing', /no such heading/],
    ['a path out of the repository', '../other/README.md', /out of the repository/],
    ['a heading that is there', 'docs/calling.md#one-call', undefined],
    ['an address of the web', 'https://broker.example', undefined],
  ])('%s', (_what, address, words) => {
    const found = fault('README.md', address);
    if (words === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(words);
  });

  it('links outside of code only, with an anchor or without', () => {
    expect(linksOf('[a](b.md) `[c](d.md)` ![e](f.svg "g")\n```\n[h](i.md)\n```\n[j](#k)')).toEqual([
      'b.md',
      'f.svg',
      '#k',
    ]);
  });

  it('anchors as GitHub makes them', () => {
    expect([...anchorsOf('# A `b` c!\n## A b c\n```\n# no\n```\n## 한글 제목')]).toEqual([
      'a-b-c',
      'a-b-c-1',
      '한글-제목',
    ]);
  });
});
