import type { RuleOptions } from '../rules/rule.ts';
import { createGroups, ruleFiles } from '../rules/write-rules.ts';

/** An expression, with where it stands. */
export interface SourcedExpression {
  /** `alert <name>`, `record <name>{…}` or `<dashboard> › <panel>`. */
  readonly source: string;
  readonly expr: string;
  /** An alert's says nothing while all is well. */
  readonly kind: 'alert' | 'record' | 'panel';
}

/** The expressions of all rules, in a time scale. */
export function readRuleExpressions(options: RuleOptions = {}): readonly SourcedExpression[] {
  const rules = ruleFiles()
    .flatMap((file) => createGroups(file, options))
    .flatMap(({ rules }) => rules);
  return rules.map(({ alert, record, labels, expr }) => {
    const { slo, window } = labels ?? {};
    const details = [slo && `slo=${slo}`, window && `window=${window}`].filter(Boolean).join(', ');
    const kind = alert === undefined ? 'record' : 'alert';
    const name = `${kind} ${alert ?? record}`;
    return { source: details ? `${name} (${details})` : name, expr, kind };
  });
}
