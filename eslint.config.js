import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Tools and the consumers of the packed package: no part of the TypeScript project, so linted without its types. */
const OUTSIDE = '.ci/**';
/** Rows, not logic: as long as the standard is. */
const TABLES = ['src/catalog/**', 'src/brokers/companies.ts', 'src/model/messages.ts', 'src/dialects/*.ts'];
const COUNTED = { skipBlankLines: true, skipComments: true };

export default defineConfig(
  globalIgnores(['dist', 'coverage']),
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { eqeqeq: 'error', 'max-lines': ['error', { max: 220, ...COUNTED }] },
  },
  {
    files: ['**/*.ts'],
    ignores: [OUTSIDE],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A number reads the same in a template as through String().
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Spreading a string gives code points, which is what is meant where somebody counts them.
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }] }],
      // `() => void` passed as `() => something()` hides nothing.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: [`${OUTSIDE}/*.ts`], extends: [tseslint.configs.strict] },
  { files: ['src/**/*.ts'], rules: { 'max-lines-per-function': ['error', { max: 60, ...COUNTED }] } },
  { files: TABLES, rules: { 'max-lines-per-function': 'off' } },
  { files: ['src/**/*.ts'], ignores: ['src/cli/**'], rules: { 'no-console': 'error' } },
  { files: [...TABLES, 'test/**'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: { console: 'readonly', process: 'readonly' } } },
  { files: ['**/*.cjs'], languageOptions: { globals: { console: 'readonly' } } },
  // Stand alone, so they use what every Node has.
  {
    files: ['examples/**/*.{js,cjs}'],
    languageOptions: { globals: { AbortController: 'readonly', fetch: 'readonly', process: 'readonly' } },
  },
  { files: ['examples/**/*.cjs'], languageOptions: { globals: { __dirname: 'readonly' } } },
);
