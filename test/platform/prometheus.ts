import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort, startProgram } from '@aiq/testing';
import { z } from 'zod';

const answerSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

const exemplarsSchema = z.object({
  data: z.array(
    z.object({
      seriesLabels: z.record(z.string(), z.string()),
      exemplars: z.array(
        z.object({
          labels: z.object({ trace_id: z.string(), span_id: z.string() }),
          value: z.string(),
          timestamp: z.number(),
        }),
      ),
    }),
  ),
});

/** An exemplar as Prometheus gives it back, with the labels of its series. */
export interface StoredExemplar {
  readonly series: Readonly<Record<string, string>>;
  readonly traceId: string;
  readonly spanId: string;
  readonly value: number;
  readonly time: Date;
}

/** A real Prometheus that scrapes these addresses every second. */
export async function startPrometheus(targets: Readonly<Record<string, string>>) {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-prometheus-'));
  const jobs = Object.entries(targets).map(
    ([job, url]) =>
      `  - job_name: ${job}\n    static_configs:\n      - targets: ["${new URL(url).host}"]\n`,
  );
  writeFileSync(
    join(directory, 'prometheus.yml'),
    `global: { scrape_interval: 1s }\nscrape_configs:\n${jobs.join('')}`,
  );
  const port = await freePort();
  const program = await startProgram('prometheus', [
    `--config.file=${directory}/prometheus.yml`,
    `--storage.tsdb.path=${directory}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--enable-feature=exemplar-storage',
  ]);

  async function ask(path: string, parameters: Readonly<Record<string, string>>) {
    const url = `http://127.0.0.1:${port}/api/v1/${path}?${new URLSearchParams(parameters)}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return response.json();
  }

  async function query(expression: string) {
    return answerSchema.parse(await ask('query', { query: expression })).data.result;
  }

  /** The exemplars of a selector's series, of the last hour. */
  async function exemplars(selector: string): Promise<StoredExemplar[]> {
    const now = Date.now() / 1_000;
    const range = { start: String(now - 3_600), end: String(now + 60) };
    const answer = exemplarsSchema.parse(
      await ask('query_exemplars', { query: selector, ...range }),
    );
    return answer.data.flatMap(({ seriesLabels, exemplars: stored }) =>
      stored.map(({ labels, value, timestamp }) => ({
        series: seriesLabels,
        traceId: labels.trace_id,
        spanId: labels.span_id,
        value: Number(value),
        time: new Date(timestamp * 1_000),
      })),
    );
  }

  return {
    exemplars,
    /** The series of an expression, as soon as it has any. */
    series: (expression: string) =>
      eventually(
        async () => {
          const result = await query(expression).catch(() => []);
          return result.length > 0 ? result : undefined;
        },
        { timeoutMs: 20_000, message: `${expression} in Prometheus` },
      ),
    async stop(): Promise<void> {
      await program.stop('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** What `promtool check metrics` says of a text, a complaint a line. */
export function lintMetrics(text: string): string[] {
  const { stdout, stderr, error } = spawnSync('promtool', ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  if (error) throw error;
  return `${stdout}${stderr}`.split('\n').filter(Boolean);
}
