import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

const bodySchema = z.strictObject({
  name: z.string().min(1).max(100),
  amount: z.number().min(0),
  tags: z.array(z.string().max(20)).max(10),
});

/** Routes without a database: nothing, a validated body, and a millisecond of computing. */
export function addSimpleRoutes(app: FastifyInstance): void {
  app.get('/empty', async () => ({ ok: true }));

  app.post('/validated', { schema: { body: bodySchema } }, async (request) => {
    const { name, amount, tags } = request.body as z.infer<typeof bodySchema>;
    return { name, amount, tags: tags.length };
  });

  app.get('/working', async () => ({ sum: workForOneMillisecond() }));
}

/** By the processor's clock of this thread: the same work however long it waits. */
function workForOneMillisecond(): number {
  let sum = 0;
  const until = performance.now() + 1;
  while (performance.now() < until) sum += Math.sqrt(sum + 1);
  return sum;
}
