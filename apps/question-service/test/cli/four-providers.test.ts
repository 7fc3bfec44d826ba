import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import { telemetryMatchers } from '@aiq/observability/testing';
import {
  injectFaults,
  type ModelAnswer,
  type OtlpReceiver,
  type ReceivedSpan,
  startModelServer,
  startOtlpReceiver,
} from '@aiq/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RunSummary } from '../../src/pipeline/run-summary.ts';
import { createQuestionsRepository } from '../../src/storage/questions-repository.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';
import { runCli } from '../support/run-cli.ts';
import { answerWell, billOf } from '../support/scripted-models.ts';

expect.extend(telemetryMatchers);

/** Pauses are short, and Google's price has no last day: the test is to outlive it. */
const settings = `
retry: { attemptsMax: 3, baseDelayMs: 20, delayMsMax: 100, retryAfterSecondsMax: 2 }
generators: { questionsPerCallMax: 3 }
models:
  providers:
    google: { models: { gemini-3.8-flash: { price: { pricedUntil: 2999-12-31 } } } }
`;

const paid = { inputTokens: 700, outputTokens: 90 };
const faults: ModelAnswer[] = [
  { kind: 'rate limit' },
  { kind: 'rate limit', retryAfterSeconds: 1 },
  { kind: 'server error' },
  { kind: 'overloaded' },
  { kind: 'reset' },
  { kind: 'cut body', value: {} },
  { kind: 'invalid request' },
  { kind: 'json', value: {}, usage: paid },
  { kind: 'cut json', value: { questions: [] }, usage: paid },
  { kind: 'refusal', usage: paid },
  { kind: 'text', text: 'Here you are!', usage: paid },
];

async function writeSettings(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'aiq-four-providers-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, 'settings.yaml');
  await writeFile(file, settings);
  return file;
}

async function run(options: {
  readonly count: number;
  readonly seed: number;
  /** Of calls that fail. */
  readonly share: number;
  readonly args?: readonly string[];
}) {
  const { count, seed, share, args: more = [] } = options;
  const server = await startModelServer(
    injectFaults({ seed, share, faults, otherwise: answerWell }),
  );
  const receiver = await startOtlpReceiver();
  const url = (await testDatabase()).url('question_service');
  const database = createDatabase({ url, applicationName: 'test' });
  onTestFinished(async () => {
    await Promise.all([server.stop(), receiver.stop(), database.close()]);
  });
  const args = [
    'generate',
    '--count',
    `${count}`,
    '--seed',
    `${seed}`,
    '--json',
    '--quiet',
    ...more,
  ];
  const result = await runCli(args, {
    DATABASE_URL: url,
    QUESTION_SERVICE_CONFIG: await writeSettings(),
    OTEL_SDK_DISABLED: '',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OPENAI_API_KEY: 'sk-test-openai',
    ANTHROPIC_API_KEY: 'sk-ant-test',
    GOOGLE_GENERATIVE_AI_API_KEY: 'test-google',
    XAI_API_KEY: 'xai-test',
    OPENAI_BASE_URL: server.baseUrls.openai,
    ANTHROPIC_BASE_URL: server.baseUrls.anthropic,
    GOOGLE_BASE_URL: server.baseUrls.google,
    XAI_BASE_URL: server.baseUrls.xai,
  });
  const summary = JSON.parse(result.stdout) as RunSummary;
  return { result, summary, server, receiver, database };
}

