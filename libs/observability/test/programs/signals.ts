import { runMain } from '../../src/index.ts';
import { observability } from './instrument.ts';

/** Put together at run time, so that the lines of source in a stack trace do not hold it. */
const secret = ['hunter', 2].join('');

/** One of everything that can be told, inside one span; then what it knows of it as JSON. */
await runMain(observability, async (): Promise<void> => {
  observability.observeGauge('things.stored', () => [{ value: 7, labels: {} }]);
  const ids = observability.startSpan('signals.made', (span) => {
    observability.setSpanAttribute('signals.of', 'one span');
    observability.recordMetric('things.made', 3, { kind: 'round' });
    observability.recordMetric('things.made', 4, { kind: 'round' });
    observability.recordMetric('things.quality', 0.5);
    observability.recordMetric('things.size', 12);
    observability.recordMetric('things.open', 5);
    observability.recordMetric('things.open', -2);
    const eventId = observability.captureError(new Error('made to fail'));
    observability.recordEvent('signals.recorded', { made: 7, password: secret });
    observability.logger.info('told once', { token: secret, made: 7 });
    return { traceId: span.traceId, spanId: span.spanId, eventId };
  });
  const isSent = await observability.flush();
  const { body } = await observability.metricsText();
  const told = { ...ids, isSent, metricsText: body, health: observability.health() };
  process.stdout.write(`told ${JSON.stringify(told)}\n`);
});
