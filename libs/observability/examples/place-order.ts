import type { Observability } from '@aiq/observability';
import type { metrics } from './catalogue.ts';

type Telemetry = Observability<typeof metrics>;

/** Places an order, so that everything of the facade that a use case needs is seen once. */
export async function placeOrder(
  observability: Telemetry,
  channel: 'web' | 'phone',
  pack: () => Promise<void> = async () => {},
): Promise<{ readonly placed: true; readonly isPacked: boolean }> {
  // region record
  observability.recordMetric('orders.placed', 1, { channel });
  // endregion
  // region span
  const isPacked = await observability.startSpan('orders.pack', async (span) => {
    const startedMs = performance.now();
    span.setAttribute('order.channel', channel);
    try {
      await pack();
      observability.recordMetric('orders.packing.duration', (performance.now() - startedMs) / 1e3);
      return true;
    } catch (error) {
      // Where an error stops travelling it is reported, once.
      observability.captureError(error, { context: { operation: 'orders.pack' } });
      return false;
    }
  });
  // endregion
  // region event
  observability.recordEvent('order.placed', { channel, isPacked });
  // endregion
  return { placed: true, isPacked };
}
