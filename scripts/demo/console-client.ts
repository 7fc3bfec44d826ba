import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export interface TraceNode {
  readonly name: string;
  readonly kind: string;
  readonly service: string;
  readonly durationMs: number;
  readonly status: string;
  readonly children: readonly TraceNode[];
}

export const nodeSchema: z.ZodType<TraceNode> = z.lazy(() =>
  z.object({
    name: z.string(),
    kind: z.string(),
    service: z.string(),
    durationMs: z.number(),
    status: z.string(),
    children: z.array(nodeSchema),
  }),
);
const traceSchema = z.object({ tree: z.array(nodeSchema) });
const errorsSchema = z.object({
  errors: z.array(
    z.object({
      eventId: z.string(),
      traceId: z.string(),
      exceptions: z.array(z.object({ type: z.string(), value: z.string() })),
    }),
  ),
});

const deadlineMs = 15_000;

/** Reads what the console received; telemetry travels in batches, so each question is asked until it has an answer. */
export function createConsoleClient(baseUrl: string) {
  async function askUntil<S extends z.ZodType>(
    path: string,
    schema: S,
    isEnough: (answer: z.output<S>) => boolean,
  ): Promise<z.output<S>> {
    const deadline = Date.now() + deadlineMs;
    for (;;) {
      const response = await fetch(`${baseUrl}${path}`, { signal: AbortSignal.timeout(5_000) });
      if (response.ok) {
        const answer = schema.parse(await response.json());
        if (isEnough(answer)) return answer;
      }
      if (Date.now() > deadline) {
        throw new Error(`the console has no answer at ${path} after ${deadlineMs / 1000} s`);
      }
      await sleep(200);
    }
  }

  return {
    /** The trace, once its root and at least `spansMin` spans in all have arrived. */
    async trace(traceId: string, spansMin: number): Promise<readonly TraceNode[]> {
      const path = `/api/traces/${traceId}`;
      const enough = (answer: { tree: readonly TraceNode[] }): boolean =>
        answer.tree.length === 1 && countSpans(answer.tree) >= spansMin;
      return (await askUntil(path, traceSchema, enough)).tree;
    },
    async errorOf(traceId: string) {
      const path = `/api/errors?traceId=${traceId}`;
      const { errors } = await askUntil(path, errorsSchema, (answer) => answer.errors.length > 0);
      return errors[0];
    },
  };
}

function countSpans(nodes: readonly TraceNode[]): number {
  return nodes.reduce((sum, node) => sum + 1 + countSpans(node.children), 0);
}
