import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { counter, defineMetrics, runMain, startObservability } from '@aiq/observability';

/**
 * A service whose one metric has a hundred label sets, which is beyond the budget of the configuration that it is given:
 * `node overflowing-service.ts <configuration directory>`. `GET /use-all` records into each of them.
 */
const [configDirectory = ''] = process.argv.slice(2);
const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
const metrics = defineMetrics({
  'things.made': counter({
    unit: '{thing}',
    description: 'Things that were made.',
    labels: { tens: digits, ones: digits },
  }),
});
const observability = await startObservability({
  service: 'aiq-overflowing',
  metrics,
  configDirectory,
});

await runMain(observability, async (stop) => {
  const server = createServer(async (request, response) => {
    if (request.url === '/use-all') {
      for (const tens of digits) {
        for (const ones of digits) observability.recordMetric('things.made', 1, { tens, ones });
      }
    }
    const { contentType, body } = await observability.metricsText(request.headers.accept);
    response.writeHead(200, { 'content-type': contentType }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  observability.logger.info('listening', { url: `http://127.0.0.1:${port}` });
  await once(stop, 'abort');
  server.close();
  server.closeAllConnections();
});
