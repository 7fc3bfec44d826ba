import type { DashboardUid } from '../dashboards/dashboard-uids.ts';
import type { Duration, Time } from './time-scale.ts';

/**
 * `page` wakes somebody: users are harmed, or money is being spent, and it goes on. `ticket` is read in the
 * morning.
 */
export const severities = ['page', 'ticket'] as const;
export type Severity = (typeof severities)[number];

/** What rules are generated for. */
export interface RuleOptions {
  /** @default 1 */
  readonly timeScale?: number;
  /**
   * The environment whose absence is told, where one Prometheus holds several. Unset: any.
   */
  readonly environment?: string;
  /** What runbooks begin with: a path or a URL. @default ops/runbooks */
  readonly runbooks?: string;
  /** Where Grafana is. @default http://127.0.0.1:3000 */
  readonly grafanaUrl?: string;
}

/** An alert as its author writes it; what every alert has is added when it is written out. */
export interface AlertSpec {
  /** In CamelCase. Its runbook is `ops/runbooks/<alert>.md`. */
  readonly alert: string;
  readonly severity: Severity;
  /** Which service ails: inhibition compares it. A template where the series says it. */
  readonly service: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly expr: (time: Time, options: RuleOptions) => string;
  readonly for?: Duration;
  /** One line with the numbers: a template of Prometheus. */
  readonly summary: string;
  /** What it means for users and what to look at first: the same text for every series. */
  readonly description: string;
  readonly dashboard: DashboardUid;
}

/** A series that is computed beforehand. */
export interface RecordingSpec {
  /** `level:metric:operations`. */
  readonly record: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly expr: (time: Time) => string;
}

export interface RuleGroup {
  readonly name: string;
  readonly interval: Duration;
  readonly rules: readonly (AlertSpec | RecordingSpec)[];
}

/** A file of `ops/prometheus/rules`. */
export interface RuleFile {
  /** Without `.yml`. */
  readonly name: string;
  /** What stands at its top. */
  readonly about: string;
  readonly groups: readonly RuleGroup[];
}

export const isAlert = (rule: AlertSpec | RecordingSpec): rule is AlertSpec => 'alert' in rule;

/** The service that a series comes from, without its namespace: `aiq/aiq-backend` is `aiq-backend`. */
export const serviceOfSeries = '{{ reReplaceAll "^.*/" "" $labels.job }}';
