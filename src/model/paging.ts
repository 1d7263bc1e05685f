import type { Place } from './place.ts';

/** A value and where it is sent. */
export interface Placed {
  readonly place: Place;
  readonly value: string;
}

/** How a broker's lists go on. */
export interface Paging {
  readonly requestFlag?: { readonly place: Place; readonly first?: string; readonly next: string };
  /** Without `more`, any value says that there is more. */
  readonly responseFlag?: { readonly place: Place; readonly more?: readonly string[] };
  readonly keys: readonly { readonly from: Place; readonly to: Place }[];
}
