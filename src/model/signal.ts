/** What a call uses of an `AbortSignal`; one of any make will do. */
export interface CallSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The reason of a signal that has aborted, as `AbortSignal` has it; older ones have none. */
export function reasonOf({ reason }: CallSignal): unknown {
  return reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
}
