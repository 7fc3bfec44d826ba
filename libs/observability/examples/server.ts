// region server
import { runMain } from '@aiq/observability';
import { observabilityPlugin } from '@aiq/observability/fastify';
import Fastify from 'fastify';
import { observability } from './instrument.ts';
import { placeOrder } from './place-order.ts';

await runMain(observability, async (stop) => {
  const app = Fastify({ logger: false });
  await app.register(observabilityPlugin, { observability });
  app.post('/orders', async () => placeOrder(observability, 'web'));
  const url = await app.listen({ port: 0 });
  observability.logger.info('listening', { url });
  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  await app.close();
});
// endregion
