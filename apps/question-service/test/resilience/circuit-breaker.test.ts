import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CircuitBreaker,
  type CircuitState,
  createCircuitBreaker,
  type Permit,
} from '../../src/resilience/circuit-breaker.ts';

const policy = { failuresToOpen: 3, openSeconds: 30, probesToClose: 2 };

function setUp() {
  const clock = { ms: 0 };
  const changes: CircuitState[] = [];
  const breaker = createCircuitBreaker({
    ...policy,
    nowMs: () => clock.ms,
    onChange: (state) => changes.push(state),
  });
  const pass = (seconds: number) => {
    clock.ms += seconds * 1000;
  };
  return { breaker, changes, pass };
}

const granted = (breaker: CircuitBreaker): Permit => breaker.permit() as Permit;

function open({ breaker }: Pick<ReturnType<typeof setUp>, 'breaker'>): void {
  for (let failure = 0; failure < policy.failuresToOpen; failure += 1) granted(breaker).failed();
}

describe('createCircuitBreaker', () => {
  test('opens at the last of the failures in a row, and tells that one that it did', () => {
    const { breaker, changes } = setUp();

    const opened = [1, 2, 3].map(() => granted(breaker).failed());

    expect(opened).toEqual([false, false, true]);
    expect(breaker.permit()).toBeUndefined();
    expect(changes).toEqual(['open']);
  });

  test('begins to count anew after a success', () => {
    const { breaker } = setUp();

    for (const end of ['failed', 'failed', 'succeeded', 'failed', 'failed'] as const) {
      granted(breaker)[end]();
    }

    expect(breaker.state).toBe('closed');
  });

  test('opens at once for a failure that lasts', () => {
    const { breaker } = setUp();

    expect(granted(breaker).failed({ isLasting: true })).toBe(true);
    expect(breaker.state).toBe('open');
  });

  test('does not count what was withdrawn', () => {
    const { breaker } = setUp();

    for (let call = 0; call < 9; call += 1) granted(breaker).withdrawn();

    expect(breaker.state).toBe('closed');
  });

  test('lets one probe through at a time when its time has come, and closes after enough of them', () => {
    const { breaker, changes, pass } = setUp();
    open({ breaker });
    pass(29.9);
    expect(breaker.permit()).toBeUndefined();
    pass(0.1);

    const probe = granted(breaker);
    expect(breaker.permit()).toBeUndefined();
    probe.succeeded();
    granted(breaker).succeeded();

    expect(changes).toEqual(['open', 'half_open', 'closed']);
    expect([granted(breaker), granted(breaker)]).toHaveLength(2);
  });

  test('opens anew, and for the whole time, when a probe fails', () => {
    const { breaker, pass } = setUp();
    open({ breaker });
    pass(30);

    expect(granted(breaker).failed()).toBe(true);
    pass(29);

    expect(breaker.permit()).toBeUndefined();
    expect(breaker.state).toBe('open');
  });

  test('gives the place of a probe free that was withdrawn', () => {
    const { breaker, pass } = setUp();
    open({ breaker });
    pass(30);

    granted(breaker).withdrawn();

    expect(breaker.permit()).toBeDefined();
  });

  test('ignores the news of a call that began before the circuit opened', () => {
    const { breaker, pass } = setUp();
    const [late, later] = [granted(breaker), granted(breaker)];
    open({ breaker });
    pass(30);
    const probe = granted(breaker);

    late.succeeded();
    expect(later.failed()).toBe(false);

    expect(breaker.state).toBe('half_open');
    expect(breaker.permit()).toBeUndefined();
    probe.succeeded();
    expect(breaker.permit()).toBeDefined();
  });

  test('counts a permit once, however often it is given back', () => {
    const { breaker } = setUp();
    const permit = granted(breaker);

    for (let times = 0; times < 5; times += 1) permit.failed();

    expect(breaker.state).toBe('closed');
  });

  test('never lets a call through while open, nor two at once while half open, whatever happens', () => {
    const step = fc.constantFrom('permit', 'succeeded', 'failed', 'withdrawn', 'wait');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { breaker, pass } = setUp();
        const inHand: Permit[] = [];
        let probes: Permit[] = [];
        for (const each of steps) {
          if (each === 'wait') pass(10);
          else if (each === 'permit') {
            const isRefusing = breaker.isRefusing;
            const permit = breaker.permit();
            expect(permit === undefined).toBe(isRefusing);
            if (permit) inHand.push(permit);
            if (breaker.state !== 'half_open') probes = [];
            else if (permit) probes.push(permit);
            expect(breaker.state === 'open' && permit !== undefined).toBe(false);
          } else {
            const permit = inHand.shift();
            permit?.[each]();
            probes = probes.filter((probe) => probe !== permit);
          }
          if (breaker.state === 'half_open') expect(probes.length).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 20_261_125, numRuns: 500 },
    );
  });
});
