/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const config: Config = {
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
  },
  testMatch: ['<rootDir>/test/**/*.spec.ts', '<rootDir>/examples/**/*.spec.ts'],
};
export default config;
