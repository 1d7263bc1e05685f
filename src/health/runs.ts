import { DEFAULTS } from './defaults.ts';

/** Calls in a row that ended alike, and when the first of them did. */
class Run {
  count = 0;
  sinceMs = 0;

  add(nowMs: number): void {
    if (this.count === 0) this.sinceMs = nowMs;
    this.count += 1;
  }

  end(): void {
    this.count = 0;
  }
}

/** The runs of a broker's calls, up to now. Times in milliseconds since 1970. */
export class Runs {
  readonly good = new Run();
  readonly bad = new Run();
  readonly maintenance = new Run();
  readonly other = new Run();
  lastBadMs = 0;

  answered(nowMs: number): void {
    this.good.add(nowMs);
    this.bad.end();
    this.maintenance.end();
    this.other.end();
  }

  failed(isMaintenance: boolean, nowMs: number): void {
    this.good.end();
    this.bad.add(nowMs);
    this.lastBadMs = nowMs;
    const [met, ended] = isMaintenance ? [this.maintenance, this.other] : [this.other, this.maintenance];
    met.add(nowMs);
    ended.end();
  }

  /** Announced maintenance needs no second call to be believed. */
  announced(nowMs: number): void {
    this.good.end();
    this.other.end();
    this.maintenance.add(nowMs);
    this.maintenance.count = Math.max(this.maintenance.count, DEFAULTS.maintenanceRun);
  }
}
