import type { Words } from '../catalog/advice.ts';

/** The configuration that `op-exco init` writes, and `op-exco doctor` looks for where no other is named. */
export const CONFIG_FILE = 'exco.json';

/** What to type for somebody who has no configuration. */
export const INIT_HINT: Words = {
  en: 'op-exco init writes one to start from.',
  ko: 'op-exco init 명령으로 설정 파일을 만들 수 있음.',
};
