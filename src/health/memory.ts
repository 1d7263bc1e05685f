import type { CallEnd } from '../model/health.ts';
import { RecentCalls } from './recent.ts';
import { HealthWindow } from './window.ts';

/** What is remembered of calls. One memory may serve connectors that follow each other, so that what is known stays known. */
export class CallMemory {
  readonly window = new HealthWindow();
  readonly recent = new RecentCalls();

  /** Takes the end of a call in. */
  ended(end: CallEnd): void {
    this.window.record(end);
    this.recent.record(end);
  }
}
