// region server
import { runMain } from '@aiq/observability';
import { observabilityPlugin, serve } from '@aiq/observability/fastify';
import Fastify from 'fastify';
import { observability } from './instrument.ts';
import { placeOrder } from './place-order.ts';

await runMain(observability, async (stop) => {
  const app = Fastify({ return503OnClosing: false });
  await app.register(observabilityPlugin, { observability });
  app.post('/orders', async () => placeOrder(observability, 'web'));
  await serve(app, { observability, stop, port: 0 });
});
// endregion
