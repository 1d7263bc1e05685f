/** A securities company the platform lists. */
export interface Company {
  /** Five digits, stable over renamings. */
  readonly comId: string;
  /** The platform's short name: lower case, part of the URL. */
  readonly alias: string;
  /** Korean name as listed. */
  readonly name: string;
  /** Other spellings of the alias seen in use. */
  readonly synonyms: readonly string[];
  /** One of the platform's test brokers. */
  readonly sandbox: boolean;
}

/**
 * The 37 listed companies and the 3 sandbox brokers, by comId.
 *
 * @example COMPANIES.find(({ comId }) => comId === '00002')?.alias; // 'shinhan'
 */
export const COMPANIES: readonly Company[] = [
  { comId: '00001', alias: 'kyobo', name: '교보증권', synonyms: [], sandbox: false },
  { comId: '00002', alias: 'shinhan', name: '신한금융투자', synonyms: [], sandbox: false },
  { comId: '00003', alias: 'koreainvest', name: '한국투자증권', synonyms: [], sandbox: false },
  { comId: '00004', alias: 'daishin', name: '대신증권', synonyms: [], sandbox: false },
  { comId: '00005', alias: 'daewoo', name: '대우증권', synonyms: [], sandbox: false },
  { comId: '00006', alias: 'shinyoung', name: '신영증권', synonyms: [], sandbox: false },
  { comId: '00008', alias: 'eugene', name: '유진투자증권', synonyms: [], sandbox: false },
  { comId: '00009', alias: 'hanyang', name: '한양증권', synonyms: [], sandbox: false },
  { comId: '00010', alias: 'meritz', name: '메리츠종합금융증권', synonyms: [], sandbox: false },
  { comId: '00012', alias: 'nhinvest', name: 'NH투자증권', synonyms: [], sandbox: false },
  { comId: '00013', alias: 'bookook', name: '부국증권', synonyms: [], sandbox: false },
  { comId: '00017', alias: 'kbinvest', name: 'KB투자증권', synonyms: [], sandbox: false },
  { comId: '00021', alias: 'hanwha', name: '한화투자증권', synonyms: [], sandbox: false },
  { comId: '00022', alias: 'hmc', name: '에이치엠씨투자증권', synonyms: [], sandbox: false },
  { comId: '00023', alias: 'yuwha', name: '유화증권', synonyms: [], sandbox: false },
  { comId: '00024', alias: 'yuanta', name: '유안타증권', synonyms: [], sandbox: false },
  { comId: '00025', alias: 'sk', name: 'SK증권', synonyms: [], sandbox: false },
  { comId: '00029', alias: 'gbridge', name: '골든브릿지투자증권', synonyms: [], sandbox: false },
  { comId: '00030', alias: 'samsung', name: '삼성증권', synonyms: [], sandbox: false },
  { comId: '00031', alias: 'dongbu', name: '동부증권', synonyms: [], sandbox: false },
  { comId: '00034', alias: 'kb', name: '케이비투자증권', synonyms: [], sandbox: false },
  { comId: '00046', alias: 'hi', name: '하이투자증권', synonyms: ['hiinvest'], sandbox: false },
  { comId: '00049', alias: 'miraeassetdaewoo', name: '미래에셋증권', synonyms: ['miraeasset'], sandbox: false },
  { comId: '00050', alias: 'kiwoom', name: '키움증권', synonyms: [], sandbox: false },
  { comId: '00052', alias: 'leading', name: '리딩투자증권', synonyms: [], sandbox: false },
  { comId: '00056', alias: 'hana', name: '하나금융투자', synonyms: [], sandbox: false },
  { comId: '00063', alias: 'ebest', name: '이베스트투자증권', synonyms: [], sandbox: false },
  { comId: '00064', alias: 'koreaasset', name: '코리아에셋투자증권', synonyms: [], sandbox: false },
  { comId: '00065', alias: 'bng', name: '비엔지증권', synonyms: [], sandbox: false },
  { comId: '00066', alias: 'heungkuk', name: '흥국증권', synonyms: [], sandbox: false },
  { comId: '00068', alias: 'ibk', name: 'IBK투자증권', synonyms: [], sandbox: false },
  { comId: '00069', alias: 'barofn', name: '바로투자증권', synonyms: [], sandbox: false },
  { comId: '00070', alias: 'taurus', name: '토러스투자증권', synonyms: [], sandbox: false },
  { comId: '00071', alias: 'ktb', name: 'KTB투자증권', synonyms: [], sandbox: false },
  { comId: '00072', alias: 'lig', name: '엘아이지투자증권', synonyms: [], sandbox: false },
  { comId: '00073', alias: 'apple', name: '애플투자증권', synonyms: [], sandbox: false },
  { comId: '00086', alias: 'bnkfn', name: '비엔케이투자증권', synonyms: [], sandbox: false },
  { comId: '00991', alias: 'cyber', name: '사이버 증권', synonyms: [], sandbox: true },
  { comId: '00992', alias: 'diamond', name: '다이아몬드 증권', synonyms: [], sandbox: true },
  { comId: '00993', alias: 'star', name: '스타 증권', synonyms: [], sandbox: true },
];
