import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DashboardLinkBuilder,
  DashboardLinkType,
  FieldColorBuilder,
  FieldColorModeId,
  DashboardLinkBuilder as LinkBuilder,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as LogsPanel } from '@grafana/grafana-foundation-sdk/logs';
import { DataqueryBuilder as LokiQuery } from '@grafana/grafana-foundation-sdk/loki';
import {
  DataqueryBuilder as PrometheusQuery,
  PromQueryFormat,
} from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table';
import {
  SearchTableType,
  DataqueryBuilder as TempoQuery,
} from '@grafana/grafana-foundation-sdk/tempo';
import { PanelBuilder as TimeseriesPanel } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Link } from './links.ts';

/** Units of Grafana by what is shown. */
export const units = {
  count: 'short',
  seconds: 's',
  share: 'percentunit',
  usd: 'currencyUSD',
  usdPerHour: 'currencyUSD',
  perSecond: 'cps',
  requests: 'reqps',
  bytes: 'bytes',
  since: 'dateTimeFromNow',
  text: 'string',
} as const;

/** One colour for one meaning, on every dashboard. */
export const colors = {
  good: 'green',
  warn: 'orange',
  bad: 'red',
  info: 'blue',
  plain: 'text',
} as const;

/** A value from which a colour holds; the first has none and holds below. */
export type Step = readonly [from: number | null, color: keyof typeof colors];

export interface PromQuery {
  readonly expr: string;
  readonly legend?: string;
  /** Of a histogram: shows traces beside the line. */
  readonly exemplars?: boolean;
}

/** A panel as its author writes it. */
export interface PanelSpec {
  readonly kind: 'stat' | 'timeseries' | 'table' | 'logs' | 'traces';
  readonly title: string;
  /** What it says, and what a bad value means. */
  readonly description: string;
  readonly unit: keyof typeof units;
  /** PromQL; of `logs` one LogQL, of `traces` one TraceQL expression. */
  readonly queries: readonly PromQuery[];
  readonly links: readonly Link[];
  readonly steps?: readonly Step[];
  /** Of 24 columns. @default 4 for a stat, 12 for others */
  readonly width?: number;
  readonly max?: number;
}

/** By the dashboard's variable of that name. */
export const datasource = <Type extends string>(type: Type) => ({ type, uid: `\${${type}}` });
const datasources = {
  prometheus: datasource('prometheus'),
  loki: datasource('loki'),
  tempo: datasource('tempo'),
};

type AnyPanel = StatPanel | TimeseriesPanel | TablePanel | LogsPanel;

export function createPanel(spec: PanelSpec): AnyPanel {
  const { kind } = spec;
  if (kind === 'stat') return dress(stat(spec), spec, 4);
  if (kind === 'timeseries') return dress(timeseries(spec), spec, 7);
  if (kind === 'logs') return dress(logs(spec), spec, 8);
  return dress(kind === 'traces' ? traces(spec) : table(spec), spec, 8);
}

function dress<Panel extends AnyPanel>(panel: Panel, spec: PanelSpec, height: number): Panel {
  const { kind, title, description, unit, links, width = kind === 'stat' ? 4 : 12 } = spec;
  panel.title(title).description(description).unit(units[unit]);
  panel.links(links.map(toLink)).height(height).span(width);
  return panel;
}

/** As a panel and a dashboard have links. */
export function toLink({ title, url }: Link): DashboardLinkBuilder {
  return new LinkBuilder(title).type(DashboardLinkType.Link).url(url);
}

function stat(spec: PanelSpec): StatPanel {
  const panel = new StatPanel()
    .datasource(datasources.prometheus)
    .colorMode(BigValueColorMode.Background)
    .graphMode(BigValueGraphMode.Area)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .thresholds(thresholds(spec.steps ?? [[null, 'info']]))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .noValue('no data');
  return spec.queries.reduce((each, query, index) => each.withTarget(prom(query, index)), panel);
}

function timeseries(spec: PanelSpec): TimeseriesPanel {
  const panel = new TimeseriesPanel()
    .datasource(datasources.prometheus)
    .min(0)
    .lineWidth(1)
    .fillOpacity(8)
    .spanNulls(false)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(['lastNotNull', 'max']),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
  if (spec.max !== undefined) panel.max(spec.max);
  if (spec.steps) {
    panel
      .thresholds(thresholds(spec.steps))
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Line));
  }
  return spec.queries.reduce((each, query, index) => each.withTarget(prom(query, index)), panel);
}

function table(spec: PanelSpec): TablePanel {
  const panel = new TablePanel().datasource(datasources.prometheus).filterable(true);
  return spec.queries.reduce(
    (each, query, index) =>
      each.withTarget(prom(query, index).instant().format(PromQueryFormat.Table)),
    panel,
  );
}

function logs({ queries: [query] }: PanelSpec): LogsPanel {
  const target = new LokiQuery()
    .expr(query?.expr ?? '')
    .queryType('range')
    .refId('A');
  return new LogsPanel()
    .datasource(datasources.loki)
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .withTarget(target.datasource(datasources.loki));
}

function traces({ queries: [query] }: PanelSpec): TablePanel {
  const target = new TempoQuery()
    .queryType('traceql')
    .query(query?.expr ?? '')
    .refId('A')
    .limit(20);
  return new TablePanel()
    .datasource(datasources.tempo)
    .withTarget(target.tableType(SearchTableType.Traces).datasource(datasources.tempo));
}

function prom({ expr, legend, exemplars = false }: PromQuery, index: number): PrometheusQuery {
  const query = new PrometheusQuery()
    .datasource(datasources.prometheus)
    .expr(expr)
    .refId(String.fromCharCode(65 + index))
    .exemplar(exemplars);
  return legend === undefined ? query : query.legendFormat(legend);
}

function thresholds(steps: readonly Step[]): ThresholdsConfigBuilder {
  // The first step is the colour below all values: JSON has it as null.
  const list = steps.map(([value, color]): Threshold => ({ value, color: colors[color] }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(list);
}
