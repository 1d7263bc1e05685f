import type { Words } from '../catalog/advice.ts';
import { shellWord } from './shell-word.ts';

/** What is looked at, in one or two words. */
export const CHECK_WORDS = {
  node: { en: 'Node', ko: 'Node 버전' },
  'open-files': { en: 'open files', ko: '파일 한도' },
  config: { en: 'configuration', ko: '설정' },
  clock: { en: 'clock', ko: '시계' },
  file: { en: 'file', ko: '파일' },
  'key-mode': { en: 'key mode', ko: '키 파일 권한' },
  'client-certificate': { en: 'our certificate', ko: '자사 인증서' },
  'client-key': { en: 'our key', ko: '자사 키' },
  dns: { en: 'name', ko: 'DNS' },
  tcp: { en: 'TCP', ko: 'TCP' },
  tls: { en: 'TLS', ko: 'TLS' },
  certificate: { en: 'certificate', ko: '증권사 인증서' },
  http: { en: 'HTTP', ko: 'HTTP' },
} as const satisfies Record<string, Words>;

/** Fixed words of the doctor. */
export const DOCTOR_WORDS = {
  next: { en: 'Next', ko: '조치' },
  keyFits: { en: 'fits the certificate.', ko: '인증서와 일치.' },
  keyDiffers: { en: 'is not the key of the certificate.', ko: '인증서와 일치하지 않음.' },
  keyUnreadable: { en: 'no key that can be read with the passphrase.', ko: '암호로 읽을 수 있는 키가 없음.' },
  keyNext: {
    en: 'point `tls.cert` and `tls.key` at one pair, and `tls.passphrase` at its passphrase.',
    ko: '`tls.cert`와 `tls.key`를 같은 쌍으로, `tls.passphrase`를 해당 암호로 지정한다.',
  },
  certificateUnreadable: { en: 'no certificate in PEM.', ko: 'PEM 인증서가 아님.' },
  notYetValid: { en: 'is not valid yet.', ko: '유효기간이 시작되지 않음.' },
  waitOrClock: {
    en: 'look at the clock of this machine, else ask the issuer.',
    ko: '시스템 시계를 확인하고, 이상이 없으면 발급기관에 문의한다.',
  },
  renewOurs: {
    en: 'have it renewed, put the file in place, and reload or restart.',
    ko: '인증서를 갱신하여 교체한 뒤 재적용 또는 재시작한다.',
  },
  renewTheirs: {
    en: "tell the broker's desk the date; nothing to change here.",
    ko: '증권사 담당자에게 만료일을 통보한다. 자체 조치 없음.',
  },
  limitUnknown: { en: 'not known on this system.', ko: '이 시스템에서는 확인할 수 없음.' },
  clockUnknown: { en: 'no broker told its time.', ko: '시각을 알려 준 증권사가 없음.' },
  clockNext: { en: 'timedatectl status', ko: 'timedatectl status' },
  theirClock: {
    en: 'the other brokers agree with us: tell its desk.',
    ko: '다른 증권사와는 일치하므로 해당 증권사에 통보한다.',
  },
} as const satisfies Record<string, Words>;

/** Sentences with figures in them. */
export const DOCTOR_TEXTS = {
  nodeFits: (version: string, oldest: string): Words => ({
    en: `${version}, ${oldest} or newer is needed.`,
    ko: `${version}(${oldest} 이상 필요).`,
  }),
  nodeNext: (oldest: string): Words => ({
    en: `nvm install ${oldest.split('.')[0] ?? ''}`,
    ko: `nvm install ${oldest.split('.')[0] ?? ''}`,
  }),
  limit: (limit: string, needed: number): Words => ({
    en: `${limit}, all brokers at their most take ${String(needed)}.`,
    ko: `${limit}(전체 증권사 최대 동시 호출 시 ${String(needed)} 필요).`,
  }),
  limitNext: (needed: number): Words => ({
    en: `ulimit -n ${String(needed)}, or LimitNOFILE=${String(needed)} in the unit.`,
    ko: `ulimit -n ${String(needed)} 또는 서비스 유닛에 LimitNOFILE=${String(needed)}.`,
  }),
  configFits: (path: string, brokers: number): Words => ({
    en: `${path}: valid, brokers: ${String(brokers)}.`,
    ko: `${path}: 정상, 증권사 ${String(brokers)}곳.`,
  }),
  configNext: (path: string): Words => ({
    en: `correct it in ${path}, then op-exco doctor --config ${shellWord(path)}`,
    ko: `${path} 파일을 고친 뒤 op-exco doctor --config ${shellWord(path)}`,
  }),
  variableNext: (name: string): Words => ({ en: `export ${name}=...`, ko: `export ${name}=...` }),
  daysLeft: (days: number, until: string): Words =>
    days < 0
      ? { en: `expired on ${until}.`, ko: `${until}에 만료됨.` }
      : { en: `${String(days)} days left, until ${until}.`, ko: `${String(days)}일 남음(${until}까지).` },
  passed: (ms: number): Words => ({ en: `${String(ms)} ms.`, ko: `${String(ms)} ms.` }),
  answers: (status: number | undefined, ms: number): Words => ({
    en: `answers, HTTP ${String(status ?? '?')}, ${String(ms)} ms.`,
    ko: `응답함, HTTP ${String(status ?? '?')}, ${String(ms)} ms.`,
  }),
  offset: (seconds: number, brokers: number): Words => ({
    en: `${Math.abs(seconds).toFixed(1)} s ${seconds < 0 ? 'behind' : 'ahead of'} the brokers asked (${String(brokers)}).`,
    ko: `증권사 ${String(brokers)}곳 대비 ${Math.abs(seconds).toFixed(1)}초 ${seconds < 0 ? '느림' : '빠름'}.`,
  }),
  theirOffset: (seconds: number): Words => ({
    en: `its clock is ${Math.abs(seconds).toFixed(1)} s ${seconds < 0 ? 'ahead of' : 'behind'} ours.`,
    ko: `증권사 시계가 ${Math.abs(seconds).toFixed(1)}초 ${seconds < 0 ? '빠름' : '느림'}.`,
  }),
  unreadable: (place: string, reason: string): Words => ({
    en: `${place}: cannot be read (${reason}).`,
    ko: `${place}: 읽을 수 없음(${reason}).`,
  }),
  readable: (place: string): Words => ({ en: `${place}: there.`, ko: `${place}: 있음.` }),
  mode: (place: string, mode: string, isOpen: boolean): Words => ({
    en: `${place}: ${mode}${isOpen ? ', anybody on this machine can get at it' : ''}.`,
    ko: `${place}: ${mode}${isOpen ? ', 모든 계정이 접근 가능' : ''}.`,
  }),
} as const satisfies Record<string, (...args: never[]) => Words>;
