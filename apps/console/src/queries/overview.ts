import type { OverviewAnswer } from '../api/contract/overview.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { listRuns } from './runs.ts';
import { listErrorGroups } from './search-errors.ts';
import { searchTraces } from './search-traces.ts';
import { ServiceTallies } from './services.ts';
import { type TimeWindow, toWindowView } from './time-window.ts';

const recentMax = 10;

/** All services at a glance. */
export function overviewOf(store: TelemetryStore, window: TimeWindow): OverviewAnswer {
  const tallies = new ServiceTallies(store, window);
  const services = tallies.list();
  const { groups } = listErrorGroups(store.errors, { limit: recentMax });
  const { traces } = searchTraces(store, {
    attribute: [],
    from: window.fromMs,
    sort: 'slowest',
    limit: recentMax,
  });
  return {
    ...toWindowView(window),
    total: { ...tallies.all.summary(window.windowSeconds), ...tallies.all.series() },
    services,
    recentErrors: groups,
    recentRuns: listRuns(store, { limit: recentMax }).runs,
    slowestTraces: traces,
    isEmpty: services.length === 0 && groups.length === 0,
  };
}
