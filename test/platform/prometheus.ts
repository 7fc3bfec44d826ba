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

  async function query(expression: string) {
    const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return answerSchema.parse(await response.json()).data.result;
  }

  return {
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
