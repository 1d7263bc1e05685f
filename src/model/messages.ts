import type { OperationName } from './operations.ts';

/**
 * Messages of the platform's standard, typed as loosely as brokers write them: every documented field may be absent or
 * null, a number may come as text, and fields that nobody documented are kept.
 */

/** A text field; "", null and the text "null" all mean that there is no value. */
export type Text = string | null;

/** A number field; some brokers write numbers as text, and whole numbers beyond 2^53 always come as text. */
export type Amount = number | string | null;

/** Documented fields, and whatever else came. */
export type Open<Fields> = Partial<Fields> & Record<string, unknown>;

/** One item, a list of items, or nothing. */
export type ListOf<Item> = Item[] | null;

/** Head of every message: request ids of the platform and of the fintech company, the customer's certificate name and CI. */
export type CommonHeader = Open<{ reqIdPlatform: Text; reqIdConsumer: Text; certDn: Text; ci: Text }>;
/** The account a message is about, by its real or its virtual number. */
export type AccountInfo = Open<{ realAccNo: Text; vtAccNo: Text }>;
/** What only platform and broker exchange; callers of the gateway never see it. */
export type PlatformFields = Open<{ portalId: Text; apiAccessToken: Text; apiAccessTokenLifetime: Text }>;
/** How the broker says it went: 200, or a code of its own. */
export type ResultBlock = Open<{ respCode: Amount; respMsg: Text }>;
/** How many rows there are, how many came, and the key of the next page. */
export type QueryResult = Open<{ totalCnt: Amount; count: Amount; page: Text }>;

/** Who asks: a fintech company and its service. */
export type Partner = Open<{ comId: Text; srvId: Text }>;

/** From which device: address and hardware address without separators. */
export type DeviceInfo = Open<{ ipAddr: Text; macAddr: Text }>;

type Paging = { count: Amount; page: Text };

type CustomerRequest = { partner: Partner; commonHeader: CommonHeader; devInfo: DeviceInfo; accInfo: AccountInfo };
type PartnerRequest = { partner: Partner; commonHeader: CommonHeader };
type HolderRequest = { commonHeader: CommonHeader; platformFields: PlatformFields };
type Envelope = { commonHeader: CommonHeader; resp: ResultBlock; accInfo: AccountInfo; platformFields: PlatformFields };

type QueryBody<Block extends string, Query> = Open<Record<Block, Open<Query & Paging>> & { accInfo: AccountInfo }>;
type ResponseBody<Block extends string> = Open<
  Record<Block, Open<Paging>> & { queryResult: QueryResult; accInfo: AccountInfo; resp: ResultBlock }
>;

/** A share, ETF or other listed security that is held. */
export type EquityHolding = Open<{
  assetType: Text;
  isinCode: Text;
  productType: Text;
  productName: Text;
  qty: Amount;
  tradeType: Text;
  valAtTrade: Amount;
  valAtCur: Amount;
  proLoss: Amount;
  earningRate: Amount;
}>;
/** A fund that is held. */
export type FundHolding = Open<{
  fundType: Text;
  fundCode: Text;
  fundName: Text;
  qty: Amount;
  valAtTrade: Amount;
  valAtCur: Amount;
  proLoss: Amount;
  firstDateBuy: Text;
  lastDateBuy: Text;
  maturity: Text;
  earningRate: Amount;
}>;
/** Anything else that is held: bonds, RP, ELS. */
export type OtherHolding = Open<{
  assetType: Text;
  assetName: Text;
  isinCode: Text;
  qty: Amount;
  tradeType: Text;
  valAtTrade: Amount;
  valAtCur: Amount;
  valueAtCur: Amount;
  proLoss: Amount;
  earningRate: Amount;
}>;

/** Totals of an account. */
export type BalanceSummary = Open<{
  cashBalance: Amount;
  d1: Amount;
  d2: Amount;
  substitute: Amount;
  receivable: Amount;
  subsMargin: Amount;
  loanCredit: Amount;
  valAtTrade: Amount;
  valueAtCur: Amount;
  proLoss: Amount;
  totalAccVal: Amount;
  cashAvWithdraw: Amount;
}>;

type Holdings = { equityList: ListOf<EquityHolding>; fundList: ListOf<FundHolding>; etcList: ListOf<OtherHolding> };

/** The lists of a portfolio or balance: one object, or a list of objects with one key each. */
export type HoldingsBlock<Extra> = Open<Holdings & Extra> | Open<Holdings & Extra>[];

/** Asks for what is held, in quantities or in shares of the whole. */
export type PortfolioRequest = Open<
  CustomerRequest & { portfolioRequestBody: QueryBody<'queryType', { assetType: Text; rspType: Text }> }
>;
/** What is held, by kind of asset. */
export type PortfolioAnswer = Open<
  Envelope & {
    portfolioResponseBody: ResponseBody<'queryType'>;
    portfolioList: Open<{ portfolio: HoldingsBlock<{ cash: Open<{ amt: Amount }> }> }>;
  }
>;

