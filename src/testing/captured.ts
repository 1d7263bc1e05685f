import type { ConfigIssue } from '../brokers/config-error.ts';
import type { BrokerOptions } from '../brokers/options.ts';
import { profileOf } from '../brokers/profile.ts';
import type { Cleaned } from '../cleaning/clean.ts';
import { wordsOf } from '../fixture/expectation.ts';
import type { Fixture } from '../fixture/format.ts';
import { completed, fixtureFromCapture } from '../fixture/from-capture.ts';
import { capturedCall, type CapturedCall } from '../fixture/har.ts';
import { FileNames, outcomeName } from './file-names.ts';
import type { LoadedFixture } from './load.ts';

/** An entry of a capture that was left out. */
export interface SkippedEntry {
  /** Position in the capture, first is 0. */
  readonly entry: number;
  readonly why: string;
}

/** An entry of a capture that is a call, but that no fixture can be made of. */
export interface RefusedEntry extends ConfigIssue {
  /** Position in the capture, first is 0. */
  readonly entry: number;
}

/**
 * Fixtures made of a capture, each with the file it would stand in below a folder of fixtures, and what none was made of.
 */
export type ImportedFixtures = readonly LoadedFixture[] & {
  readonly skipped: readonly SkippedEntry[];
  readonly refused: readonly RefusedEntry[];
};

/** The fixture of a call, cleaned and whole, or why there is none. */
function madeOf(
  captured: CapturedCall,
  options: BrokerOptions | undefined,
  clean: (fixture: Fixture) => Cleaned,
): { fixture: Fixture } | { refused: readonly ConfigIssue[] } {
  const { fixture: whole, settled } = completed(fixtureFromCapture(captured, options));
  const cleaned = clean(whole);
  if ('refused' in cleaned) {
    return { refused: cleaned.refused.map((path) => ({ path, expected: 'expected what can be cleaned' })) };
  }
  const again = completed({ ...cleaned.fixture, attempts: cleaned.fixture.attempts.slice(0, 1) });
  const [before, after] = [wordsOf(settled), wordsOf(again.settled)];
  if (before !== after) {
    return { refused: [{ path: 'expect', expected: `expected ${before}, and once cleaned it is ${after}` }] };
  }
  return { fixture: again.fixture };
}

/** Fixtures of every entry that is a call to a broker; `clean` sees each before anything else does. */
export function importEntries(
  entries: readonly unknown[],
  brokers: readonly BrokerOptions[],
  clean: (fixture: Fixture) => Cleaned,
): ImportedFixtures {
  const profiles = brokers.map((options, index) => profileOf(options, `options.brokers[${String(index)}]`));
  const fixtures: LoadedFixture[] = [];
  const skipped: SkippedEntry[] = [];
  const refused: RefusedEntry[] = [];
  const names = new FileNames();
  for (const [entry, value] of entries.entries()) {
    const captured = capturedCall(value, profiles);
    if (captured.kind === 'skipped') skipped.push({ entry, why: captured.why });
    else if (captured.kind === 'unusable') refused.push({ entry, path: captured.path, expected: captured.expected });
    else {
      const at = profiles.findIndex(({ alias }) => alias === captured.broker);
      const made = madeOf(captured, brokers[at], clean);
      if ('refused' in made) refused.push(...made.refused.map((issue) => ({ entry, ...issue })));
      else fixtures.push({ ...made.fixture, file: names.take(made.fixture, outcomeName(made.fixture)) });
    }
  }
  return Object.assign(fixtures, { skipped, refused });
}
