import { describe, expect, test } from 'vitest';
import { createRouting } from '../../src/pipeline/routing.ts';
import { proceduralProvider } from '../../src/providers/procedural-provider.ts';
import type { Ask } from '../../src/providers/question-provider.ts';
import { createFaultyHarness } from '../support/faulty-harness.ts';
import { countRequest, type Harness } from '../support/harness.ts';
import { scriptedJudge, scriptedProvider } from '../support/scripted-parts.ts';

const oneStratum = { types: ['math'], difficulties: ['easy'] } as const;

describe('fallback to another author', () => {
  test('hands a batch on when its author has used up its attempts, and books it with who wrote it', async () => {
    const harness = await createFaultyHarness({ authors: [['server_error', 'server_error'], []] });

    const summary = await harness.run(countRequest(10, oneStratum));

    expect(summary).toMatchObject({ state: 'succeeded', inserted: 10, retries: 1, fallbacks: 1 });
    expect(summary.byProvider).toEqual({
      anthropic: {
        ...{ requested: 10, generated: 5, approved: 5, inserted: 5 },
        ...{ failed: 0, handedOver: 5, takenOver: 0 },
      },
      openai: {
        ...{ requested: 0, generated: 5, approved: 5, inserted: 5 },
        ...{ failed: 0, handedOver: 0, takenOver: 5 },
      },
    });
    expect(harness.memory).toHaveRecordedMetric('provider.fallbacks', {
      labels: { provider: 'anthropic', reason: 'server_error', purpose: 'generation' },
      value: 1,
    });
    const rows = await harness.database.prisma.question.findMany({ select: { provider: true } });
    expect(rows.map(({ provider }) => provider).sort()).toEqual([
      ...Array(5).fill('anthropic'),
      ...Array(5).fill('openai'),
    ]);
  });

  test('does not repeat what cannot succeed: the next author is asked at once', async () => {
    const harness = await createFaultyHarness({ authors: [['invalid_request'], []] });

    const summary = await harness.run(countRequest(5, oneStratum));

    expect(summary).toMatchObject({ state: 'succeeded', retries: 0, fallbacks: 1 });
    expect(harness.memory.errors()).toEqual([]);
  });

  test('leaves an author alone while its circuit is open, and comes back to it when it works again', async () => {
    const down = Array(3).fill('server_error');
    const harness = await createFaultyHarness({ authors: [down, []] });
    const state = () => harness.memory.metric('circuit_breaker.state', { provider: 'anthropic' });

    const first = await harness.run(countRequest(20, oneStratum), { seed: 1 });
    const stateAfterFirst = state();
    harness.clock.ms += 30_000;
    const second = await harness.run(countRequest(20, oneStratum), { seed: 2 });

    expect(first).toMatchObject({ state: 'succeeded', inserted: 20, breakerTrips: 1 });
    expect(first.byProvider['anthropic']).toMatchObject({ requested: 20, handedOver: 20 });
    expect(harness.memory).toHaveRecordedMetric('provider.fallbacks', {
      labels: { provider: 'anthropic', reason: 'circuit_open', purpose: 'generation' },
    });
    expect(stateAfterFirst).toBe(1);
    expect(second.byProvider['anthropic']?.generated).toBeGreaterThan(0);
    expect(state()).toBe(0);
  });

  test('opens the circuit at the first word that a quota is used up', async () => {
    const harness = await createFaultyHarness({
      authors: [['billing_quota', 'none'], []],
      failuresToOpen: 100,
    });

    const summary = await harness.run(countRequest(20, oneStratum));

    expect(summary).toMatchObject({ state: 'succeeded', breakerTrips: 1, fallbacks: 4 });
    expect(summary.byProvider['openai']?.generated).toBe(20);
  });

  test('fails what every circuit refuses, under a reason of its own and without a report for each batch', async () => {
    const harness = await createFaultyHarness({ authors: [['authentication'], ['billing_quota']] });

    const summary = await harness.run(countRequest(30, oneStratum));

    expect(summary.state).toBe('failed');
    expect(summary.failed).toMatchObject({ billing_quota: 5, circuit_open: 25 });
    expect(harness.memory.errors()).toHaveLength(1);
    const spans = harness.memory.spans().filter(({ name }) => name.startsWith('provider.'));
    expect(spans).toHaveLength(2);
  });
});

