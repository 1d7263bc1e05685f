import { findError } from '../catalog/lookup.ts';
import { fieldOf, textOf, type JsonObject } from '../model/json.ts';
import type { ItemTrCode } from '../model/operation.ts';
import { personalValues, redactText } from '../model/redact.ts';
import type { Expectation, ItemFailure } from '../model/verdict.ts';
import { detailOf } from './detail.ts';
import { virtualAccountsOf } from './fields.ts';

/** Which code a failed item stands for (table C): the operation that was asked for could not be done. */
const ITEM_CODE: Readonly<Record<ItemTrCode, number>> = { ISS: 5004, REP: 5005, REQ: 5006, DIS: 5007 };

const FAILED: ReadonlySet<string> = new Set(['FAILURE', 'FAILED']);

export interface Items {
  /** Set when no item succeeded: then the call fails as they did. */
  readonly failure?: { readonly code: number; readonly reason: string };
  readonly itemFailures: readonly ItemFailure[];
  readonly warnings: readonly string[];
}

const NO_ITEMS: Items = { itemFailures: [], warnings: [] };

function statusOf(item: JsonObject): string {
  return (textOf(fieldOf(item, 'status')) ?? '').toUpperCase();
}

function reasonOf(item: JsonObject, fixedText: string): string {
  const detail = detailOf(textOf(fieldOf(item, 'message')) ?? '', fixedText, 'reason');
  return detail?.kind === 'reason' ? detail.text : '';
}

/** The outcome of every item in the acknowledgement of a virtual-account message: success at the top proves nothing. */
export function itemsOf({ operation, items, message }: Expectation, answer: JsonObject): Items {
  if (items === undefined || operation.itemTrCode === undefined) return NO_ITEMS;
  const code = ITEM_CODE[operation.itemTrCode];
  const acks = virtualAccountsOf(answer) ?? [];
  const failed = acks.flatMap((item, index) => (FAILED.has(statusOf(item)) ? [{ item, index }] : []));
  const fixedText = findError(code)?.message ?? '';
  if (failed.length > 0 && failed.length === acks.length) {
    const reasons = new Set(failed.map(({ item }) => reasonOf(item, fixedText)).filter((reason) => reason !== ''));
    return { ...NO_ITEMS, failure: { code, reason: [...reasons].join('; ') } };
  }
  const personal = failed.length === 0 ? [] : personalValues(message, answer);
  const unknown = acks.flatMap((item, index) => (['SUCCESS', ...FAILED].includes(statusOf(item)) ? [] : [index]));
  return {
    itemFailures: failed.map(({ item, index }) => {
      const reason = redactText(reasonOf(item, fixedText), personal);
      return { index, code, message: fixedText, ...(reason !== '' && { description: reason }) };
    }),
    warnings: unknown.map((index) => `item ${String(index)}: status is neither SUCCESS, FAILURE nor FAILED`),
  };
}
