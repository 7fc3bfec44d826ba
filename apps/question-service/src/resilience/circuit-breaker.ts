export const circuitStates = ['closed', 'open', 'half_open'] as const;
export type CircuitState = (typeof circuitStates)[number];

export interface CircuitBreakerOptions {
  /** Failures in a row that open a closed circuit. */
  readonly failuresToOpen: number;
  /** How long an open circuit lets nothing through, before it lets one probe through. */
  readonly openSeconds: number;
  /** Probes in a row that have to succeed to close it again. */
  readonly probesToClose: number;
  readonly nowMs: () => number;
  readonly onChange?: (state: CircuitState) => void;
}

/** Leave for one call. It is given back once, by what came of the call; later ones are ignored. */
export interface Permit {
  succeeded(): void;
  /**
   * Returns whether this failure opened the circuit. One that is `lasting` opens it at once: waiting for more
   * of its kind would only cost more calls.
   */
  failed(failure?: { readonly isLasting: boolean }): boolean;
  /** The call tells nothing of the other side: it was cancelled, or was at fault itself. */
  withdrawn(): void;
}

export interface CircuitBreaker {
  readonly state: CircuitState;
  /** Whether `permit` would give none now. */
  readonly isRefusing: boolean;
  /** Nothing when the circuit is open, or half open with a probe under way: ask somebody else. */
  permit(): Permit | undefined;
}

/**
 * Creates a circuit breaker: closed it lets all calls through, open none; after `openSeconds` it is half open
 * and lets one call at a time probe the other side, whose success closes it and whose failure opens it anew.
 *
 * Calls that were let through before the circuit changed count no more: their news is old.
 */
export function createCircuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  const { failuresToOpen, openSeconds, probesToClose, nowMs, onChange } = options;
  let state: CircuitState = 'closed';
  let failures = 0;
  let probesSucceeded = 0;
  let isProbing = false;
  let openedAtMs = 0;
  let era = 0;

  function enter(next: CircuitState): void {
    state = next;
    era += 1;
    failures = 0;
    probesSucceeded = 0;
    isProbing = false;
    if (next === 'open') openedAtMs = nowMs();
    onChange?.(next);
  }

  function succeeded(): void {
    failures = 0;
    if (state !== 'half_open') return;
    probesSucceeded += 1;
    if (probesSucceeded >= probesToClose) enter('closed');
  }

  function failed(isLasting: boolean): boolean {
    failures += 1;
    if (state === 'closed' && failures < failuresToOpen && !isLasting) return false;
    enter('open');
    return true;
  }

  const isDue = () => nowMs() - openedAtMs >= openSeconds * 1000;

  return {
    get state() {
      return state;
    },
    get isRefusing() {
      return isProbing || (state === 'open' && !isDue());
    },
    permit() {
      if (state === 'open' && isDue()) enter('half_open');
      if (state === 'open' || isProbing) return undefined;
      isProbing = state === 'half_open';
      const granted = era;
      let isGivenBack = false;
      const giveBack = () => {
        const isCurrent = !isGivenBack && era === granted;
        isGivenBack = true;
        if (isCurrent) isProbing = false;
        return isCurrent;
      };
      return {
        succeeded: () => {
          if (giveBack()) succeeded();
        },
        failed: ({ isLasting } = { isLasting: false }) => giveBack() && failed(isLasting),
        withdrawn: () => void giveBack(),
      };
    },
  };
}
