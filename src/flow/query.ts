import type { JsonObject } from '../model/json.ts';

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function parametersOf(name: string, value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value)
    ? value
    : value === null || value === undefined
      ? []
      : [value];
  return values.map((each) => {
    if (!isScalar(each)) throw new TypeError(`message.${name}: expected a text, a number or a list of such, for a GET`);
    return `${encodeURIComponent(name)}=${encodeURIComponent(each)}`;
  });
}

/**
 * The fields of a message as the query of a URL, `?` included; what is absent or null is left out.
 *
 * @throws TypeError for a field that a query cannot hold.
 */
export function queryOf(message: JsonObject): string {
  const parameters = Object.entries(message).flatMap(([name, value]) => parametersOf(name, value));
  return parameters.length === 0 ? '' : `?${parameters.join('&')}`;
}
