import { drawsOf, type Draw } from './chance.ts';

/** How often each play comes, as a weight: what a broker does with a request that reached it. */
const WEIGHTS = {
  // In order, if not always as one would like it.
  answered: 420,
  slow: 60,
  pieces: 20,
  chunked: 20,
  large: 15,
  'euc-kr': 40,
  gzip: 15,
  closing: 15,
  dying: 25,
  extra: 10,
  continues: 10,
  'next-page': 15,
  'same-page': 10,
  // The broker's own word.
  'broker-code': 60,
  'broker-code-500': 15,
  'item-failed': 15,
  foreign: 10,
  'foreign-denial': 5,
  'code-unlisted': 8,
  'code-text': 8,
  conflict: 8,
  'wrong-echo': 10,
  'wrong-trcode': 10,
  // HTTP that carries no message.
  redirect: 5,
  '503': 8,
  '503-soon': 10,
  '503-late': 5,
  '429-soon': 12,
  '429': 5,
  '500': 8,
  '504': 6,
  '404': 5,
  '401': 4,
  '400': 4,
  // Bodies that are none.
  html: 8,
  maintenance: 8,
  empty: 6,
  '204': 4,
  'no-envelope': 6,
  'bad-json': 8,
  undecodable: 6,
  oversized: 6,
  // Sockets.
  reset: 10,
  fin: 8,
  'reset-early': 8,
  'head-cut': 6,
  'head-reset': 6,
  'body-cut': 8,
  'body-reset': 8,
  'chunk-bad': 5,
  'not-http': 5,
  upgrade: 4,
  'huge-head': 5,
  silent: 10,
  'head-stall': 5,
  'head-drip': 4,
  'body-stall': 8,
  drip: 6,
} as const;

/** Name of something that a broker does with a request. */
export type Play = keyof typeof WEIGHTS;

const PLAYS = Object.keys(WEIGHTS).filter(isPlay);
const TOTAL = PLAYS.reduce((sum, play) => sum + WEIGHTS[play], 0);

function isPlay(name: string): name is Play {
  return Object.hasOwn(WEIGHTS, name);
}

function drawn(draw: Draw): Play {
  let left = draw() * TOTAL;
  return PLAYS.find((play) => (left -= WEIGHTS[play]) < 0) ?? 'answered';
}

/** Plays that come again with every attempt of a call, since only then they come to what they are for. */
const STUBBORN: ReadonlySet<Play> = new Set<Play>(['same-page']);

/** What the broker does with an attempt of a call: the plan of caller and broker, which both know without a word. */
export function playOf(seed: number, id: string, attempt: number): { readonly play: Play; readonly draw: Draw } {
  const draw = drawsOf(seed, id, attempt);
  const play = drawn(draw);
  const first = attempt === 1 ? play : drawn(drawsOf(seed, id, 1));
  return { play: STUBBORN.has(first) ? first : play, draw };
}

/** Plays that turn a request away without doing anything, and say so: even a write may come again after them. */
export const TURNED_AWAY: ReadonlySet<Play> = new Set<Play>(['429-soon', '429', 'foreign-denial']);
