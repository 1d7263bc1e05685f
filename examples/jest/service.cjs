const { isBrokerError } = require('op-exco-connector');

/** What a page shows of an account: its value, what the broker says against it, or that it is to be tried later. */
async function balanceText(exco, broker, message) {
  const settled = await exco.settle(broker, 'account.balance', message);
  if (settled.ok) return `${Number(settled.reply.data.balanceList?.balance?.summary?.totalAccVal)} won`;
  const { error } = settled;
  return isBrokerError(error) ? (error.description ?? error.message) : `later (${error.code})`;
}

module.exports = { balanceText };
