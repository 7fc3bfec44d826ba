import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { LiveChange } from '../../../src/api/contract/status.ts';
import {
  changedSignals,
  LiveContext,
  type LiveState,
  refresh,
  type Signal,
} from '../shared/live.ts';

/** Rates fall while nothing comes: what is in sight is asked for again after this long at the latest. */
const idleRefreshMs = 10_000;
/** Busy services change something all the time; eyes need no more than this. */
const refreshMsMin = 1_000;
const allSignals: readonly Signal[] = ['traces', 'metrics', 'logs', 'errors'];

/** Listens to the console and keeps what is in sight current, unless paused. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [connection, setConnection] = useState<LiveState['connection']>('connecting');
  const [heardAtMs, setHeardAtMs] = useState<number | null>(null);
  const [isPaused, setPaused] = useState(false);
  const pausedNow = useRef(isPaused);
  pausedNow.current = isPaused;

  useEffect(() => {
    const source = new EventSource('/api/live');
    const waiting = new Set<Signal>();
    let revisions: LiveChange['revisions'] | undefined;
    let refreshedAtMs = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const flush = () => {
      clearTimeout(timer);
      timer = setTimeout(() => demand(allSignals), idleRefreshMs);
      if (pausedNow.current) return;
      refreshedAtMs = Date.now();
      refresh(client, [...waiting]);
      waiting.clear();
    };
    const demand = (signals: readonly Signal[]) => {
      for (const signal of signals) waiting.add(signal);
      if (waiting.size === 0) return;
      clearTimeout(timer);
      timer = setTimeout(flush, Math.max(0, refreshedAtMs + refreshMsMin - Date.now()));
    };

    source.addEventListener('open', () => {
      // After a gap anything may have changed, and the console may be another process.
      if (revisions !== undefined) demand(allSignals);
      setConnection('open');
      setHeardAtMs(Date.now());
    });
    source.addEventListener('changed', (event) => {
      const change = JSON.parse((event as MessageEvent<string>).data) as LiveChange;
      setHeardAtMs(Date.now());
      demand(changedSignals(revisions, change.revisions));
      revisions = change.revisions;
    });
    source.addEventListener('error', () => setConnection('lost'));
    timer = setTimeout(() => demand(allSignals), idleRefreshMs);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [client]);

  const state = useMemo<LiveState>(
    () => ({
      connection,
      heardAtMs,
      isPaused,
      setPaused: (next) => {
        setPaused(next);
        if (!next) refresh(client, allSignals);
      },
    }),
    [client, connection, heardAtMs, isPaused],
  );
  return <LiveContext value={state}>{children}</LiveContext>;
}
