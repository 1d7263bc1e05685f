import { afterAll, describe, expect, it } from '@jest/globals';
import { runChild } from '../support/child.ts';
import { ANSWERS } from './scenes/answers.ts';
import { COURSE } from './scenes/course.ts';
import { WAY } from './scenes/way.ts';
import { judgementOf, play, type Scene } from './stage.ts';

const SCENES: readonly Scene[] = [...WAY, ...ANSWERS, ...COURSE];

/** Most milliseconds from the start of the steps to a verdict. */
const VERDICT_MS = 10_000;

const TEST_MS = 20_000;

const right = { active: 0, alone: 0 };

describe('a scene on real sockets', () => {
  it.each(SCENES)(
    'is judged rightly, with a probe and by records alone: $what',
    async (scene) => {
      const { active, alone, probe, records } = await play(scene);
      const { expected, fault } = scene;
      expect({ ...judgementOf(active), fault: active.fault }).toEqual({ ...expected, fault });
      right.active += 1;
      expect({ ...judgementOf(alone), fault: alone.fault }).toEqual({ ...expected, ...scene.alone, fault });
      right.alone += 1;
      expect(probe.totalMs).toBeLessThanOrEqual(VERDICT_MS);
      const own = records.filter(({ broker }) => broker === 'samsung').length;
      expect(own).toBe(scene.calls.flat().length + (scene.read === undefined ? 0 : 1));
    },
    TEST_MS,
  );

  it(
    'is judged rightly where this process can open no socket any more',
    async () => {
      const ours = {
        verdict: 'our-side',
        blame: 'platform',
        firstFailingPhase: 'connect',
        fault: 'local-resources',
      };
      const printed = await runChild('diagnosis-without-descriptors.ts', { descriptors: 100 });
      expect(printed['told']).toEqual([ours, ours]);
    },
    TEST_MS,
  );

  it('is one of at least 25', () => {
    expect(new Set(SCENES.map(({ what }) => what)).size).toBe(SCENES.length);
    expect(SCENES.length).toBeGreaterThanOrEqual(25);
  });

  afterAll(() => {
    const { active, alone } = right;
    process.stdout.write(
      `scenes judged rightly: ${active} of ${SCENES.length} with a probe, ${alone} by records alone\n`,
    );
  });
});
