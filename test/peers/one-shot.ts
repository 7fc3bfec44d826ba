import { setTimeout as sleep } from 'node:timers/promises';
import { counter, defineMetrics, histogram, runMain, startObservability } from '@aiq/observability';

/** A program that counts 48 things and ends: `node one-shot.ts [milliseconds that it takes]`. */
const [tookMs = '0'] = process.argv.slice(2);
const letters = [
  'a',
  'b',
  'c',
  'd',
  'e',
  'f',
  'g',
  'h',
  'i',
  'j',
  'k',
  'l',
  'm',
  'n',
  'o',
] as const;

const observability = await startObservability({
  service: 'aiq-one-shot',
  logStream: 'stderr',
  metrics: defineMetrics({
    'things.made': counter({
      unit: '{thing}',
      description: 'Things that were made.',
      labels: { kind: ['round', 'square'] },
    }),
    // More label sets than are written out at zero from the start.
    'things.named': counter({
      unit: '{thing}',
      description: 'Things that were given a name.',
      labels: { first: letters, second: letters },
    }),
    'things.weight': histogram({ unit: 'g', description: 'Weight of things.', buckets: [1, 2] }),
  }),
});

async function main(): Promise<void> {
  for (let made = 0; made < 48; made += 1) {
    observability.recordMetric('things.made', 1, { kind: 'round' });
    observability.recordMetric('things.named', 1, { first: 'a', second: 'b' });
    observability.recordMetric('things.weight', 1.5);
  }
  await sleep(Number(tookMs));
}

// Everything is to arrive, however busy the machine of the tests is.
await runMain(observability, main, { flushTimeoutMs: 15_000 });
