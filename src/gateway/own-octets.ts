import { isUtf8 } from 'node:buffer';
import { witnessesOf, type Witness } from '../calling/witness.ts';
import type { Connector } from '../connector.ts';
import type { JsonObject } from '../model/json.ts';
import type { Reply } from '../model/reply.ts';
import { scanJson, type Cut } from './json-scan.ts';
import { isSameShape, shapeOf } from './shape.ts';
import type { Withheld } from './withheld.ts';

const OPENING_BRACE = 0x7b;

function withoutCuts(octets: Buffer, cuts: readonly Cut[]): Buffer {
  if (cuts.length === 0) return octets;
  const starts = [0, ...cuts.map(({ to }) => to)];
  return Buffer.concat(starts.map((start, index) => octets.subarray(start, cuts[index]?.from)));
}

/**
 * The octets of `data`, read from `body`, without `fields`, where every reader understands by them what was judged: JSON in
 * UTF-8 from the first octet on, every key once and none left out, every number a number. `undefined` for any other. Pure.
 */
export function octetsOf(body: Buffer, data: JsonObject, fields: Withheld): Buffer | undefined {
  if (body[0] !== OPENING_BRACE || !isUtf8(body)) return undefined;
  const scan = scanJson(body.toString('latin1'), fields);
  return isSameShape(scan, shapeOf(data, fields)) ? withoutCuts(body, scan.cuts) : undefined;
}

/** Answers in the octets that their brokers sent, for as long as somebody holds the answers. */
export class OwnOctets {
  readonly #bodies = new WeakMap<JsonObject, Buffer>();

  /** Those of every answer that `connector` gets from now on. */
  constructor(connector: Connector) {
    const witness: Witness = {
      settled: ({ outcomes, settled }) => {
        const last = outcomes.at(-1);
        if (!settled.ok || last?.kind !== 'answered') return;
        const { buffer, byteOffset, byteLength } = last.body;
        this.#bodies.set(settled.reply.data, Buffer.from(buffer, byteOffset, byteLength));
      },
    };
    witnessesOf(connector).add(witness);
  }

  /** As `octetsOf`, of an answer that was got here; `undefined` where anything of it had to be made good. */
  without(fields: Withheld, { data, meta }: Reply): Buffer | undefined {
    const body = this.#bodies.get(data);
    // Another charset, too, is told by a warning.
    return body === undefined || meta.warnings.length > 0 ? undefined : octetsOf(body, data, fields);
  }
}
