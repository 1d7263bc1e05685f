export { loadFixtures, type LoadedFixture } from './load.ts';
export { replayFixtures, type Replay } from './replay.ts';
export { FixtureMissError, isFixtureMissError, type NearestFixture } from './miss-error.ts';
export {
  recordFixtures,
  type Recording,
  type RecordMode,
  type RecordOptions,
  type RefusedRecording,
} from './record.ts';
export {
  verifyFixtures,
  type SkipReason,
  type VerifiedFixture,
  type VerifyOptions,
  type VerifyReport,
} from './verify.ts';
export { importHar, type ImportOptions } from './import-har.ts';
export type { ImportedFixtures, RefusedEntry, SkippedEntry } from './captured.ts';
export { lintFixtures } from './lint.ts';
export { startSimulator, type Simulator } from '../simulator/simulator.ts';
export { SimulatorError } from '../simulator/error.ts';
export type { SimulatorOptions } from '../simulator/options.ts';
export { FixtureError, type ConfigIssue } from '../brokers/config-error.ts';
export {
  parseFixture,
  type Fixture,
  type FixtureAttempt,
  type FixtureExpectation,
  type FixtureFault,
  type FixtureResponse,
} from '../fixture/format.ts';
export { judgeFixture } from '../fixture/judge.ts';
