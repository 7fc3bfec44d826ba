import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@aiq/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Prometheus, runPrometheus } from '../platform/prometheus.ts';
import { otlpAddress, prometheus3 } from './prometheus-3.ts';

const counters = [
  'things_made_total{kind="round"}',
  'things_named_total',
  'things_weight_grams_count',
];

/** How long after the last run somebody looks; `increase()` extrapolates as far as it dares. */
const laterSeconds = [0, 1, 10, 60, 240];

describe.runIf(prometheus3.isExpected)('one-shot runs that each count 48', () => {
  let prometheus: Prometheus;
  /** Other commands that run on this machine take no slot from these. */
  let temporary: string;

  beforeEach(async () => {
    temporary = mkdtempSync(join(tmpdir(), 'aiq-one-shot-'));
    // With nothing switched on but the receiver: it refuses what comes out of order, and ignores start times.
    prometheus = await runPrometheus({
      command: prometheus3.path(),
      files: { 'prometheus.yml': '' },
      flags: ['--web.enable-otlp-receiver'],
    });
  });
  afterEach(async () => {
    await prometheus?.stop();
    rmSync(temporary, { recursive: true, force: true });
  });

  async function run(tookMs: number): Promise<void> {
    const program = join(import.meta.dirname, 'one-shot.ts');
    const result = await runProgram('node', [program, String(tookMs)], {
      env: {
        ENV: 'test',
        TMPDIR: temporary,
        OTEL_EXPORTER_OTLP_ENDPOINT: otlpAddress(prometheus),
        OTEL_TRACES_ENABLED: 'false',
        OTEL_LOGS_ENABLED: 'false',
      },
    });
    // What was refused, dropped or late would be told on standard error.
    expect(result).toMatchObject({ code: 0, stderr: '' });
  }

  async function increases(counter: string): Promise<number[]> {
    const now = Date.now();
    const results = laterSeconds.map((seconds) =>
      prometheus.query(`sum(increase(${counter}[10m]))`, new Date(now + seconds * 1_000)),
    );
    return (await Promise.all(results)).map(([first]) => Number(first?.value[1]));
  }

  const seriesOf = async (counter: string): Promise<number> =>
    (await prometheus.labelSets(counter)).length;

  test('give an increase of 96 within 5 %, whenever it is asked, and one series', async () => {
    await run(0);
    await run(500);

    for (const counter of counters) {
      for (const increase of await increases(counter)) {
        expect(increase).toBeGreaterThan(96 * 0.95);
        expect(increase).toBeLessThan(96 * 1.05);
      }
      expect(await seriesOf(counter)).toBe(1);
    }
  });

  test('give the same where they run at once, in series of their own', async () => {
    await Promise.all([run(2_000), run(2_000)]);

    for (const counter of counters) {
      for (const increase of await increases(counter)) {
        expect(increase).toBeGreaterThan(96 * 0.95);
        expect(increase).toBeLessThan(96 * 1.05);
      }
      expect(await seriesOf(counter)).toBe(2);
    }
  });
});
