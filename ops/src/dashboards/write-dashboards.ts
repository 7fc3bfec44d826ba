import { backendDashboard } from './backend.ts';
import { cost } from './cost.ts';
import { createDashboard, type DashboardOptions, type DashboardSpec } from './dashboard.ts';
import { overview } from './overview.ts';
import { pipeline } from './pipeline.ts';
import { providers } from './providers.ts';
import { sessions } from './sessions.ts';
import { slo } from './slo.ts';
import { telemetry } from './telemetry.ts';

export const dashboards: readonly DashboardSpec[] = [
  overview,
  backendDashboard,
  pipeline,
  cost,
  providers,
  sessions,
  slo,
  telemetry,
];

/** A dashboard as Grafana provisions and imports it. */
export function writeDashboard(spec: DashboardSpec, options: DashboardOptions = {}): string {
  return `${JSON.stringify(createDashboard(spec, options), undefined, 2)}\n`;
}
