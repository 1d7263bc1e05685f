import type { Words } from '../catalog/advice.ts';

/** What each command does, in one line. Apart from the commands, so that the list of them loads none. */
export const SUMMARIES = {
  codes: { en: 'the codes of the standard, and what to do about each', ko: '표준 오류코드와 조치 방법' },
  faults: { en: 'the faults a call can end with, and what follows from each', ko: '장애 유형과 판정 기준, 조치 방법' },
  call: { en: 'call one operation of a broker', ko: '증권사 업무 1건 호출' },
  classify: { en: 'judge a recorded call offline', ko: '수집된 호출 기록을 오프라인으로 판정' },
  diagnose: {
    en: 'what is wrong with a broker and whose fault it is',
    ko: '증권사 장애 여부와 원인 주체 진단',
  },
  simulate: {
    en: 'play the fixtures of a folder as brokers on a real port',
    ko: '폴더의 fixture를 실제 포트에서 증권사처럼 재생',
  },
  dialect: {
    en: "check or print how a broker's answers are read",
    ko: '증권사 응답 해석 규칙(dialect)의 검사와 출력',
  },
  fixtures: {
    en: 'check, replay, record, verify or import a folder of fixtures',
    ko: 'fixture 폴더의 검사, 재생, 기록, 대조, 가져오기',
  },
  report: {
    en: 'make one page of recorded calls: states, outages, latency, faults',
    ko: '호출 기록을 한 장의 보고서로 작성: 상태, 장애, 응답시간, 장애 유형',
  },
  serve: { en: 'the connector over HTTP, until it is stopped', ko: 'HTTP 게이트웨이 실행' },
  init: {
    en: 'write a configuration, a message and a first fixture to start from',
    ko: '시작용 설정, 요청 전문, 첫 fixture 생성',
  },
  doctor: {
    en: 'check configuration, certificates, keys, names, clock and limits of this machine',
    ko: '설정, 인증서, 키, DNS, 시계, 시스템 한도 점검',
  },
  completion: {
    en: 'print a script that completes command lines in a shell',
    ko: '셸 자동완성 스크립트 출력',
  },
} as const satisfies Record<string, Words>;