/** The counts of a run as they arrived as metrics, in the shape of its summary. */
function countsOf(receiver: OtlpReceiver): Partial<RunSummary> {
  const sum = (name: string, labels = {}) => receiver.metricValue(name, labels) ?? 0;
  const by = (name: keyof typeof metrics, label: string) => {
    const values = (metrics[name].labels as Record<string, readonly string[]>)[label] ?? [];
    return Object.fromEntries(values.map((value) => [value, sum(name, { [label]: value })]));
  };
  return {
    requested: sum('questions.requested'),
    generated: sum('questions.generated'),
    failed: by('questions.failed', 'reason'),
    approved: sum('questions.approved'),
    rejected: by('questions.rejected', 'reason'),
    unjudged: sum('questions.unjudged'),
    duplicates: by('questions.duplicates', 'kind'),
    inserted: sum('questions.inserted'),
    insertFailed: by('questions.insert_failures', 'reason'),
    discarded: sum('questions.discarded'),
    retries: sum('pipeline.retries'),
    fallbacks: sum('provider.fallbacks'),
    breakerTrips: sum('circuit_breaker.trips'),
  } as Partial<RunSummary>;
}

/** Which span stands under which, in names that hold no model and no table. */
function edgesOf(spans: readonly ReceivedSpan[]): Set<string> {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const nameOf = ({ name, attributes }: ReceivedSpan) => {
    if ('db.system.name' in attributes) return 'SQL';
    return name.replace(/^chat .*/u, 'chat').replace(/^provider\.\w+\./u, 'provider.*.');
  };
  return new Set(
    spans.map((span) => {
      const parent = byId.get(span.parentSpanId ?? '');
      return `${parent ? nameOf(parent) : 'none'} > ${nameOf(span)}`;
    }),
  );
}

