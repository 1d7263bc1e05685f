/** A simulator that cannot do what it was asked for: a port in use, a fixture that no broker can play. */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
}
