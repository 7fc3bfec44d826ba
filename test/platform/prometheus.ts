import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually, freePort, startProgram } from '@aiq/testing';
import { z } from 'zod';

const labelsSchema = z.record(z.string(), z.string());

const answerSchema = z.object({
  data: z.object({
    result: z.array(z.object({ metric: labelsSchema, value: z.tuple([z.number(), z.string()]) })),
  }),
});

const seriesSchema = z.object({ data: z.array(labelsSchema) });

const exemplarsSchema = z.object({
  data: z.array(
    z.object({
      seriesLabels: labelsSchema,
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

export type Prometheus = Awaited<ReturnType<typeof runPrometheus>>;

/** Debian's Prometheus, which scrapes these addresses every second. */
export function startPrometheus(targets: Readonly<Record<string, string>>): Promise<Prometheus> {
  const jobs = Object.entries(targets).map(
    ([job, url]) =>
      `  - job_name: ${job}\n    static_configs:\n      - targets: ["${new URL(url).host}"]\n`,
  );
  return runPrometheus({
    command: 'prometheus',
    files: {
      'prometheus.yml': `global: { scrape_interval: 1s }\nscrape_configs:\n${jobs.join('')}`,
    },
    flags: ['--enable-feature=exemplar-storage'],
  });
}

/** A real Prometheus on a free port, over data of its own, until `stop`. */
export async function runPrometheus(options: {
  readonly command: string;
  /** Its configuration, `prometheus.yml`, and what that names, by path relative to it. */
  readonly files: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
}) {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-prometheus-'));
  for (const [name, text] of Object.entries(options.files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  const port = await freePort();
  const program = await startProgram(options.command, [
    `--config.file=${directory}/prometheus.yml`,
    `--storage.tsdb.path=${directory}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
    ...options.flags,
  ]);
  await program.waitForLine(/Server is ready/);
  const url = `http://127.0.0.1:${port}`;

  async function ask(path: string, parameters: Readonly<Record<string, string>>) {
    const address = `${url}/api/v1/${path}?${new URLSearchParams(parameters)}`;
    const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
    return response.json();
  }

  async function query(expression: string, at: Date = new Date()) {
    const time = String(at.getTime() / 1_000);
    return answerSchema.parse(await ask('query', { query: expression, time })).data.result;
  }

  /** The exemplars of a selector's series, of the last hour. */
  async function exemplars(selector: string): Promise<StoredExemplar[]> {
    const answer = exemplarsSchema.parse(
      await ask('query_exemplars', { query: selector, ...lastHour() }),
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
    url,
    /** What an expression gives, as of any time. */
    query,
    exemplars,
    /** The labels of all series that a selector chooses, `__name__` among them. */
    labelSets: async (selector: string): Promise<Record<string, string>[]> =>
      seriesSchema.parse(await ask('series', { 'match[]': selector, ...lastHour() })).data,
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

function lastHour(): { start: string; end: string } {
  const now = Date.now() / 1_000;
  return { start: String(now - 3_600), end: String(now + 60) };
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