/** Asks for what is held, with its worth. */
export type BalanceRequest = Open<
  CustomerRequest & { balanceRequestBody: QueryBody<'queryType', { assetType: Text }> }
>;
/** What is held and its worth, with the totals of the account. */
export type BalanceAnswer = Open<
  Envelope & {
    balanceResponseBody: ResponseBody<'queryType'>;
    balanceList: Open<{ balance: HoldingsBlock<{ summary: BalanceSummary }>; summary: BalanceSummary } & Holdings>;
  }
>;

/** Asks for the transactions of a range of dates. */
export type TransactionRequest = Open<
  CustomerRequest & {
    transactionHistoryRequestBody: QueryBody<
      'queryParams',
      { fromDate: Text; toDate: Text; isinCode: Text; side: Text }
    >;
  }
>;
/** One transaction of an account. */
export type Transaction = Open<{
  isinCode: Text;
  transDate: Text;
  transType: Text;
  changeAmt: Amount;
  changeQty: Amount;
  qty: Amount;
}>;
/** A page of transactions. */
export type TransactionAnswer = Open<
  Envelope & {
    transactionHistoryResponseBody: ResponseBody<'queryParams'>;
    transList: Open<{ transaction: ListOf<Transaction> }> | Transaction[];
  }
>;

/** Asks for the securities that a customer watches. */
export type InterestRequest = Open<
  CustomerRequest & { interestSymbolListRequestBody: QueryBody<'queryType', { assetType: Text; rspType: Text }> }
>;
/** A named list of watched securities. */
export type WatchGroup = Open<{ groupName: Text; modifyDate: Text; isinCode: ListOf<string> }>;
/** The lists of watched securities. */
export type InterestAnswer = Open<
  Envelope & {
    interestSymbolListResponseBody: ResponseBody<'queryType'> &
      Open<{ groupList: Open<{ group: ListOf<WatchGroup> }> }>;
  }
>;

type B2bQuery = {
  qrAssetType: Text;
  qrSellBuyType: Text;
  qrAccNo: Text;
  qrOrderDate: Text;
  qrIsinCode: Text;
  qrOrderNo: Text;
};

/** A security under one of its codes. */
export type IsinInfo = Open<{ isinType: Text; isinCode: Text; isinName: Text }>;

/** Asks for the orders of a discretionary account. */
export type OrderDetailRequest = Open<
  PartnerRequest & { orderDetailListRequestBody: QueryBody<'queryParameter', B2bQuery> }
>;
/** One order, with its executions. */
export type OrderDetail = Open<{
  accNo: Text;
  accName: Text;
  modifyType: Text;
  cancelType: Text;
  orderNo: Text;
  orgOrderNo: Text;
  sellBuyType: Text;
  orderType: Text;
  exchange: Text;
  crcyCode: Text;
  orderQty: Amount;
  orderPrice: Amount;
  execSumQty: Amount;
  orderTime: Text;
  orderRejectReason: Text;
  isinInfo: ListOf<IsinInfo>;
  execList: ListOf<Open<{ execQty: Amount; execPrice: Amount; execNo: Amount; execTime: Text }>>;
}>;
/** A page of orders. */
export type OrderDetailAnswer = Open<
  Envelope & {
    orderDetailListResponseBody: ResponseBody<'queryParameter'>;
    orderDetailList: Open<{ orderDetail: ListOf<OrderDetail> }>;
  }
>;

/** Asks for the balances of a discretionary account. */
export type BalanceListRequest = Open<
  PartnerRequest & { balanceListRequestBody: QueryBody<'queryParameter', Pick<B2bQuery, 'qrAssetType' | 'qrAccNo'>> }
>;
/** Cash of a discretionary account, in one currency. */
export type CashBalance = Open<{
  cashBalance: Amount;
  margin: Amount;
  substitute: Amount;
  receivable: Amount;
  totCreditAmt: Amount;
  totLoanAmt: Amount;
  valAtCur: Amount;
  crcyCode: Text;
  cashAvWithdraw: Amount;
}>;
/** `cachBalInfo` is how some brokers spell `cashBalInfo`. */
export type DailyBalance = Open<{
  accInfo: Open<{ accNo: Text; accName: Text }>;
  cashBalInfo: ListOf<CashBalance>;
  cachBalInfo: ListOf<CashBalance>;
  securitiesBalInfo: ListOf<EquityHolding & Open<{ isinInfo: ListOf<IsinInfo> }>>;
}>;
/** The balances of discretionary accounts. */
export type BalanceListAnswer = Open<
  Envelope & {
    balanceListResponseBody: ResponseBody<'queryParameter'>;
    balanceList: Open<{ balance: ListOf<DailyBalance> }> & DailyBalance;
  }
>;

/** Asks for the settlements of a discretionary account. */
export type SettleListRequest = Open<
  PartnerRequest & { settleListRequestBody: QueryBody<'queryParameter', Omit<B2bQuery, 'qrOrderNo'>> }
