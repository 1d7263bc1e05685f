import type { Language, Words } from '../catalog/advice.ts';
import { CONFIG_FILE } from './config-talk.ts';

/** Files that `op-exco init` writes, by their path under its folder. */
export const INIT_PATHS = {
  config: CONFIG_FILE,
  notes: 'exco.md',
  message: 'balance.json',
  fixture: 'fixtures/samsung/account.balance/answered.json',
} as const;

/** A customer who does not exist. */
const CUSTOMER = {
  commonHeader: { reqIdPlatform: '', reqIdConsumer: 'DEMO-0001', ci: `FAKECI0001${'A'.repeat(76)}==` },
  accInfo: { vtAccNo: '999900000000000001' },
};

const MESSAGE = {
  partner: { comId: 'F9999', srvId: '999' },
  ...CUSTOMER,
  devInfo: { ipAddr: '127000000001', macAddr: '020000000001' },
  balanceRequestBody: { queryType: { assetType: 'ALL', count: 0, page: 'null' } },
};

const ANSWER = {
  ...CUSTOMER,
  balanceResponseBody: { queryResult: { totalCnt: 1, count: 1, page: 'null' } },
  balanceList: { balance: { summary: { cashBalance: 1_000_000 }, equityList: [], fundList: [], etcList: [] } },
  resp: { respCode: '200', respMsg: 'OK' },
};

const FIXTURE = {
  format: 1,
  broker: 'samsung',
  operation: 'account.balance',
  note: 'answers well',
  request: MESSAGE,
  attempts: [{ response: { status: 200, json: ANSWER } }],
  expect: { ok: true },
};

const NOTES: Words = {
  en: `# exco.json, line by line

JSON has no comments, and programs read this file too; \`$schema\` gives an editor the fields and their forms.

| field | says |
| --- | --- |
| \`alias\` | the broker, as calls name it; listed companies bring comId and Korean name |
| \`baseUrl\` | where the operations' paths begin; now the simulator on this machine: put the broker's own address here |
| \`timeouts.connectMs\` | name look-up, TCP and TLS; default 3000 |
| \`timeouts.headMs\` | until the response begins; default 5000 |
| \`maintenance.windows\` | Korean times in which the broker is not called: 3600 at once |

A real broker mostly wants two fields more. A text \`\${NAME}\` is read from the environment, so that no secret stands in the file.

\`\`\`json
{
  "headers": { "authorization": "Bearer \${SAMSUNG_TOKEN}" },
  "tls": { "cert": { "file": "client.pem" }, "key": { "file": "client.key" }, "passphrase": "\${SAMSUNG_PASSPHRASE}" }
}
\`\`\`

Behind every change: \`op-exco doctor\`. All fields: docs/configuration.md of op-exco-connector.
`,
  ko: `# exco.json 항목 설명

JSON에는 주석을 달 수 없고 이 파일은 프로그램도 읽으므로 설명을 따로 둔다. \`$schema\` 덕분에 편집기에서 항목 이름과 형식을 바로 확인할 수 있다.

| 항목 | 뜻 |
| --- | --- |
| \`alias\` | 호출할 때 쓰는 증권사 이름. 등록된 증권사는 comId와 한글 이름이 함께 정해진다 |
| \`baseUrl\` | 업무 경로 앞에 붙는 주소. 지금은 이 장비의 시뮬레이터이므로 증권사 주소로 바꾼다 |
| \`timeouts.connectMs\` | 이름 조회, TCP, TLS까지의 제한 시간. 기본값 3000 |
| \`timeouts.headMs\` | 응답이 시작될 때까지의 제한 시간. 기본값 5000 |
| \`maintenance.windows\` | 증권사를 호출하지 않는 한국 시각 구간. 이때는 바로 3600으로 응답한다 |

실제 증권사에는 보통 두 항목이 더 필요하다. \`\${NAME}\` 형식의 값은 환경 변수에서 읽으므로 비밀값을 파일에 적지 않아도 된다.

\`\`\`json
{
  "headers": { "authorization": "Bearer \${SAMSUNG_TOKEN}" },
  "tls": { "cert": { "file": "client.pem" }, "key": { "file": "client.key" }, "passphrase": "\${SAMSUNG_PASSPHRASE}" }
}
\`\`\`

고칠 때마다 \`op-exco doctor\`로 점검한다. 전체 항목은 op-exco-connector의 docs/configuration.md에 있다.
`,
};

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** What stands in the files, by path; `schema` is the path of the JSON Schema, from the folder. Pure. */
export function initFiles(schema: string, port: number, lang: Language): ReadonlyMap<string, string> {
  const config = {
    $schema: schema,
    brokers: [
      {
        alias: 'samsung',
        baseUrl: `http://127.0.0.1:${String(port)}/v1/samsung`,
        timeouts: { connectMs: 3_000, headMs: 5_000 },
        maintenance: { windows: [] },
      },
    ],
  };
  return new Map([
    [INIT_PATHS.config, json(config)],
    [INIT_PATHS.notes, NOTES[lang]],
    [INIT_PATHS.message, json(MESSAGE)],
    [INIT_PATHS.fixture, json(FIXTURE)],
  ]);
}
