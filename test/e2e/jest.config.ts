/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';
import { base } from '../../jest.config.ts';

/** The end-to-end suite: whole processes and the machine itself, one file after the other. */
const config: Config = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
  maxWorkers: 1,
  testTimeout: 60_000,
};
export default config;