>;
/** One settlement, with its costs. */
export type Settlement = Open<{
  accNo: Text;
  accName: Text;
  sellBuyType: Text;
  settQty: Amount;
  settAmt: Amount;
  tradeType: Text;
  loanCreditDate: Text;
  loanCreditAmt: Amount;
  settDate: Text;
  costTotal: Amount;
  isinInfo: ListOf<IsinInfo>;
  costInfo: ListOf<Open<{ costName: Text; cost: Amount }>>;
}>;
/** A page of settlements. */
export type SettleListAnswer = Open<
  Envelope & {
    settleListResponseBody: ResponseBody<'queryParameter'>;
    settleList: Open<{ settleInfo: ListOf<Settlement> }>;
  }
>;

/** Asks for the discretionary accounts of a partner. */
export type AccountListRequest = Open<PartnerRequest & { accountListRequestBody: QueryBody<'queryParameter', object> }>;
/** A discretionary account and the state of its contract. */
export type DiscretionaryAccount = Open<{ accNo: Text; accName: Text; virtualAccNo: Text; contractStatus: Text }>;
/** A partner's discretionary accounts. */
export type AccountListAnswer = Open<
  Envelope & {
    accountListResponseBody: ResponseBody<'queryParameter'>;
    accountList: Open<{ account: ListOf<DiscretionaryAccount> }>;
  }
>;

/** Asks for the account book of a range of dates. */
export type TradeBookRequest = Open<
  PartnerRequest & {
    tradeBookListRequestBody: QueryBody<'queryParameter', { qrAccNo: Text; qrFromDate: Text; qrToDate: Text }>;
  }
>;
/** One entry of an account book, with its costs. */
export type Trade = Open<{
  accNo: Text;
  accName: Text;
  transDate: Text;
  transType: Text;
  changeAmt: Amount;
  changeQty: Amount;
  qty: Amount;
  amt: Amount;
  exchange: Text;
  crcyCode: Text;
  subject: Text;
  summary: Text;
  isinInfo: ListOf<IsinInfo>;
  costInfo: ListOf<Open<{ costName: Text; cost: Amount }>>;
}>;
/** A page of an account book. */
export type TradeBookAnswer = Open<
  Envelope & {
    tradeBookListResponseBody: ResponseBody<'queryParameter'>;
    tradeBookList: Open<{ tradeBook: ListOf<Trade> }>;
  }
>;

/** Asks for a customer's accounts at the broker. */
export type RealAccountsRequest = Open<HolderRequest>;
/** A customer's accounts, by number and type. */
export type RealAccountsAnswer = Open<
  Envelope & { accountList: Open<{ account: ListOf<Open<{ accNo: Text; accType: Text }>> }> }
>;

/** One virtual account to issue, enrol, replace or discard. */
export type VirtualAccount = Open<{
  trCode: Text;
  realAccNo: Text;
  vtAccNo: Text;
  vtAccAlias: Text;
}>;
/** What became of it: `status` is SUCCESS, FAILURE or FAILED. */
export type VirtualAccountAck = VirtualAccount & Open<{ status: Text; message: Text }>;
/** Virtual accounts to issue, enrol, replace or discard. */
export type VirtualAccountRequest = Open<
  HolderRequest & { virtualAccountList: Open<{ virtualAccount: VirtualAccount[] }> }
>;
/** What became of each of them. */
export type VirtualAccountAnswer = Open<
  Envelope & { virtualAccountResponseList: Open<{ virtualAccount: ListOf<VirtualAccountAck> }> }
>;

interface Message<Request, Answer> {
  request: Request;
  answer: Answer;
}

/** Request and answer of every operation. */
export interface OperationMessages {
  'account.portfolio': Message<PortfolioRequest, PortfolioAnswer>;
  'account.balance': Message<BalanceRequest, BalanceAnswer>;
  'account.transaction': Message<TransactionRequest, TransactionAnswer>;
  'account.interest': Message<InterestRequest, InterestAnswer>;
  'b2b.orderDetail': Message<OrderDetailRequest, OrderDetailAnswer>;
  'b2b.balanceList': Message<BalanceListRequest, BalanceListAnswer>;
  'b2b.settleList': Message<SettleListRequest, SettleListAnswer>;
  'b2b.accountList': Message<AccountListRequest, AccountListAnswer>;
  'b2b.tradeBook': Message<TradeBookRequest, TradeBookAnswer>;
  'account.realAccounts': Message<RealAccountsRequest, RealAccountsAnswer>;
  'virtualAccount.request': Message<VirtualAccountRequest, VirtualAccountAnswer>;
  'virtualAccount.enrol': Message<VirtualAccountRequest, VirtualAccountAnswer>;
  'virtualAccount.replace': Message<VirtualAccountRequest, VirtualAccountAnswer>;
  'virtualAccount.discard': Message<VirtualAccountRequest, VirtualAccountAnswer>;
}

/** What a built-in operation is asked with. */
export type RequestOf<Name extends OperationName> = OperationMessages[Name]['request'];

/** What a built-in operation answers. */
export type AnswerOf<Name extends OperationName> = OperationMessages[Name]['answer'];