describe('a run of four providers', { timeout: 240_000 }, () => {
  test('adds up to the unit with every fifth call at fault: summary, metrics, rows, bill and trace', async () => {
    const { result, summary, server, receiver, database } = await run({
      count: 72,
      seed: 20_261_125,
      share: 0.2,
    });

    // The faults came, and the run went on.
    const faulty = server.calls.filter(({ answer }) => faults.includes(answer));
    expect(server.misunderstood).toEqual([]);
    expect(faulty.length / server.calls.length).toBeGreaterThan(0.1);
    expect(new Set(server.calls.map(({ provider }) => provider)).size).toBe(4);
    expect(summary.requested).toBe(72);
    expect(summary.inserted).toBeGreaterThan(36);
    expect(summary.retries).toBeGreaterThan(0);
    expect(summary.fallbacks).toBeGreaterThan(0);
    expect(summary.rejected.below_threshold).toBeGreaterThan(0);
    expect(summary.rejected.wrong_key).toBeGreaterThan(0);

    // Exit code: 0 where all requested questions came to a good end or were rejected, else 1.
    const failures =
      Object.values(summary.failed).reduce((all, each) => all + each, 0) +
      Object.values(summary.insertFailed).reduce((all, each) => all + each, 0) +
      summary.unjudged;
    expect(summary.state).toBe(failures === 0 ? 'succeeded' : 'partial');
    expect(result.code).toBe(failures === 0 ? 0 : 1);

    // Summary, metrics and rows.
    expect(summary).toMatchObject(countsOf(receiver));
    const questions = createQuestionsRepository(database);
    expect(await questions.countByRun(summary.runId)).toBe(summary.inserted);
    const rows = await database.prisma.question.findMany({
      select: { provider: true, judgeProvider: true },
    });
    expect(rows.filter(({ provider, judgeProvider }) => provider === judgeProvider)).toEqual([]);
    for (const [provider, { inserted }] of Object.entries(summary.byProvider)) {
      expect(rows.filter((row) => row.provider === provider)).toHaveLength(inserted);
    }

    // Costs: what the providers would put on the bill.
    const bill = billOf(server.calls);
    const billUsd = [...bill.values()].reduce((sum, { costUsd }) => sum + costUsd, 0);
    expect(summary.cost.unpricedCalls).toBe(0);
    expect(summary.cost.usd).toBeCloseTo(billUsd, 9);
    expect(receiver.metricValue('api.cost_usd')).toBeCloseTo(billUsd, 9);
    expect(summary.cost.byModel).toHaveLength(bill.size);
    for (const { provider, model, costUsd, ...counted } of summary.cost.byModel) {
      const { costUsd: billed, ...expected } = bill.get(`${provider}/${model}`) ?? {};
      expect(counted).toEqual(expected);
      expect(costUsd).toBeCloseTo(billed ?? Number.NaN, 9);
    }

    // One trace, in the shape of the pipeline.
    const spans = receiver.spans();
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([summary.traceId]));
    const ofPipeline = edgesOf(spans.filter(({ name }) => !name.startsWith('pg')));
    expect([...ofPipeline].filter((edge) => !edge.endsWith('> SQL')).sort()).toEqual([
      'judge.evaluate > chat',
      'none > pipeline.run',
      'pipeline.deduplication > embedding.compute',
      'pipeline.evaluation > judge.evaluate',
      'pipeline.generation > provider.*.generate',
      'pipeline.run > pipeline.deduplication',
      'pipeline.run > pipeline.evaluation',
      'pipeline.run > pipeline.generation',
      'pipeline.run > pipeline.storage',
      'pipeline.storage > db.insert',
      'provider.*.generate > chat',
    ]);
    expect(ofPipeline).toContain('db.insert > SQL');

    // Each attempt is one CLIENT span and nothing below it; those that failed say with what.
    const chats = spans.filter(({ name }) => name.startsWith('chat '));
    expect(chats).toHaveLength(server.calls.length);
    expect(new Set(chats.map(({ kind }) => kind))).toEqual(new Set(['client']));
    expect(chats.filter(({ status }) => status === 'error')).toHaveLength(faulty.length);
    const attempts = chats.map(({ attributes }) => Number(attributes['attempt']));
    expect(attempts.filter((attempt) => attempt > 1).length).toBeGreaterThan(0);
    expect(attempts.filter((attempt) => attempt > 1).length).toBeLessThanOrEqual(summary.retries);
  });

  test('stops at its cost ceiling in order: what is begun is finished, the rest has failed for the cost', async () => {
    const args = ['--max-cost-usd', '0.05', '--types', 'logic,math'];
    const { result, summary, server, database } = await run({ count: 60, seed: 7, share: 0, args });

    expect(result.code).toBe(1);
    expect(summary.state).toBe('partial');
    expect(summary.failed.cost_ceiling).toBe(60 - summary.generated);
    expect(summary.failed.cost_ceiling).toBeGreaterThan(0);
    expect(summary.unjudged).toBe(0);
    const billUsd = [...billOf(server.calls).values()].reduce((sum, each) => sum + each.costUsd, 0);
    expect(summary.cost.usd).toBeCloseTo(billUsd, 9);
    expect(billUsd).toBeGreaterThanOrEqual(0.05);
    expect(await database.prisma.question.count()).toBe(summary.inserted);
  });

  test('without faults every question is written by who was planned, and all is one attempt', async () => {
    const { result, summary, server, receiver } = await run({ count: 18, seed: 7, share: 0 });

    expect(result.code).toBe(0);
    expect(summary).toMatchObject({ state: 'succeeded', retries: 0, fallbacks: 0, requested: 18 });
    for (const counts of Object.values(summary.byProvider)) {
      expect(counts).toMatchObject({ failed: 0, handedOver: 0, takenOver: 0 });
      expect(counts.generated).toBe(counts.requested);
    }
    expect(summary.cost.usd).toBeCloseTo(
      [...billOf(server.calls).values()].reduce((sum, { costUsd }) => sum + costUsd, 0),
      9,
    );
    expect(receiver).toHaveSpanTree({
      name: 'pipeline.generation',
      children: [
        {
          name: 'provider.anthropic.generate',
          status: 'unset',
          attributes: { question_type: 'pattern', question_count: 1 },
          children: [
            {
              name: 'chat claude-sonnet-5-5',
              kind: 'client',
              attributes: {
                'gen_ai.provider.name': 'anthropic',
                'gen_ai.operation.name': 'chat',
                attempt: 1,
              },
              children: [],
            },
          ],
        },
      ],
    });
    expect(receiver).toHaveSpanTree({
      name: 'pipeline.storage',
      children: [{ name: 'db.insert', attributes: { question_count: 1 } }],
    });
  });
});
