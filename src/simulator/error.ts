/**
 * A simulator that cannot do what it was asked for: a port in use, a fixture that no broker can play.
 *
 * @example
 * const simulator = await startSimulator({ fixtures: loadFixtures('fixtures') });
 * try {
 *   await simulator.scenario('samsung', 'no such note');
 * } catch (mistake) {
 *   if (mistake instanceof SimulatorError) console.error(mistake.message);
 * }
 * await simulator.close();
 */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
}
