/** @typedef {{ broker: string, vtAccNo: string }} Account */

/** The question about one account; every account has a number of its own, the customer is the same. */
function messageFor(customer, { vtAccNo }) {
  return {
    ...customer,
    accInfo: { vtAccNo },
    balanceRequestBody: { queryType: { assetType: 'ALL', count: 0, page: 'null' } },
  };
}

/** What a person may be told of an account that cannot be shown. */
function wordsFor(error) {
  if (error.blame === 'caller') return error.description ?? error.message;
  if (error.retryAfterMs !== undefined) return `try again in ${Math.ceil(error.retryAfterMs / 1_000)} s`;
  return 'not available at the moment';
}

/**
 * All accounts of one customer, side by side. One broker's fault never loses another's answer; the sum says whether it is whole.
 *
 * @param {Account[]} accounts
 */
export async function overview(exco, customer, accounts) {
  const calls = accounts.map((account) => ({
    broker: account.broker,
    operation: 'account.balance',
    message: messageFor(customer, account),
  }));
  const { succeeded, failed, commonCause } = await exco.fanOut(calls, { deadlineMs: 3_000 });
  const rows = succeeded.map(({ broker, reply }) => ({ broker, total: totalOf(reply.data) }));
  return {
    rows,
    missing: failed.map(({ broker, error }) => ({ broker, code: error.code, words: wordsFor(error) })),
    total: rows.reduce((sum, { total }) => sum + total, 0),
    isWhole: failed.length === 0,
    // When every broker that failed shows one fault, the trouble is more likely ours.
    isOurs: commonCause !== undefined,
  };
}

function totalOf({ balanceList }) {
  return Number(balanceList?.balance?.summary?.totalAccVal ?? 0);
}
