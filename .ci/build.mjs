// Builds dist/: `esm` by tsc, one file a module; `cjs` by esbuild, one file a published door; the same types beside both.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, transform } from 'esbuild';

process.chdir(dirname(import.meta.dirname));
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const require = createRequire(join(process.cwd(), 'package.json'));

/** Ends the build with one readable line. */
function fail(why) {
  console.error(`build: ${why}`);
  process.exit(1);
}

function compileEsm() {
  const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '-p', 'src'], { stdio: 'inherit' });
  } catch {
    fail('src does not compile, see above');
  }
}

/** tsc rewrites `./x.ts` in code but leaves it in declarations, where only some compilers and settings resolve it. */
function pointTypesAtJs() {
  const specifier = /(\b(?:from|import)\s*\(?\s*)(['"])(\.{1,2}\/[^'"]+)\.ts\2/g;
  for (const name of readdirSync('dist/esm', { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const file = join('dist/esm', name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(specifier, '$1$2$3.js$2'));
  }
}

/** Folder of the package that `file` belongs to. */
function packageDir(file) {
  const dir = dirname(file);
  return existsSync(join(dir, 'package.json')) ? dir : packageDir(dir);
}

/** Does `require(name)` end at an ES module, or nowhere at all? Then CommonJS gets a copy of it instead. */
function isEsmOnly(name) {
  let file;
  try {
    file = require.resolve(name);
  } catch (error) {
    if (error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return true;
    return fail(`the dependency ${name} is not installed`);
  }
  if (!file.endsWith('.js')) return file.endsWith('.mjs');
  return JSON.parse(readFileSync(join(packageDir(file), 'package.json'), 'utf8')).type === 'module';
}

/** Source of every door that package.json publishes to CommonJS: `dist/cjs/a/b.js` is made from `src/a/b.ts`. */
function doors() {
  const targets = Object.values(manifest.exports).flatMap((target) => target.require?.default ?? []);
  const sources = targets.map((target) => target.replace('./dist/cjs/', 'src/').replace(/\.js$/, '.ts'));
  return sources.map((source) => (existsSync(source) ? source : fail(`exports needs ${source}, which does not exist`)));
}

/**
 * First as ES modules, because only there esbuild keeps what two doors share in one file, and so one state in one
 * place; then each file to CommonJS by itself, whose `default` of a required package is the one its ES build has.
 */
async function bundleCjs() {
  // A tool of ours that slips into src must be missing at the user's in both builds, not copied into one of them.
  const tools = Object.keys(manifest.devDependencies);
  const external = [...tools, ...Object.keys(manifest.dependencies).filter((name) => !isEsmOnly(name))];
  const shared = { target: 'node20', platform: 'node', logLevel: 'warning' };
  const bundle = { bundle: true, splitting: true, format: 'esm', chunkNames: 'shared-[hash]', external };
  const output = { outdir: 'dist/cjs', outbase: 'src', write: false, metafile: true };
  const { outputFiles, metafile } = await build({ ...shared, ...bundle, ...output, entryPoints: doors() });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      ...shared,
      // What a module calls its own address has another name in CommonJS.
      define: { 'import.meta.url': '__filename' },
      format: 'cjs',
      sourcefile: path,
      // A jest in CommonJS mode runs no `import()`, and any other `import.meta` would be an empty object.
      supported: { 'dynamic-import': false },
      logOverride: { 'empty-import-meta': 'error' },
    });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }
  writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
  writeLicences(Object.keys(metafile.inputs).filter((input) => input.includes('node_modules/')));
}

/** A copy of a package may be handed on only with its licence. */
function writeLicences(inlined) {
  const packages = [...new Set(inlined.map(packageDir))].sort();
  const notices = packages.map((dir) => {
    const { name, version } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
    const file = readdirSync(dir).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version}\n\n${readFileSync(join(dir, file ?? fail(`${name} has no licence file`)), 'utf8')}`;
  });
  if (notices.length > 0) writeFileSync('dist/cjs/LICENSES', notices.join('\n---\n\n'));
}

/** Every file under dist that package.json names. */
function promisedFiles(value = [manifest.exports, manifest.bin, manifest.main, manifest.types]) {
  if (typeof value !== 'string') return Object.values(value).flatMap((inner) => promisedFiles(inner));
  return value.startsWith('./dist/') ? [value] : [];
}

rmSync('dist', { recursive: true, force: true });
compileEsm();
pointTypesAtJs();
const isType = (path) => !/\.[^./]+$/.test(path) || path.endsWith('.d.ts');
cpSync('dist/esm', 'dist/cjs', { recursive: true, filter: isType });
await bundleCjs().catch((error) => fail(`no CommonJS build: ${error.message}`));
const missing = promisedFiles().filter((file) => !existsSync(file));
if (missing.length > 0) fail(`package.json names what the build did not make: ${missing.join(', ')}`);
for (const file of Object.values(manifest.bin)) {
  if (!readFileSync(file, 'utf8').startsWith('#!/usr/bin/env node\n')) fail(`${file} does not start with a shebang`);
  chmodSync(file, 0o755);
}
