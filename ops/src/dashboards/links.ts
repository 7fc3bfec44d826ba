import type { DashboardUid } from './dashboard-uids.ts';

/** Where a reader goes on from a panel. */
export interface Link {
  readonly title: string;
  readonly url: string;
  /** Query of a link into Explore, for the lint. */
  readonly query?: { readonly language: 'traceql' | 'logql'; readonly text: string };
}

/** Another dashboard, with the same time and variables. */
export const toDashboard = (uid: DashboardUid, title: string): Link => ({
  title,
  url: `/d/${uid}?\${__url_time_range}&\${__all_variables}`,
});

/** The runbook of an alert. */
export const toRunbook = (alert: string): Link => ({
  title: `Runbook: ${alert}`,
  url: `\${runbooks}/${alert}.md`,
});

/** Traces in Explore. */
export const toTraces = (title: string, text: string): Link => ({
  title,
  url: explore('tempo', { queryType: 'traceql', query: text, limit: 20 }),
  query: { language: 'traceql', text },
});

/** Log lines in Explore. */
export const toLogs = (title: string, text: string): Link => ({
  title,
  url: explore('loki', { expr: text, queryType: 'range' }),
  query: { language: 'logql', text },
});

/** Grafana puts variables in before it opens an address: their braces must not be encoded. */
function explore(source: 'tempo' | 'loki', query: Record<string, unknown>): string {
  const datasource = { type: source, uid: `\${${source}}` };
  const panes = {
    a: {
      datasource: datasource.uid,
      queries: [{ refId: 'A', datasource, ...query }],
      range: { from: `\${__from}`, to: `\${__to}` },
    },
  };
  const encoded = encodeURIComponent(JSON.stringify(panes)).replace(
    /%24%7B(\w+)%7D/g,
    (_, name: string) => `\${${name}}`,
  );
  return `/explore?schemaVersion=1&panes=${encoded}`;
}
