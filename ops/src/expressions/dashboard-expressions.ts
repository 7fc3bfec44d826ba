import type { DashboardSpec } from '../dashboards/dashboard.ts';
import type { PanelSpec } from '../dashboards/panel.ts';
import { dashboards } from '../dashboards/write-dashboards.ts';
import type { SourcedExpression } from './rule-expressions.ts';

/** An expression of a panel, with its language. */
export interface PanelExpression extends SourcedExpression {
  readonly language: 'promql' | 'logql' | 'traceql';
}

/** What Grafana puts in for its variables. */
export interface GrafanaVariables {
  /** @default 1m: four scrapes */
  readonly rateInterval?: string;
  /** @default 1h */
  readonly range?: string;
  /** Patterns of what is chosen. @default everything */
  readonly environment?: string;
}

/** The expressions of all panels as a reader who has chosen nothing sends them. */
export function readPanelExpressions(variables: GrafanaVariables = {}): readonly PanelExpression[] {
  return dashboards.flatMap((dashboard) =>
    panelsOf(dashboard).flatMap((panel) =>
      panel.queries.map(({ expr }) => ({
        source: `${dashboard.uid} › ${panel.title}`,
        expr: putVariablesIn(expr, variables),
        kind: 'panel' as const,
        language: languageOf(panel),
      })),
    ),
  );
}

export const panelsOf = ({ rows }: DashboardSpec): readonly PanelSpec[] =>
  rows.flatMap(({ panels }) => panels);

function languageOf({ kind }: PanelSpec): PanelExpression['language'] {
  if (kind === 'logs') return 'logql';
  return kind === 'traces' ? 'traceql' : 'promql';
}

/** @internal */
export function putVariablesIn(text: string, variables: GrafanaVariables = {}): string {
  const { rateInterval = '1m', range = '1h', environment = '.*' } = variables;
  return text
    .replaceAll('$__rate_interval', rateInterval)
    .replaceAll('$__range', range)
    .replaceAll('$environment', environment)
    .replace(/\$(service|instance)\b/g, '.*');
}
