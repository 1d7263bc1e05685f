import { AsyncResource } from 'node:async_hooks';

/**
 * What was active where a call was made, an `AsyncLocalStorage`'s store or a tracer's span: whatever happens for the call later on,
 * in the event of a socket that somebody else has dialled, happens in it.
 */
export class CallerContext extends AsyncResource {
  constructor() {
    super('op-exco.call');
  }
}
