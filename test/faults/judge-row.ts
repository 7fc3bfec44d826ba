import { type Account, checkReceived, checkReported } from './accounting.ts';
import type { FaultCase } from './fault-cases.ts';
import { percentile } from './statistics.ts';

/** What one program did while a fault came and went. */
export interface Observation {
  readonly requests: number;
  readonly failedRequests: number;
  /** p99 of each round, in milliseconds from when a request was due to its answer. */
  readonly p99Ms: { readonly without: readonly number[]; readonly within: readonly number[] };
  /** The most processor time that the program took before it let the next event in, in milliseconds. */
  readonly longestTurnMs: number;
  /** Items of one signal that waited for one destination, at most. */
  readonly heldMax: number;
  /** Growth of the heap after collection, of an outage's second half or from fault to fault, in bytes per second. */
  readonly heapSlope: number;
  /** Growth of the process from before the first fault to the end of the last, in bytes. */
  readonly residentGrowth: number;
  readonly shutdownMs: number;
  readonly exitCode: number | null;
  readonly accounts: readonly Account[];
  /** Of a counter, after recovery, and how long that took; absent where nothing recovers. */
  readonly counter?: {
    readonly own: number;
    readonly received: number | undefined;
    readonly recoveryMs: number;
  };
}

export interface Bounds {
  /** The best p99 with the fault over the worst without it. */
  readonly ratioMax: number;
  /** A p99 below this is never slow: a ratio of small numbers is noise. */
  readonly quietMs: number;
  readonly longestTurnMsMax: number;
  readonly heldMax: number;
  readonly heapSlopeMax: number;
  readonly residentGrowthMax: number;
  readonly shutdownMsMax: number;
}

export interface Verdict {
  /** Of time and of moments: what a busy machine can cause as well. */
  readonly slow: readonly string[];
  /** Of everything else. */
  readonly wrong: readonly string[];
}

/** 128 + SIGTERM. */
const exitCodeExpected = 143;

/**
 * Median p99 with the fault over that without it, and how far the rounds without it are apart: what the first may be
 * by chance.
 */
export function ratioOf({ p99Ms: { without, within } }: Pick<Observation, 'p99Ms'>) {
  return {
    ratio: percentile(within, 0.5) / percentile(without, 0.5),
    noise: Math.max(...without) / Math.min(...without),
  };
}

export function judgeRow(
  observation: Observation,
  fault: Pick<FaultCase, 'isAmbiguous' | 'name'>,
  bounds: Bounds,
): Verdict {
  const { failedRequests, heldMax, residentGrowth, exitCode } = observation;
  const isAmbiguous = fault.isAmbiguous === true;
  const wrong = observation.accounts.flatMap((account) => [...checkReported(account)]);
  if (failedRequests > 0) wrong.push(`${failedRequests} requests failed`);
  if (heldMax > bounds.heldMax) {
    wrong.push(`${heldMax} items waited for one destination, more than ${bounds.heldMax}`);
  }
  if (residentGrowth > bounds.residentGrowthMax) {
    wrong.push(
      `the process grew by ${kib(residentGrowth)} KiB, more than ${kib(bounds.residentGrowthMax)}`,
    );
  }
  if (exitCode !== exitCodeExpected) wrong.push(`the exit code was ${exitCode}`);
  const { counter } = observation;
  if (counter !== undefined && counter.received !== counter.own) {
    wrong.push(`the counter was received as ${counter.received}, and is ${counter.own}`);
  }
  const late = observation.accounts.flatMap((account) => [
    ...checkReceived(account, { isAmbiguous }),
    ...(fault.name === 'none' ? checkNothingLost(account) : []),
  ]);
  return {
    wrong,
    slow: [...late, ...checkTimes(observation, bounds), ...checkHeap(observation, bounds)],
  };
}

/** Two samples a few seconds apart: a batch that happens to wait at one of them shows too. A leak shows again. */
function checkHeap({ heapSlope }: Observation, { heapSlopeMax }: Bounds): string[] {
  if (heapSlope <= heapSlopeMax) return [];
  return [`the heap grew by ${kib(heapSlope)} KiB/s, more than ${kib(heapSlopeMax)}`];
}

/** Every round with the fault must be slower than every round without it: a busy moment hits one of them. */
function checkTimes(observation: Observation, bounds: Bounds): string[] {
  const { p99Ms, longestTurnMs, shutdownMs } = observation;
  const { ratioMax, quietMs, longestTurnMsMax, shutdownMsMax } = bounds;
  const withinMs = Math.min(...p99Ms.within);
  const withoutMs = Math.max(...p99Ms.without);
  const slow: string[] = [];
  if (withinMs > quietMs && withinMs > ratioMax * withoutMs) {
    slow.push(
      `p99 was at best ${withinMs.toFixed(1)} ms with the fault, at worst ${withoutMs.toFixed(1)} ms without`,
    );
  }
  if (longestTurnMs > longestTurnMsMax) {
    slow.push(
      `the event loop stood still for ${Math.round(longestTurnMs)} ms of work, more than ${longestTurnMsMax}`,
    );
  }
  if (shutdownMs > shutdownMsMax) {
    slow.push(`the shutdown took ${Math.round(shutdownMs)} ms, more than ${shutdownMsMax}`);
  }
  return slow;
}

function checkNothingLost({ channel, failed, dropped, failures }: Account): string[] {
  if (failed + dropped === 0) return [];
  return [`${channel}: ${failed + dropped} lost without any fault (${JSON.stringify(failures)})`];
}

function kib(bytes: number): number {
  return Math.round(bytes / 1_024);
}
