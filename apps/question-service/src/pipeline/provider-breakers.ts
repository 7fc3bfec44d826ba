import {
  type CircuitBreaker,
  type CircuitBreakerOptions,
  circuitStates,
  createCircuitBreaker,
} from '../resilience/circuit-breaker.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import type { ProviderName } from '../telemetry/labels.ts';

/** One circuit for each provider, shared by all runs of this process. */
export interface ProviderBreakers {
  of(provider: ProviderName): CircuitBreaker;
}

type Policy = Omit<CircuitBreakerOptions, 'onChange' | 'nowMs'>;

/** Creates circuits as they are asked for, and shows their state as a gauge. */
export function createProviderBreakers(options: {
  readonly policy: Policy;
  readonly nowMs: () => number;
  readonly telemetry: Telemetry;
}): ProviderBreakers {
  const { policy, nowMs, telemetry } = options;
  const breakers = new Map<ProviderName, CircuitBreaker>();

  function create(provider: ProviderName): CircuitBreaker {
    const show = (state: CircuitBreaker['state']) =>
      telemetry.recordMetric('circuit_breaker.state', circuitStates.indexOf(state), { provider });
    const breaker = createCircuitBreaker({
      ...policy,
      nowMs,
      onChange(state) {
        show(state);
        const level = state === 'open' ? 'warn' : 'info';
        telemetry.logger[level]('circuit of a provider changed', { provider, state });
      },
    });
    show(breaker.state);
    return breaker;
  }

  return {
    of(provider) {
      const breaker = breakers.get(provider) ?? create(provider);
      breakers.set(provider, breaker);
      return breaker;
    },
  };
}
