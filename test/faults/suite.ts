import { type FaultCase, faultCases, type Protocol } from './fault-cases.ts';
import { type Bounds, judgeRow, type Observation, type Verdict } from './judge-row.ts';
import { type Plan, prepareStage, type Stage } from './play-fault.ts';
import { createSteadyLoad } from './steady-load.ts';

/** A fault on one protocol, with what came of it. */
export interface Row {
  readonly fault: FaultCase;
  readonly protocol: Protocol;
  readonly observation: Observation;
  /** Empty where all is well. */
  readonly problems: readonly string[];
  readonly attempts: number;
}

export interface RowOrder {
  readonly fault: FaultCase;
  readonly protocol: Protocol;
}

const common = { perSecond: 80, warmUpSeconds: 1 };

/** Each row within ten seconds: windows that show a fault, and no more. */
export const shortPlan: Plan = {
  ...common,
  withoutSeconds: 0.8,
  withinSeconds: 1.6,
  outageSeconds: 5,
};

export const fullPlan: Plan = {
  ...common,
  withoutSeconds: 1.5,
  withinSeconds: 4,
  outageSeconds: 60,
};

/**
 * Wide enough for a machine that does other things too. An event loop that an export blocks for 200 ms, a queue
 * without a bound and a shutdown that does not give up are far outside.
 */
export const bounds: Bounds = {
  ratioMax: 3,
  quietMs: 75,
  longestTurnMsMax: 120,
  heldMax: 2_048,
  heapSlopeMax: 1_024 * 1_024,
  residentGrowthMax: 64 * 1_024 * 1_024,
  shutdownMsMax: 4_500,
};

export function ordersOf(protocols: readonly Protocol[]): RowOrder[] {
  return protocols.flatMap((protocol) => faultCases.map((fault) => ({ fault, protocol })));
}

/** Plays one row after the other; the program of the next one starts while the last one ends. */
export async function* playAll(
  orders: readonly RowOrder[],
  plan: Plan,
): AsyncGenerator<Row, void, undefined> {
  await using load = createSteadyLoad();
  const prepare = (order: RowOrder | undefined): Promise<Stage> | undefined => {
    if (order === undefined) return undefined;
    const stage = prepareStage(order.fault, { protocol: order.protocol, plan, load });
    // It is waited for a little later.
    stage.catch(() => {});
    return stage;
  };
  let prepared = prepare(orders[0]);
  for (const [at, order] of orders.entries()) {
    let played = await play(await prepared, () => {
      prepared = prepare(orders[at + 1]);
    });
    let verdict = judgeRow(played, order.fault, bounds);
    let attempts = 1;
    if (isMaybeNoise(verdict)) {
      played = await play(await prepare(order), () => {});
      verdict = judgeRow(played, order.fault, bounds);
      attempts = 2;
    }
    const problems = [...verdict.wrong, ...verdict.slow];
    yield { ...order, observation: played, problems, attempts };
  }
}

/** Time alone: a busy machine does not do it twice, a fault of ours does. */
function isMaybeNoise({ wrong, slow }: Verdict): boolean {
  return slow.length > 0 && wrong.length === 0;
}

async function play(stage: Stage | undefined, measured: () => void): Promise<Observation> {
  if (stage === undefined) throw new Error('no stage was prepared');
  await using playing = stage;
  await playing.measure();
  measured();
  // Awaited here: the stage must stand until then.
  const observation = await playing.end();
  return observation;
}
