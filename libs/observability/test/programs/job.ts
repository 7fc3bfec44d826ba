import { setTimeout as sleep } from 'node:timers/promises';
import { runMain } from '../../src/index.ts';
import { observability } from './instrument.ts';

/** A program as a command line runs it: 48 things, one span, one event, one error; then it ends as it is told. */
const [mode = 'return'] = process.argv.slice(2);
/** Put together at run time, so that the lines of source in a stack trace do not hold it. */
const secret = ['hunter', 2].join('');

/** A stop that is not obeyed is waited for no longer than this. */
const options = mode === 'late' ? { stopTimeoutMs: 300 } : {};

await runMain(observability, main, options);

async function main(stop: AbortSignal): Promise<number | undefined> {
  observability.observeGauge('things.stored', () => [{ value: 7, labels: {} }]);
  const ids = await observability.startSpan('job.run', { attributes: { mode } }, async (span) => {
    for (let made = 0; made < 48; made += 1) {
      observability.recordMetric('things.made', 1, { kind: 'round' });
      observability.recordMetric('things.quality', 0.5);
    }
    observability.setTag('mode', mode);
    observability.setContext('job', { password: secret, seed: 7 });
    const eventId = observability.captureError(
      new Error(`told to ${['a', 'b.example'].join('@')}`),
      {
        context: { operation: 'make', apiKey: secret },
      },
    );
    observability.recordEvent('job.finished', { made: 48 });
    observability.logger.info('made', { made: 48 });
    await sleep(5);
    return { traceId: span.traceId, spanId: span.spanId, eventId };
  });
  process.stdout.write(`ids ${JSON.stringify(ids)}\n`);

  if (mode === 'one') return 1;
  if (mode === 'exit') process.exit(5);
  if (mode === 'throw') throw new Error('thrown by main');
  if (mode === 'uncaught') setTimeout(throwFromTimer, 1);
  if (mode === 'reject') void Promise.reject(new Error('rejected by nobody'));
  if (mode === 'never') await new Promise(() => {});
  if (mode === 'return') return undefined;
  const held = setInterval(() => {}, 1_000);
  stop.addEventListener('abort', () => process.stdout.write('stopping\n'));
  if (mode === 'stuck' || mode === 'late') await new Promise(() => {});
  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  observability.recordMetric('things.made', 2, { kind: 'square' });
  clearInterval(held);
  return undefined;
}

function throwFromTimer(): never {
  throw new Error('thrown by a timer');
}
