import { type BatchObservableResult, metrics } from '@opentelemetry/api';

/** What is asked of a node-postgres pool. */
interface Pool {
  readonly options: {
    readonly host?: string;
    readonly port?: number;
    readonly database?: string;
  };
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly ended: boolean;
}

/** Of pg's instrumentation, none of it public. */
interface PoolInstrumentation {
  _setPoolConnectEventListeners?: (pool: Pool) => void;
  _recordPoolMax?: (pool: Pool) => void;
}

/**
 * Lets the state of connection pools be read when metrics are: pg's instrumentation counts at the pool's events,
 * where a connection that comes back is not idle yet, and no event tells of a request that waits or has given up.
 * A pool that nobody gets a connection of would look as if nobody waited.
 *
 * Without the methods that it replaces, which are not public, the instrumentation's own counts remain.
 */
export function withPoolMetrics<Instrumentation extends object>(
  pg: Instrumentation,
): Instrumentation {
  const patched = pg as PoolInstrumentation;
  const recordMax = patched._recordPoolMax?.bind(pg);
  if (patched._setPoolConnectEventListeners === undefined || recordMax === undefined) return pg;
  const pools = new Set<Pool>();
  let observed = false;
  patched._setPoolConnectEventListeners = (pool) => {
    recordMax(pool);
    // Not before the first pool: there is no provider yet when instrumentations are made.
    if (!observed) observe(pools);
    observed = true;
    pools.add(pool);
  };
  return pg;
}

function observe(pools: Set<Pool>): void {
  const meter = metrics.getMeter('aiq.connection-pools');
  const count = meter.createObservableUpDownCounter('db.client.connection.count', {
    unit: '{connection}',
    description: 'Connections of the pool, by their state.',
  });
  const pending = meter.createObservableUpDownCounter('db.client.connection.pending_requests', {
    unit: '{request}',
    description: 'Requests that wait for a connection of the pool.',
  });
  const read = (result: BatchObservableResult): void => {
    for (const pool of pools) if (pool.ended) pools.delete(pool);
    for (const [name, { idle, used, waiting }] of sumByName(pools)) {
      const labels = { 'db.client.connection.pool.name': name };
      const state = 'db.client.connection.state';
      result.observe(count, used, { ...labels, [state]: 'used' });
      result.observe(count, idle, { ...labels, [state]: 'idle' });
      result.observe(pending, waiting, labels);
    }
  };
  meter.addBatchObservableCallback(read, [count, pending]);
}

/** Two pools of one database are one series: told apart, each would take the other's place. */
function sumByName(pools: Iterable<Pool>) {
  const sums = new Map<string, { idle: number; used: number; waiting: number }>();
  for (const { options, totalCount, idleCount, waitingCount } of pools) {
    const { host = 'unknown_host', port = 'unknown_port', database = 'unknown_database' } = options;
    const name = `${host}:${port}/${database}`;
    const { idle, used, waiting } = sums.get(name) ?? { idle: 0, used: 0, waiting: 0 };
    sums.set(name, {
      idle: idle + idleCount,
      used: used + totalCount - idleCount,
      waiting: waiting + waitingCount,
    });
  }
  return sums;
}
