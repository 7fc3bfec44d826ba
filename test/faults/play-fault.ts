import { setTimeout as sleep } from 'node:timers/promises';
import {
  type FaultProxy,
  type OtlpReceiver,
  type SentryReceiver,
  startFaultProxy,
  startOtlpReceiver,
  startSentryReceiver,
} from '@aiq/testing';
import type { FaultCase, Protocol } from './fault-cases.ts';
import type { Observation } from './judge-row.ts';
import { createLedger, heldItems, type Ledger } from './ledger.ts';
import { percentile, type Sample, slope } from './statistics.ts';
import type { SteadyLoad } from './steady-load.ts';
import { startVictim, type Victim } from './victim/start-victim.ts';

/** How long each part of a row takes, in seconds. */
export interface Plan {
  readonly perSecond: number;
  readonly warmUpSeconds: number;
  /** Without the fault, each of the two times, and once more after the last. */
  readonly withoutSeconds: number;
  /** With the fault, each of the two times. */
  readonly withinSeconds: number;
  /** With the fault, where it is one outage. */
  readonly outageSeconds: number;
}

/** What a row needs: receivers, a proxy before each, and the program. */
export interface Stage extends AsyncDisposable {
  /** The rounds without and with the fault. */
  measure(): Promise<void>;
  /** The end of the program while the fault plays. */
  end(): Promise<Observation>;
}

/** A gRPC channel tries again after up to two minutes, give or take a fifth. */
const recoveryMsMax = 150_000;
const recoveryLookMs = 500;

/** For what was made last, so that a shutdown has something to send. */
const lastSeconds = 0.3;

export async function prepareStage(
  fault: FaultCase,
  options: { readonly protocol: Protocol; readonly plan: Plan; readonly load: SteadyLoad },
): Promise<Stage> {
  const { protocol, plan, load } = options;
  const isGrpc = protocol === 'grpc';
  const stack = new AsyncDisposableStack();
  const otlp: OtlpReceiver = stack.use(await startOtlpReceiver());
  const sentry: SentryReceiver = stack.use(await startSentryReceiver());
  const target = isGrpc ? otlp.grpcUrl : otlp.url;
  const toOtlp = stack.use(await startFaultProxy({ target, mode: isGrpc ? 'grpc' : 'http' }));
  const toSentry = stack.use(await startFaultProxy({ target: sentry.url }));
  const reachable = {
    protocol,
    endpoint: toOtlp.url,
    dsn: sentry.dsn.replace(sentry.url.slice('http://'.length), `127.0.0.1:${toSentry.port}`),
  };
  const { play } = fault;
  // Where the host cannot be switched, a second program has one that can be reached: the rounds without the fault.
  const victim = stack.use(
    await startVictim(play === 'no such host' ? { ...reachable, ...nowhere } : reachable),
  );
  const spare = play === 'no such host' ? stack.use(await startVictim(reachable)) : undefined;
  const ledger = createLedger(otlp, sentry);
  const rounds = createRounds({ victim, spare, load, plan });
  const switchTo = async (isFault: boolean): Promise<void> => {
    if (play === 'no such host' || play.kind === 'none') return;
    await playOn([toOtlp, toSentry], isFault ? play : { kind: 'none' });
  };
  let counter: Observation['counter'];

  return {
    async measure() {
      await rounds.warmUp();
      await rounds.without();
      const outages = fault.isOutage
        ? [plan.outageSeconds]
        : [plan.withinSeconds, plan.withinSeconds];
      for (const seconds of outages) {
        await switchTo(true);
        ledger.enter(false);
        await rounds.within(seconds);
        await switchTo(false);
        ledger.enter(true);
        await rounds.without();
      }
      if (play !== 'no such host') counter = await recover(victim, otlp, ledger);
      await switchTo(true);
      ledger.enter(false);
      await rounds.last();
    },
    async end() {
      const end = await victim.stop();
      // The spare program's items are of no interest, and none of the victim's can arrive.
      if (spare !== undefined) await spare.stop();
      else ledger.enter(play !== 'no such host' && play.kind !== 'none');
      return {
        ...rounds.result(),
        shutdownMs: end.durationMs,
        exitCode: end.code,
        accounts: (spare === undefined ? ledger : createLedger(otlp, sentry)).accounts(end),
        ...(counter === undefined ? {} : { counter }),
      };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const nowhere = { endpoint: 'http://collector.invalid:4318', dsn: 'http://key@sentry.invalid/1' };

function playOn(proxies: readonly FaultProxy[], fault: Parameters<FaultProxy['play']>[0]) {
  return Promise.all(proxies.map((proxy) => proxy.play(fault)));
}

/** Cumulative values lose nothing with an export that failed: the next one brings all. */
async function recover(victim: Victim, otlp: OtlpReceiver, ledger: Ledger) {
  const startedAt = performance.now();
  const look = async () => {
    const { produced } = await victim.flush();
    return { own: produced.orders, received: otlp.metricValue('orders.placed') };
  };
  let told = await look();
  while (told.received !== told.own && performance.now() - startedAt < recoveryMsMax) {
    await sleep(recoveryLookMs);
    told = await look();
  }
  ledger.enter(false);
  return { ...told, recoveryMs: performance.now() - startedAt };
}

/** Load with and without the fault, and what it showed. */
function createRounds(options: {
  readonly victim: Victim;
  readonly spare: Victim | undefined;
  readonly load: SteadyLoad;
  readonly plan: Plan;
}) {
  const { victim, spare, load, plan } = options;
  const without: number[] = [];
  const within: number[] = [];
  let requests = 0;
  let failedRequests = 0;
  let residentBefore = 0;
  let resident = 0;
  const middles: Sample[] = [];
  const ends: Sample[] = [];
  let longestTurnMs = 0;
  let heldMax = 0;

  const run = async (seconds: number, { url } = victim): Promise<readonly number[]> => {
    const { latenciesMs, failed } = await load.run({ url, seconds, perSecond: plan.perSecond });
    requests += latenciesMs.length + failed;
    failedRequests += failed;
    return latenciesMs;
  };

  const look = async (): Promise<Sample> => {
    const { rss, heapUsed, ...memory } = await victim.memory();
    longestTurnMs = Math.max(longestTurnMs, memory.longestTurnMs);
    heldMax = Math.max(heldMax, heldItems(memory));
    resident = rss;
    return { atSeconds: performance.now() / 1_000, value: heapUsed };
  };

  return {
    async warmUp() {
      await run(plan.warmUpSeconds);
      if (spare !== undefined) await run(plan.warmUpSeconds, spare);
      residentBefore = (await victim.memory()).rss;
    },
    async without() {
      without.push(percentile(await run(plan.withoutSeconds, spare ?? victim), 0.99));
    },
    async within(seconds: number) {
      within.push(percentile(await run(seconds / 2), 0.99));
      middles.push(await look());
      within.push(percentile(await run(seconds / 2), 0.99));
      ends.push(await look());
    },
    async last() {
      await run(lastSeconds);
      const { longestTurnMs: last } = await victim.memory();
      longestTurnMs = Math.max(longestTurnMs, last);
    },
    result: () => ({
      requests,
      failedRequests,
      p99Ms: { without, within },
      longestTurnMs,
      heldMax,
      // Of one outage, the second half; of several, from the end of one to the end of the next.
      heapSlope: slope(ends.length > 1 ? ends : [...middles, ...ends]),
      residentGrowth: resident - residentBefore,
    }),
  };
}
