/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

/** What every suite is run with. */
export const base: Config = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  moduleNameMapper: {
    '^op-exco-connector$': '<rootDir>/src/index.ts',
    '^op-exco-connector/gateway$': '<rootDir>/src/gateway/index.ts',
    '^op-exco-connector/testing$': '<rootDir>/src/testing/index.ts',
    '^op-exco-connector/opentelemetry$': '<rootDir>/src/telemetry/index.ts',
  },
};

/** The wire is tested twice: over our own connections, and over Node's HTTP client, which tests and tracing agents see. */
const config: Config = {
  // Jest leaves one core to others, and on two of them that is one process for all suites, waiting while a broker is silent.
  maxWorkers: '100%',
  // A worker keeps what its suites loaded; a new one costs less than collecting that garbage again and again.
  workerIdleMemoryLimit: '1GB',
  // Tests wait for events; how long those take is up to the machine, and is no claim of theirs.
  testTimeout: 20_000,
  projects: [
    {
      ...base,
      displayName: 'package',
      testMatch: ['<rootDir>/test/**/*.spec.ts', '<rootDir>/examples/**/*.spec.ts'],
    },
    {
      ...base,
      displayName: 'over node:http',
      testMatch: ['<rootDir>/test/transport/**/*.spec.ts'],
      globals: { OVER_NODE_HTTP: true },
    },
  ],
};
export default config;
