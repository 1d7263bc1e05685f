/** Where a value stands: in a header, its name in lower case, or at a path in the message. */
export type Place =
  { readonly kind: 'header'; readonly name: string } | { readonly kind: 'path'; readonly path: readonly string[] };
