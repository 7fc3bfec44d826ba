import type { ExpectedSpan } from '@aiq/observability/testing';
import { describe, expect, test } from 'vitest';
import { judgeQuestion } from '../../src/evaluation/judge-question.ts';
import type { CandidateQuestion } from '../../src/questions/question.ts';
import { questionTypes, strata } from '../../src/questions/question.ts';
import { countRequest, createHarness, metricsOf } from '../support/harness.ts';

describe('runPipeline', () => {
  test('counts the same in its summary, its metrics and its rows', async () => {
    const harness = await createHarness();

    const summary = await harness.run(countRequest(180));

    expect(summary).toMatchObject({ state: 'succeeded', requested: 180, generated: 180 });
    expect(metricsOf(harness)).toEqual(
      expect.objectContaining({ requested: 180, inserted: summary.inserted }),
    );
    expect(summary).toMatchObject(metricsOf(harness));
    expect(await harness.questions.countByRun(summary.runId)).toBe(summary.inserted);
    expect(summary.inserted).toBeGreaterThan(150);
  });

  test('spreads the questions evenly over types and difficulties', async () => {
    const harness = await createHarness();

    const summary = await harness.run(countRequest(36));

    const requested = Object.values(summary.byType).map((counts) => counts.requested);
    expect(requested).toEqual(questionTypes.map(() => 6));
    expect(Object.keys(summary.byDifficulty)).toEqual(['easy', 'medium', 'hard']);
    expect(summary.byProvider['procedural']?.requested).toBe(36);
  });

  test('stores nothing the second time with the same seed, because all are exact duplicates', async () => {
    const harness = await createHarness();
    const first = await harness.run(countRequest(90));

    const second = await harness.run(countRequest(90));

    expect(second.state).toBe('succeeded');
    expect(second.inserted).toBe(0);
    expect(second.duplicates.exact).toBeGreaterThanOrEqual(first.inserted);
    expect(await harness.questions.countByRun(second.runId)).toBe(0);
  });

  test('fills every stratum up to the target, and plans nothing when it is reached', async () => {
    const harness = await createHarness();

    const summary = await harness.run({ kind: 'fill', target: 12 });
    const again = await harness.run({ kind: 'fill', target: 12 }, { seed: 8 });

    const stock = await harness.inventory.read();
    expect(stock.map(({ active }) => active)).toEqual(strata.map(() => 12));
    expect(summary).toMatchObject({ state: 'succeeded', inserted: 216 });
    expect(again).toMatchObject({ state: 'succeeded', requested: 0 });
  });

  test('stores its summary with the run, and its trace', async () => {
    const harness = await createHarness();

    const summary = await harness.run(countRequest(18));

    const record = await harness.runs.find(summary.runId);
    const root = harness.memory.spans().find((span) => span.name === 'pipeline.run');
    expect(record).toMatchObject({ state: 'succeeded', traceId: root?.traceId, summary });
    expect(summary.traceId).toBe(root?.traceId);
  });

  test('reports a defect where the bank holds another number of its questions than it counted', async () => {
    const harness = await createHarness();
    const { questions } = harness;
    const forgetful = {
      ...questions,
      countByRun: async (runId: string) => (await questions.countByRun(runId)) - 1,
    };

    const summary = await harness.with({ questions: forgetful }).run(countRequest(18));

    expect(summary.errors.byCategory).toEqual({ database: 1 });
    expect(harness.memory).toHaveCapturedError({
      type: 'accounting_mismatch',
      message: `counted ${summary.inserted} inserted questions`,
    });
  });

  test('announces its end with one event', async () => {
    const harness = await createHarness();

    const summary = await harness.run(countRequest(18));

    const events = harness.memory.events();
    expect(events.map((event) => event.name)).toEqual(['generation_run.completed']);
    expect(events[0]?.body).toMatchObject({ runId: summary.runId });
  });

  test('makes one trace: stages under the run, work under its stage', async () => {
    const harness = await createHarness();

    await harness.run(countRequest(6, { types: ['pattern'], difficulties: ['easy'] }));

    const stage = (name: string, child: ExpectedSpan) => ({ name, children: [child] });
    const insert = { name: 'db.insert', attributes: { question_count: expect.any(Number) } };
    expect(harness.memory).toHaveSpanTree([
      {
        name: 'pipeline.run',
        children: [
          stage('pipeline.generation', { name: 'provider.procedural.generate', children: [] }),
          stage('pipeline.evaluation', { name: 'judge.evaluate', children: [] }),
          stage('pipeline.deduplication', { name: 'embedding.compute', children: [] }),
          stage('pipeline.storage', { ...insert, children: [] }),
        ],
      },
    ]);
  });

  test('gives 1,000 questions of which at least 900 differ, and each stored key is the one that re-solving finds', async () => {
    const harness = await createHarness();

    const summary = await harness.run(countRequest(1_000));

    const rows = await harness.database.prisma.question.findMany();
    const verdicts = rows.map((row) => judgeQuestion(toCandidate(row)).status);
    expect(rows).toHaveLength(summary.inserted);
    expect(rows.length).toBeGreaterThanOrEqual(900);
    expect(new Set(rows.map((row) => row.contentHash)).size).toBe(rows.length);
    expect(verdicts).toEqual(rows.map(() => 'approved'));
    expect(rows.every((row) => row.runId === summary.runId)).toBe(true);
  }, 60_000);
});

type Row = Omit<CandidateQuestion, 'stimulus'> & { readonly stimulus: string | null };

function toCandidate({ stimulus, ...row }: Row): CandidateQuestion {
  const { type, difficultyLevel, content, options, keyIndex, explanation } = row;
  const question = { type, difficultyLevel, content, options, keyIndex, explanation };
  return stimulus === null ? question : { ...question, stimulus };
}