describe('the deadline of a call', () => {
  const never = () => new Promise<never>(() => {});
  const brief = (harness: Harness) => ({
    ...harness.config,
    generation: { ...harness.config.generation, callDeadlineSeconds: 0.05 },
  });

  test('gives up an author that never answers, as a network error, and the next one writes', async () => {
    const silent = { ...scriptedProvider([], 'anthropic'), generate: never };
    const authors = [silent, scriptedProvider([], 'openai')];
    const harness = await createFaultyHarness({}, { authors });

    const summary = await harness.run(countRequest(5, oneStratum), { config: brief(harness) });

    expect(summary).toMatchObject({ state: 'succeeded', inserted: 5, retries: 1, fallbacks: 1 });
    expect(summary.errors.byCategory).toEqual({ network_error: 2 });
  });

  test('gives up a judge that never answers: the question stays unjudged and is not stored', async () => {
    const judges = [
      {
        ...scriptedJudge([], 'google'),
        evaluate: (_: readonly unknown[], ask: Ask) => ask('evaluation', never),
      },
    ];
    const harness = await createFaultyHarness({}, { judges });

    const summary = await harness.run(countRequest(5, oneStratum), { config: brief(harness) });

    expect(summary).toMatchObject({ state: 'failed', unjudged: 5, inserted: 0, retries: 1 });
    expect(summary.errors.byCategory).toEqual({ network_error: 2 });
  });
});

describe('fallback to another judge', () => {
  test('takes to the next judge only what the first left unjudged', async () => {
    const judges = [scriptedJudge(['half_down'], 'google'), scriptedJudge([], 'xai')];
    const harness = await createFaultyHarness({}, { judges });

    const summary = await harness.run(countRequest(5, oneStratum));

    expect(summary).toMatchObject({ state: 'succeeded', unjudged: 0, inserted: 5, fallbacks: 1 });
    const rows = await harness.database.prisma.question.groupBy({
      by: ['judgeProvider'],
      _count: true,
      orderBy: { judgeProvider: 'asc' },
    });
    expect(rows.map(({ judgeProvider, _count }) => [judgeProvider, _count])).toEqual([
      ['google', 2],
      ['xai', 3],
    ]);
  });

  test('goes on judging by another provider when the quota of the first is used up', async () => {
    const harness = await createFaultyHarness({ judges: [['none', 'billing_quota'], []] });

    const summary = await harness.run(countRequest(10, oneStratum));

    expect(summary).toMatchObject({ state: 'succeeded', inserted: 10, breakerTrips: 1 });
    expect(harness.memory).toHaveRecordedMetric('provider.fallbacks', {
      labels: { provider: 'google', reason: 'billing_quota', purpose: 'evaluation' },
      value: 1,
    });
  });
});

describe('createRouting', () => {
  const judge = (provider: 'openai' | 'google' | 'procedural') => scriptedJudge([], provider);
  const author = (provider: 'openai' | 'google') => scriptedProvider([], provider);
  const standIn = proceduralProvider;

  test('never has an author judged by its own provider', () => {
    const routing = createRouting({
      authors: () => [author('openai'), author('google')],
      judges: () => [judge('openai'), judge('google')],
      standIn,
    });

    const judgesOf = (name: 'openai' | 'google') =>
      routing.judgesOf(name).map(({ provider }) => provider);
    expect(judgesOf('openai')).toEqual(['google']);
    expect(judgesOf('google')).toEqual(['openai']);
  });

  test('leaves an author out whom nobody else can judge', () => {
    const routing = createRouting({
      authors: (type) =>
        type === 'math' ? [author('openai'), author('google')] : [author('openai')],
      judges: (name) => [judge(name === 'procedural' ? 'procedural' : 'openai')],
      standIn,
    });

    expect(routing.authorsOf('math').map(({ name }) => name)).toEqual(['google']);
    expect(routing.authorsOf('verbal')).toEqual([standIn]);
  });

  test('has procedural questions re-solved', () => {
    const routing = createRouting({
      authors: () => [standIn],
      judges: () => [judge('procedural')],
      standIn,
    });

    expect(routing.judgesOf('procedural').map(({ provider }) => provider)).toEqual(['procedural']);
  });
});
