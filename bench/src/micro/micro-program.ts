import { startObservability } from '@aiq/observability';
import { metrics } from './catalogue.ts';
import { type CompareOptions, compare } from './compare.ts';
import { disabledCases, metricCases } from './metric-cases.ts';
import { logAndErrorCases, spanCases } from './signal-cases.ts';

interface Order extends CompareOptions {
  readonly sinkUrl: string;
  /** How telemetry was started: by the environment of this process. */
  readonly mode: 'on' | 'unsampled' | 'disabled';
}

const observability = await startObservability({ service: 'aiq-bench', metrics });

process.on('message', async (order: Order) => {
  process.send?.(await measure(order));
});
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });

async function measure({ mode, sinkUrl, ...options }: Order) {
  const signals = { observability, sinkUrl, isSampled: mode === 'on' };
  if (mode === 'disabled')
    return { disabled: await compare(disabledCases(observability), options) };
  if (mode === 'unsampled') return { unsampledSpan: await compare(spanCases(signals), options) };
  return {
    counter: await compare(metricCases('counter', observability), options),
    histogram: await compare(metricCases('histogram', observability), options),
    gauge: await compare(metricCases('gauge', observability), options),
    span: await compare(spanCases(signals), options),
    other: await compare(logAndErrorCases(signals), options),
  };
}
