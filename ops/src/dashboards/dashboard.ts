import {
  ConstantVariableBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { environment } from '../series/selectors.ts';
import { type DashboardUid, dashboardUids } from './dashboard-uids.ts';
import { toDashboard } from './links.ts';
import { createPanel, datasource, type PanelSpec, toLink } from './panel.ts';

/** A dashboard as its author writes it. */
export interface DashboardSpec {
  readonly uid: DashboardUid;
  readonly title: string;
  readonly description: string;
  /** The first row is of stats: what to see at a glance, at night. */
  readonly rows: readonly { readonly title: string; readonly panels: readonly PanelSpec[] }[];
}

export interface DashboardOptions {
  /** What links to runbooks begin with. @default ops/runbooks */
  readonly runbooks?: string;
}

/** Which series a reader wants: of the chosen environment, services and instances. */
export const chosen = `${environment}=~"$environment", job=~"$service", instance=~"$instance"`;
/** Where the service is given. */
export const chosenOf = (service: string): string =>
  `${environment}=~"$environment", ${service}, instance=~"$instance"`;
/** For what all replicas share. */
export const chosenEnvironment = `${environment}=~"$environment"`;

/** The dashboard in Grafana's model, to be written as JSON. */
export function createDashboard(
  spec: DashboardSpec,
  { runbooks = 'ops/runbooks' }: DashboardOptions = {},
) {
  const { uid, title, description, rows } = spec;
  const dashboard = new DashboardBuilder(`AIQ · ${title}`)
    .uid(uid)
    .description(description)
    .tags(['aiq', 'generated'])
    .time({ from: 'now-3h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly();
  for (const variable of variables(runbooks)) dashboard.withVariable(variable);
  const others = dashboardUids.filter((other) => other !== uid);
  dashboard.links(others.map((other) => toLink(toDashboard(other, other.replace('aiq-', '')))));
  for (const row of rows) {
    dashboard.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) dashboard.withPanel(createPanel(panel));
  }
  return dashboard.build();
}

function variables(runbooks: string) {
  const source = (name: 'prometheus' | 'tempo' | 'loki', label: string) =>
    new DatasourceVariableBuilder(name).label(label).type(name);
  const labelValues = (name: string, query: string) =>
    new QueryVariableBuilder(name)
      .datasource(datasource('prometheus'))
      .query(query)
      .refresh(VariableRefresh.OnTimeRangeChanged)
      .sort(VariableSort.AlphabeticalAsc)
      .includeAll(true)
      // Series without the label are meant too: of a store that holds one environment only.
      .allValue('.*')
      .current({ selected: true, text: 'All', value: '$__all' });
  return [
    source('prometheus', 'Prometheus'),
    source('tempo', 'Tempo'),
    source('loki', 'Loki'),
    labelValues('environment', `label_values(target_info, ${environment})`).label('Environment'),
    labelValues('service', `label_values(target_info{${environment}=~"$environment"}, job)`)
      .label('Service')
      .multi(true),
    labelValues(
      'instance',
      `label_values(target_info{${environment}=~"$environment", job=~"$service"}, instance)`,
    )
      .label('Instance')
      .multi(true),
    new ConstantVariableBuilder('runbooks').value(runbooks),
  ];
}
