import { cleanText } from './clean-text.ts';
import type { Disguise } from './disguise.ts';

/** ASCII, and letters of three octets or more in UTF-8, as Hangul is; two octets may be half of a syllable in CP949. */
const READABLE = /(?:\p{ASCII}|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+/gu;

/** Stands for an octet that cannot be read, while the others are cleaned. */
const UNREADABLE = '\ufffd';

/** An octet that begins no character in any charset of brokers. */
const NO_TEXT = 0xff;

/** Octets at the front of a compressed body that say how it is compressed. */
const MAGIC_OCTETS = 3;

/** The octets as text, with one mark for each that cannot be read. */
function readable(octets: Buffer): string {
  const text = octets.toString('latin1');
  let read = '';
  let from = 0;
  for (const match of text.matchAll(READABLE)) {
    read += UNREADABLE.repeat(match.index - from) + Buffer.from(match[0], 'latin1').toString('utf8');
    from = match.index + match[0].length;
  }
  return read + UNREADABLE.repeat(text.length - from);
}

/**
 * A body that no charset can read: what is readable in it cleaned as text, every other octet made one that nothing can be
 * read from. Of a compressed body only the first octets stay, since what is left of it may still be unpacked.
 */
export function cleanOctets(octets: Buffer, isPacked: boolean, path: string, disguise: Disguise): Buffer {
  if (isPacked) {
    const made = Buffer.alloc(octets.length, NO_TEXT);
    octets.copy(made, 0, 0, Math.min(MAGIC_OCTETS, octets.length));
    return made;
  }
  const pieces = cleanText(readable(octets), path, disguise)
    .split(UNREADABLE)
    .map((piece) => Buffer.from(piece));
  return Buffer.concat(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [Buffer.of(NO_TEXT), piece])));
}
