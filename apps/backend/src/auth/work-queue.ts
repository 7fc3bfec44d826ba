/** There is no room to wait in. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
  readonly code = 'queue_full';
}

export interface WorkQueue {
  /** @throws {QueueFullError} queue_full where as many wait already as may. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** Creates a queue that runs a few works at once, lets some wait in their order, and refuses the rest at once. */
export function createWorkQueue(limits: {
  readonly atOnce: number;
  readonly waitingMax: number;
}): WorkQueue {
  const { atOnce, waitingMax } = limits;
  const waiting: (() => void)[] = [];
  let running = 0;

  const takeTurn = async (): Promise<void> => {
    if (running < atOnce) {
      running += 1;
      return;
    }
    if (waiting.length >= waitingMax) {
      throw new QueueFullError(`${running} run and ${waiting.length} wait already`);
    }
    // Whose work ends hands its place on: `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };

  return {
    async run(work) {
      await takeTurn();
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
