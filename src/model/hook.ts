/** What a hook is told of the call it is asked for; nothing personal is in it. */
export interface HookCall {
  /** Alias of the broker. */
  readonly broker: string;
  readonly operation: string;
  readonly requestId: string;
}

type Headers = Readonly<Record<string, string>>;

/** Gives headers for one call, now or later; it is asked for every call, so that a secret need not be kept here. */
export type HeadersHook = (call: HookCall) => Headers | PromiseLike<Headers>;

/** Credentials that are kept elsewhere and can be renewed. */
export interface CredentialsHook {
  /** The headers that carry the credentials of today. */
  readonly get: HeadersHook;
  /** Makes new ones; a rejection says that it did not succeed. Never called twice at once for one broker. */
  readonly renew: (broker: { readonly broker: string }) => unknown;
}
