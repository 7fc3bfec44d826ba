import { stringify } from 'yaml';
import { isAlert, type RuleFile } from '../rules/rule.ts';
import { createGroups, type WrittenRule } from '../rules/write-rules.ts';
import type { AlertCase, ExpectedAlert } from './alert-case.ts';
import { burnRateCases } from './burn-rate-cases.ts';
import { plainCases } from './plain-cases.ts';

/** The unit tests of a file's alerts. */
export const casesOf = ({ name }: RuleFile): readonly AlertCase[] =>
  name === 'slo' ? burnRateCases() : (plainCases[name] ?? []);

/** The cases of a file as `promtool test rules` takes them. */
export function writeCases(file: RuleFile): string {
  const rules = createGroups(file).flatMap((group) => group.rules);
  const head = `# What the alerts of ../rules/${file.name}.yml say of given series. Made by \`npx pnpm@12 ops:generate\` from ops/src/cases.\n`;
  const document = {
    // Days of samples: looked at less often, so that it takes seconds.
    ...(file.name === 'slo' ? { evaluation_interval: '15m' } : {}),
    rule_files: [`../rules/${file.name}.yml`],
    // promtool takes groups in any order, and later ones stand on earlier ones.
    group_eval_order: file.groups.map(({ name }) => name),
    tests: casesOf(file).map((each) => toTest(each, rules)),
  };
  return head + stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Names of a file's alerts, each once. */
export const alertsOf = ({ groups }: RuleFile): readonly string[] => [
  ...new Set(groups.flatMap(({ rules }) => rules.filter(isAlert).map(({ alert }) => alert))),
];

function toTest(
  { name, interval = '1m', series, expected }: AlertCase,
  rules: readonly WrittenRule[],
) {
  return {
    name,
    interval,
    input_series: Object.entries(series).map(([selector, values]) => ({
      series: selector,
      values,
    })),
    alert_rule_test: Object.entries(expected).flatMap(([time, alerts]) =>
      Object.entries(alerts).map(([alertname, list]) => ({
        eval_time: time,
        alertname,
        exp_alerts: list.map((each) => toExpectation(alertname, each, rules)),
      })),
    ),
  };
}

/** Labels and annotations that are no templates are those of the rule. */
function toExpectation(
  alertname: string,
  { labels, summary }: ExpectedAlert,
  rules: readonly WrittenRule[],
) {
  const rule = rules.find(
    (each) =>
      each.alert === alertname &&
      (labels['window'] === undefined || each.labels?.['window'] === labels['window']),
  );
  if (rule === undefined) throw new Error(`no rule ${alertname} with ${JSON.stringify(labels)}`);
  const fixed = Object.entries(rule.labels ?? {}).filter(([, value]) => !value.includes('{{'));
  return {
    exp_labels: { ...Object.fromEntries(fixed), ...labels },
    exp_annotations: { ...rule.annotations, summary },
  };
}
