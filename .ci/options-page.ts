// The reference of every option of the configuration: names, types and words from the declarations, limits from the JSON Schema.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const SOURCE = 'src/brokers/options.ts';
const ROOT = 'ConnectorOptions';
/** Types that are looked up in one place, however often they are used. */
const BY_THEMSELVES = new Set(['TimeoutOptions', 'DialectOptions', 'PaceOptions', 'CodeRowOptions', 'EnvelopeOptions']);

interface Section {
  readonly title: string;
  readonly says: string;
  readonly rows: readonly (readonly string[])[];
}

type Schema = Readonly<Record<string, unknown>>;

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A schema, and those of which it may be any. */
function alternatives(schema: unknown): Schema[] {
  if (!isSchema(schema)) return [];
  const others = Array.isArray(schema['anyOf']) ? schema['anyOf'].flatMap(alternatives) : [];
  return [schema, ...others];
}

/** What stands below a field: a named property, an item of a list, a value under any name. */
function below(schema: unknown, key: 'items' | 'additionalProperties' | { readonly name: string }): unknown {
  for (const each of alternatives(schema)) {
    const found = typeof key === 'string' ? each[key] : isSchema(each['properties']) && each['properties'][key.name];
    if (isSchema(found)) return found;
  }
  return undefined;
}

/** Least and greatest, length and form of a value, as the schema has them. */
function limitsOf(schema: unknown): string {
  const found = alternatives(schema).flatMap((each) => {
    const { minimum, exclusiveMinimum, maximum, pattern, minItems, minLength, enum: list } = each;
    return [
      minimum !== undefined && `from ${String(minimum)}`,
      exclusiveMinimum !== undefined && `above ${String(exclusiveMinimum)}`,
      maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER && `to ${String(maximum)}`,
      minItems !== undefined && `at least ${String(minItems)}`,
      minLength !== undefined && minLength !== 1 && `at least ${String(minLength)} letters`,
      typeof pattern === 'string' && `\`${pattern}\``,
      Array.isArray(list) && list.length <= 6 && list.map((value) => `\`${String(value)}\``).join(', '),
    ].filter((words) => typeof words === 'string');
  });
  return [...new Set(found)].join(' ');
}

function cell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

/** PEM text in a file, `{ file }`: said once, of the whole. */
function isFile(first: ts.Symbol, others: readonly ts.Symbol[]): boolean {
  return first.name === 'file' && others.length === 0;
}

class Reference {
  readonly sections: Section[] = [];
  readonly #checker: ts.TypeChecker;
  readonly #told = new Set<string>();

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** One section for an interface, and behind it those of the interfaces it holds. */
  tell(type: ts.Type, path: string, schema: unknown): void {
    const inner: (() => void)[] = [];
    const rows = this.#checker.getPropertiesOfType(type).map((property) => {
      const under = below(schema, { name: property.name });
      inner.push(() => this.#follow(this.#checker.getTypeOfSymbol(property), `${path}.${property.name}`, under));
      return this.#row(property, under);
    });
    const says = ts.displayPartsToString(type.getSymbol()?.getDocumentationComment(this.#checker));
    this.sections.push({ title: path.replace(/^\./, ''), says, rows });
    for (const each of inner) each();
  }

  #row(property: ts.Symbol, schema: unknown): string[] {
    const declared = property.valueDeclaration;
    const type = declared !== undefined && ts.isPropertySignature(declared) ? (declared.type?.getText() ?? '') : '';
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const says = this.#wordsFor(property);
    const form = type.replace(/ \| undefined|\/\*\*.*?\*\/|^\s*\|/gs, '').replace(/^\((.*)\)$/, '$1');
    return [`\`${property.name}\`${isOptional ? '' : ' (needed)'}`, `\`${form}\``, limitsOf(schema), says].map(cell);
  }

  /** Words of the field, else those of its type. */
  #wordsFor(property: ts.Symbol): string {
    const own = ts.displayPartsToString(property.getDocumentationComment(this.#checker));
    if (own !== '') return own;
    const type = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(property));
    const [item = type] = this.#checker.isArrayType(type)
      ? this.#checker.getTypeArguments(type as ts.TypeReference)
      : [];
    return ts.displayPartsToString(item.getSymbol()?.getDocumentationComment(this.#checker));
  }

  #follow(type: ts.Type, path: string, schema: unknown): void {
    for (const member of type.isUnion() ? type.types : [type]) {
      if (this.#checker.isArrayType(member)) {
        for (const item of this.#checker.getTypeArguments(member as ts.TypeReference))
          this.#follow(item, `${path}[]`, below(schema, 'items'));
        continue;
      }
      const named = member.getStringIndexType();
      if (named !== undefined) this.#follow(named, `${path}.NAME`, below(schema, 'additionalProperties'));
      else this.#enter(member, path, schema);
    }
  }

  #enter(type: ts.Type, path: string, schema: unknown): void {
    const [first, ...others] = this.#checker.getPropertiesOfType(type);
    // A table of many keys, such as one of faults, is explained where it is used.
    if (first?.valueDeclaration === undefined || !ts.isPropertySignature(first.valueDeclaration)) return;
    const name = type.aliasSymbol?.name ?? type.getSymbol()?.name ?? '';
    const title = BY_THEMSELVES.has(name) ? name : path;
    const key = BY_THEMSELVES.has(name) ? name : [path, first.name, ...others.map((each) => each.name)].join(' ');
    if (this.#told.has(key) || isFile(first, others)) return;
    this.#told.add(key);
    this.tell(type, title, schema);
  }
}

function sectionText({ title, says, rows }: Section): string {
  const head = ['field', 'type', 'limits', 'says'];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [
    `## ${title === '' ? 'The configuration' : `\`${title}\``}`,
    ...(says === '' ? [] : [says]),
    lines.join('\n'),
  ].join('\n\n');
}

/** `docs/options.md`: every option with its type, limits and words. */
export function optionsPage(): string {
  const program = ts.createProgram([SOURCE], {
    strict: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(SOURCE);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const root = module === undefined ? undefined : checker.getExportsOfModule(module).find(({ name }) => name === ROOT);
  if (root === undefined) throw new Error(`${SOURCE} has no ${ROOT}`);
  const reference = new Reference(checker);
  reference.tell(
    checker.getDeclaredTypeOfSymbol(root),
    '',
    JSON.parse(readFileSync('docs/config.schema.json', 'utf8')),
  );
  const top = [
    '<!-- Generated from src/brokers/options.ts and docs/config.schema.json by `npm run docs`; edit those. -->',
    '# Every option',
    'Generated from the declarations and the JSON Schema by `npm run docs`. What they are for, with the defaults side by side, stands in [configuration.md](configuration.md); how a dialect is written, in [add-your-broker.md](add-your-broker.md). `Pem` is PEM text, or `{ "file": path }`.',
  ];
  return `${[...top, ...reference.sections.map(sectionText)].join('\n\n')}\n`;
}
