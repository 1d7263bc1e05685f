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

const NOTES = `# exco.json, line by line

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
`;

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** What stands in the files, by path; `schema` is the path of the JSON Schema, from the folder. Pure. */
export function initFiles(schema: string, port: number): ReadonlyMap<string, string> {
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
    [INIT_PATHS.notes, NOTES],
    [INIT_PATHS.message, json(MESSAGE)],
    [INIT_PATHS.fixture, json(FIXTURE)],
  ]);
}
