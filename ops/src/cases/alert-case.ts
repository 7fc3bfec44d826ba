import type { Duration } from '../rules/time-scale.ts';

/** An alert that is expected: what its series and its templates make of it. */
export interface ExpectedAlert {
  /** Labels of the series, and those of the rule that are templates or told apart rules of one name. */
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** A unit test of alerts: series, and what is said at some moments of theirs. */
export interface AlertCase {
  /** What is shown, as a sentence. */
  readonly name: string;
  /** Between two samples, and two evaluations. @default 1m */
  readonly interval?: Duration;
  /** Selector of one series, and its samples in promtool's notation. */
  readonly series: Readonly<Record<string, string>>;
  /** By the time from the first sample, by alert; an empty list is silence. */
  readonly expected: Readonly<Record<string, Readonly<Record<string, readonly ExpectedAlert[]>>>>;
}
