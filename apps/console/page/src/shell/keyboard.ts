import { useEffect, useRef } from 'react';

/** Where `g` and a letter go. */
export const goKeys: Readonly<Record<string, { readonly path: string; readonly label: string }>> = {
  o: { path: '/', label: 'overview' },
  t: { path: '/traces', label: 'traces' },
  s: { path: '/service-map', label: 'service map' },
  m: { path: '/metrics', label: 'metrics' },
  l: { path: '/logs', label: 'logs' },
  e: { path: '/errors', label: 'errors' },
  r: { path: '/runs', label: 'generation runs' },
  u: { path: '/sessions', label: 'test sessions' },
};

const sequenceMs = 1_500;

/** Text is being typed, or a modifier makes the key someone else's. */
export function isForUs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target as HTMLElement | null;
  return !target?.closest?.('input, textarea, select, [contenteditable="true"]');
}

/** Calls the newest `handler` for every key that is not typed into a field. */
export function useKey(handler: (event: KeyboardEvent) => void): void {
  const newest = useRef(handler);
  useEffect(() => {
    newest.current = handler;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (isForUs(event)) newest.current(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** Keys that mean the same everywhere: `/`, `?`, `g` and a letter. */
export function useGlobalKeys(actions: {
  readonly go: (path: string) => void;
  readonly toggleHelp: () => void;
  readonly togglePause: () => void;
}): void {
  const goingAtMs = useRef(0);
  useKey((event) => {
    const isGoing = event.timeStamp - goingAtMs.current < sequenceMs && goingAtMs.current > 0;
    goingAtMs.current = 0;
    const target = isGoing ? goKeys[event.key] : undefined;
    if (target) {
      event.preventDefault();
      actions.go(target.path);
    } else if (event.key === 'g') goingAtMs.current = event.timeStamp;
    else if (event.key === '?') actions.toggleHelp();
    else if (event.key === 'p') actions.togglePause();
    else if (event.key === '/') {
      const search = document.querySelector<HTMLInputElement>('[data-search]');
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
  });
}

/**
 * `j`, `k` and the arrows move through a list, `Enter` opens. Where the focus is on a link or a button, Enter
 * and the arrows are its own.
 */
export function useListKeys(options: {
  readonly count: number;
  readonly index: number;
  readonly onMove: (index: number) => void;
  readonly onOpen: (index: number) => void;
}): void {
  const { count, index, onMove, onOpen } = options;
  useKey((event) => {
    if (document.querySelector('dialog[open]')) return;
    const isOnControl = (event.target as HTMLElement | null)?.closest?.('a, button, summary');
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined && count > 0) {
      event.preventDefault();
      onMove(Math.min(count - 1, Math.max(0, index + step)));
    } else if (event.key === 'Enter' && !isOnControl && index >= 0 && index < count) {
      event.preventDefault();
      onOpen(index);
    }
  });
}
