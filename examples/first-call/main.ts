import { createConnector, isExcoError } from 'op-exco-connector';

const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl: 'http://127.0.0.1:9/v1/samsung' }] });
const message = {
  partner: { comId: 'F9999', srvId: '999' },
  commonHeader: { reqIdConsumer: 'TEST-0001', ci: 'FAKECI0001==' },
  devInfo: { ipAddr: '127000000001', macAddr: '020000000001' },
  accInfo: { vtAccNo: '999900000000000001' },
  balanceRequestBody: { queryType: { assetType: 'ALL', count: 0, page: 'null' } },
};
try {
  const { data, meta } = await exco.call('samsung', 'account.balance', message, { deadlineMs: 8_000 });
  console.log(data.balanceList, meta.elapsedMs);
} catch (error) {
  if (!isExcoError(error)) throw error;
  console.log(JSON.stringify(error)); // what the platform answers
  console.log(error.fault, error.blame, error.sent, error.outcome, error.attempts); // what the person on call needs
}
await exco.close();
