import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A name that the package exports. */
export interface Exported {
  /** The door it leaves by, as one imports it. */
  readonly door: string;
  readonly name: string;
  /** There at run time: a function, a class, a constant. */
  readonly isValue: boolean;
  /** Text of its docstring, without tags. */
  readonly says: string;
  /** Code of its `@example` tags, those of its members included. */
  readonly examples: readonly string[];
}

const PATHS = (
  JSON.parse(readFileSync('tsconfig.json', 'utf8')) as { compilerOptions: { paths: Record<string, string[]> } }
).compilerOptions.paths;

/** The options of the project, with whatever is read from a file of the memory in addition. */
function optionsOf(): ts.CompilerOptions {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  return { ...options, noUnusedLocals: false };
}

/** The project's doors as one program. */
export function doorsProgram(): ts.Program {
  return ts.createProgram(doorFiles(), optionsOf());
}

/** What the compiler has against `text`, a module of the project's root that imports the doors as a user does. */
export function mistakesIn(text: string, doors: ts.Program): string[] {
  const file = join(process.cwd(), 'examples-of-docstrings.ts');
  const options = optionsOf();
  const host = ts.createCompilerHost(options);
  const onDisk = { getSourceFile: host.getSourceFile.bind(host), fileExists: host.fileExists.bind(host) };
  host.fileExists = (name) => name === file || onDisk.fileExists(name);
  host.getSourceFile = (name, language, ...rest) =>
    name === file ? ts.createSourceFile(name, text, language, true) : onDisk.getSourceFile(name, language, ...rest);
  const program = ts.createProgram([...doorFiles(), file], options, host, doors);
  const source = program.getSourceFile(file);
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return found.map(({ start = 0, messageText }) => {
    const line = text.slice(text.lastIndexOf('\n', start) + 1).split('\n')[0];
    return `${ts.flattenDiagnosticMessageText(messageText, '\n')}: ${String(line)}`;
  });
}

function doorFiles(): string[] {
  return Object.values(PATHS).flat();
}

function examplesOf(symbol: ts.Symbol, checker: ts.TypeChecker): string[] {
  const inner = symbol.members === undefined ? [] : [...symbol.members.values()];
  return [symbol, ...inner].flatMap((each) =>
    each
      .getJsDocTags(checker)
      .filter(({ name }) => name === 'example')
      .map(({ text }) => ts.displayPartsToString(text)),
  );
}

/** Every exported name, door by door. */
export function exportedNames(program: ts.Program): Exported[] {
  const checker = program.getTypeChecker();
  return Object.entries(PATHS).flatMap(([door, [file = '']]) => {
    const source = program.getSourceFile(file);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} exports nothing`);
    return checker.getExportsOfModule(module).map((each) => {
      const symbol = each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
      return {
        door,
        name: each.name,
        isValue: (symbol.flags & ts.SymbolFlags.Value) !== 0,
        says: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
        examples: examplesOf(symbol, checker),
      };
    });
  });
}
