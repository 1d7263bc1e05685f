import { witnessesOf, type Witness, type WitnessedCall, type WitnessedSending } from '../calling/witness.ts';
import type { Fixture, FixtureAttempt } from '../fixture/format.ts';
import { withLiveEchoes } from '../fixture/live.ts';
import { nearestOf, Playlist, type Asked } from '../fixture/match.ts';
import { labelOf } from '../fixture/label.ts';
import { pageOf } from '../fixture/page.ts';
import { FixtureMissError } from './miss-error.ts';
import { NockStage } from './nock-stage.ts';

/** A replay under way. */
export interface Replay {
  /** Fixtures that no call was answered with; those that never reach a broker (`refused`) are not counted. */
  readonly unused: () => readonly Fixture[];
  /** Calls that no fixture answered to. */
  readonly misses: () => readonly FixtureMissError[];
  /** Ends it; the process is as it was before. A second time does nothing. */
  readonly stop: () => void;
  readonly [Symbol.dispose]: () => void;
}

/** A replay as those that run beside it see it. */
interface Player {
  readonly list: Playlist<Fixture>;
  readonly misses: FixtureMissError[];
}

/** Replays under way in this process, in the order they were started, and what they share. */
const players: Player[] = [];

/** The fixture that a call under way is played from. */
const playing = new WeakMap<WitnessedCall, Fixture>();

let stage: NockStage | undefined;

function askedOf({ call, request }: WitnessedSending): Asked {
  const { broker, operation, message } = call;
  return { broker: broker.alias, operation: operation.name, message, page: pageOf(broker.paging, request.headers) };
}

/** The miss of a call, told to every replay under way. */
function miss(sending: WitnessedSending, nearest: FixtureMissError['nearest']): FixtureMissError {
  const error = new FixtureMissError(askedOf(sending), sending.attempt, nearest);
  for (const { misses } of players) misses.push(error);
  return error;
}

/** The fixture of a call: of the first replay that has one. */
function fixtureFor(sending: WitnessedSending): Fixture {
  const asked = askedOf(sending);
  for (const { list } of players) {
    const fixture = list.take(asked);
    if (fixture !== undefined) return fixture;
  }
  const nearest = nearestOf(
    players.flatMap(({ list }) => list.fixtures),
    asked,
  );
  throw miss(sending, nearest === undefined ? undefined : { fixture: labelOf(nearest.fixture), why: nearest.why });
}

function attemptFor(sending: WitnessedSending): FixtureAttempt {
  const { call, attempt } = sending;
  const fixture = attempt === 1 ? fixtureFor(sending) : playing.get(call);
  if (fixture === undefined) throw miss(sending, undefined);
  playing.set(call, fixture);
  const recorded = fixture.attempts[attempt - 1];
  if (recorded !== undefined) return withLiveEchoes(recorded, fixture.request, call.message);
  const why = [`it has ${String(fixture.attempts.length)} attempts, and the connector makes another`];
  throw miss(sending, { fixture: labelOf(fixture), why });
}

const WITNESS: Witness = {
  sending: (sending) => {
    // A call that outlives its replay does not go on to the broker.
    if (stage === undefined) throw miss(sending, undefined);
    stage.play(sending, attemptFor(sending));
  },
};

function start(player: Player): void {
  stage ??= new NockStage();
  players.push(player);
  witnessesOf(globalThis).add(WITNESS);
}

function end(player: Player): void {
  const at = players.indexOf(player);
  if (at < 0) return;
  players.splice(at, 1);
  if (players.length > 0) return;
  witnessesOf(globalThis).delete(WITNESS);
  stage?.clear();
  stage = undefined;
}

/**
 * Answers to every call of every connector in this process from `fixtures`, through nock and in no time: a recorded time-out
 * does not wait, a recorded reset needs no socket. The attempts of a fixture are played in order; of several that answer to
 * a call the least played one is next. The connector's calls never reach a network, not even where the broker's address is on
 * loopback; other requests of the process may reach loopback only. nock 14 must be installed.
 *
 * Several replays can run side by side; a call is a miss when none of them has a fixture for it.
 *
 * @throws TypeError where nock is not installed. The calls themselves reject with a `FixtureMissError` where no fixture
 * answers to them.
 * @example
 * const replay = replayFixtures(loadFixtures('fixtures'));
 * afterAll(() => replay.stop());
 */
export function replayFixtures(fixtures: readonly Fixture[]): Replay {
  const given: unknown = fixtures;
  if (!Array.isArray(given)) throw new TypeError('fixtures: expected a list, as loadFixtures returns it');
  const player: Player = { list: new Playlist(fixtures), misses: [] };
  start(player);
  const stop = () => {
    end(player);
  };
  return { unused: () => player.list.unused(), misses: () => [...player.misses], stop, [Symbol.dispose]: stop };
}
