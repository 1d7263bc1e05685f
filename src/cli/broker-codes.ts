import { createRegistry, type Registry } from '../brokers/registry.ts';
import { parseDialect } from '../brokers/config.ts';
import { COMPANIES } from '../brokers/companies.ts';
import { ADVICE, type Language, type Words } from '../catalog/advice.ts';
import { findError } from '../catalog/lookup.ts';
import { withResult } from '../dialects/compile.ts';
import { explainCode, listedCodes, type Explanation, type ExplainedRow } from '../dialects/explain.ts';
import type { DialectOptions } from '../dialects/form.ts';
import { dialectOf, isPresetName } from '../dialects/presets.ts';
import { PRESET_NAMES } from '../dialects/preset-names.ts';
import { fieldOf } from '../model/json.ts';
import type { Given } from './arguments.ts';
import { JSON_SCHEMA } from './command.ts';
import { CONFIDENCE_WORDS, DIALECT_LABELS, DIALECT_TALK, KIND_WORDS, RETRY_ADVICE } from './dialect-words.ts';
import type { Io } from './io.ts';
import { readConfig } from './json-file.ts';
import { EXIT, Refusal } from './refusal.ts';
import { columns, emphasisOf, table } from './table.ts';
import { unknownName } from './unknown-name.ts';
import { LABELS, MISTAKES, OUTCOME_WORDS } from './words.ts';

/** The dialect of a broker as its options have it; the platform's, where they say nothing. */
function configuredDialect(options: object): DialectOptions {
  const written = fieldOf(options, 'dialect') ?? 'platform';
  return typeof written === 'string' && isPresetName(written) ? dialectOf(written) : dialectOf(parseDialect(written));
}

/** What is said of a broker that is neither configured nor a preset. */
function unknownBroker(name: string, registry: Registry | undefined): Words {
  if (registry !== undefined) {
    const brokers = registry.brokers.map(({ alias }) => alias);
    return unknownName(MISTAKES.noBrokerOrPreset(name), name, { brokers, presets: PRESET_NAMES });
  }
  const asked = name.toLowerCase();
  const company = COMPANIES.find(({ alias, synonyms }) => alias === asked || synonyms.includes(asked));
  if (company !== undefined) return DIALECT_TALK.listedCompany(company.alias);
  return unknownName(MISTAKES.noDialect(name), name, { presets: PRESET_NAMES });
}

/** The dialect a configuration gives the broker, else the preset of that name. */
async function dialectNamed(name: string, given: Given, io: Io): Promise<DialectOptions> {
  const path = given.text('config');
  const registry = path === undefined ? undefined : createRegistry(await readConfig(path, io));
  const profile = registry?.find(name);
  if (profile !== undefined) return configuredDialect(profile.configured);
  if (isPresetName(name)) return dialectOf(name);
  throw new Refusal(EXIT.usage, unknownBroker(name, registry));
}

function meaningOf({ row }: ExplainedRow, lang: Language): string {
  return row[lang] ?? row.en ?? row.ko ?? '';
}

function becomesOf({ mapped }: ExplainedRow): string {
  return `${String(mapped.code)} ${findError(mapped.code)?.message ?? ''} (${mapped.fault})`;
}

type Fact = readonly [label: string, value: string];

function rowFacts(explained: ExplainedRow, lang: Language): Fact[] {
  const { row, mapped, source } = explained;
  const meaning = meaningOf(explained, lang);
  const isUnsure = mapped.fault === 'broker-error' && !mapped.isRefusal;
  return [
    ...(meaning === '' ? [] : [[DIALECT_LABELS.meaning[lang], meaning] as const]),
    [DIALECT_LABELS.becomes[lang], becomesOf(explained)],
    ...(row.retry === undefined ? [] : [[DIALECT_LABELS.advice[lang], RETRY_ADVICE[row.retry][lang]] as const]),
    ...(isUnsure ? [[DIALECT_LABELS.write[lang], OUTCOME_WORDS.unknown[lang]] as const] : []),
    ...(source === undefined ? [] : [[DIALECT_LABELS.source[lang], `${source.what}: ${source.where}`] as const]),
    ...(row.confidence === undefined
      ? []
      : [[DIALECT_LABELS.confidence[lang], CONFIDENCE_WORDS[row.confidence][lang]] as const]),
    [LABELS.todo[lang], ADVICE[mapped.fault].todo[lang]],
  ];
}

function codeLines(broker: string, code: string, explanation: Explanation, io: Io): string[] {
  const { lang } = io;
  const facts: Fact[] = [
    [DIALECT_LABELS.known[lang], KIND_WORDS[explanation.kind][lang]],
    ...('mapped' in explanation ? rowFacts(explanation, lang) : []),
  ];
  return [emphasisOf(io)(`${broker} ${code}`), ...columns(facts.map(([label, value]) => [`  ${label}`, value]))];
}

function record(code: string, explanation: Explanation) {
  if (!('mapped' in explanation)) return { theirs: code, known: explanation.kind };
  const { kind, mapped, row, source } = explanation;
  const { code: standard, fault, retry = null } = mapped;
  const { ko = null, en = null, confidence = null } = row;
  return { theirs: code, known: kind, code: standard, fault, retry, ko, en, confidence, source: source ?? null };
}

function listLines(broker: string, dialect: DialectOptions, io: Io): string[] {
  const { lang } = io;
  const listed = listedCodes(dialect);
  if (listed.length === 0) {
    const isPlatforms = withResult(dialect).standardCodes === true;
    return [(isPlatforms ? DIALECT_TALK.platformCodes : DIALECT_TALK.noRows)(broker)[lang]];
  }
  const head = [LABELS.code[lang], DIALECT_LABELS.becomes[lang], LABELS.fault[lang], DIALECT_LABELS.meaning[lang]];
  const rows = listed.map((each) => [each.theirs, String(each.mapped.code), each.mapped.fault, meaningOf(each, lang)]);
  return table(head, rows, emphasisOf(io));
}

/** `op-exco codes --broker NAME [CODE]`: what a broker's own codes mean and become. */
export async function brokerCodes(broker: string, code: string | undefined, given: Given, io: Io): Promise<number> {
  const dialect = await dialectNamed(broker, given, io);
  const asked = code === undefined ? listedCodes(dialect).map(({ theirs }) => theirs) : [code];
  if (given.isSet('json')) {
    const codes = asked.map((each) => record(each, explainCode(each, dialect)));
    io.out(JSON.stringify({ schema: JSON_SCHEMA, broker, codes }));
    return EXIT.ok;
  }
  const lines =
    code === undefined ? listLines(broker, dialect, io) : codeLines(broker, code, explainCode(code, dialect), io);
  for (const line of lines) io.out(line);
  return EXIT.ok;
}
