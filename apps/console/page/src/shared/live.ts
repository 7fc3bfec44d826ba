import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { LiveChange } from '../../../src/api/contract/status.ts';

export type Signal = keyof LiveChange['revisions'];

export interface LiveState {
  /** `lost`: the console is gone, what is shown is old. */
  readonly connection: 'connecting' | 'open' | 'lost';
  /** When the console was heard of last. */
  readonly heardAtMs: number | null;
  readonly isPaused: boolean;
  readonly setPaused: (isPaused: boolean) => void;
}

export const LiveContext = createContext<LiveState>({
  connection: 'connecting',
  heardAtMs: null,
  isPaused: false,
  setPaused: () => {},
});

export const useLive = (): LiveState => useContext(LiveContext);

/** The signals whose number is larger than before; all of them after a new start of the console. */
export function changedSignals(
  before: LiveChange['revisions'] | undefined,
  now: LiveChange['revisions'],
): readonly Signal[] {
  const signals = Object.keys(now) as Signal[];
  return before === undefined ? [] : signals.filter((signal) => now[signal] !== before[signal]);
}

/** Asks anew for everything in sight that shows one of `changed`. */
export function refresh(client: QueryClient, changed: readonly Signal[]): void {
  if (changed.length === 0) return;
  void client.invalidateQueries({
    predicate: ({ meta }) => {
      const shown = (meta?.['signals'] ?? []) as readonly Signal[];
      return shown.some((signal) => changed.includes(signal));
    },
  });
}
