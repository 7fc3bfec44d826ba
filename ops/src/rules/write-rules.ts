import { stringify } from 'yaml';
import { availabilityRules } from './availability-rules.ts';
import { burnRateRules } from './burn-rates.ts';
import { pipelineRules } from './pipeline-rules.ts';
import {
  type AlertSpec,
  isAlert,
  type RecordingSpec,
  type RuleFile,
  type RuleOptions,
} from './rule.ts';
import { runtimeRules } from './runtime-rules.ts';
import { telemetryRules } from './telemetry-rules.ts';
import { createTime, type Time } from './time-scale.ts';

/** All rules, symptoms first. */
export const ruleFiles = (): readonly RuleFile[] => [
  burnRateRules(),
  availabilityRules(),
  pipelineRules(),
  runtimeRules(),
  telemetryRules(),
];

/** A rule as Prometheus takes it. */
export interface WrittenRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface WrittenGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly WrittenRule[];
}

/** The groups of a file as Prometheus, Mimir or Grafana Cloud take them. */
export function createGroups(
  { groups }: RuleFile,
  options: RuleOptions = {},
): readonly WrittenGroup[] {
  const time = createTime(options.timeScale ?? 1);
  return groups.map(({ name, interval, rules }) => ({
    name,
    interval: time.length(interval),
    rules: rules.map((rule) =>
      isAlert(rule) ? toAlert(rule, time, options) : toRecording(rule, time),
    ),
  }));
}

/** The text of a file of rules, as it is committed and as a test runs it in another time scale. */
export function writeRules(file: RuleFile, options: RuleOptions = {}): string {
  const { timeScale = 1 } = options;
  const scaled = timeScale === 1 ? '' : ` Time scale ${timeScale}.`;
  const head = ` ${file.about}\n Made by \`npx pnpm@12 ops:generate\` from ops/src/rules.${scaled}`;
  return `${comment(head)}\n${stringify({ groups: createGroups(file, options) }, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

const comment = (text: string): string =>
  text
    .split('\n')
    .map((line) => `#${line}`)
    .join('\n');

function toAlert(spec: AlertSpec, time: Time, options: RuleOptions): WrittenRule {
  const { alert, severity, service, summary, description, dashboard } = spec;
  const { runbooks = 'ops/runbooks', grafanaUrl = 'http://127.0.0.1:3000' } = options;
  return {
    alert,
    expr: spec.expr(time, options),
    ...(spec.for === undefined ? {} : { for: time.length(spec.for) }),
    labels: { severity, service, ...spec.labels },
    annotations: {
      summary,
      description,
      runbook_url: `${runbooks}/${alert}.md`,
      dashboard_url: `${grafanaUrl}/d/${dashboard}`,
    },
  };
}

function toRecording({ record, labels, expr }: RecordingSpec, time: Time): WrittenRule {
  return { record, expr: expr(time), ...(labels === undefined ? {} : { labels }) };
}
