import { isJsonObject, type JsonObject } from '../model/json.ts';

/** A body as a JSON object; `undefined` where it is none. */
export function messageOf(body: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
