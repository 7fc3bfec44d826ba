import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explanationMark, fillBank, keyOf } from '../testing/question-bank.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker, takeSession } from '../testing/test-taker.ts';

let running: TestApp;

beforeAll(async () => {
  running = await startTestApp();
  await fillBank(running.admin, 6);
});
afterAll(() => running.close());

describe('a fixed session', () => {
  test('asks 18 questions, three of each type and six of each level, and ends with a score', async () => {
    const taker = await registerTaker(running.app);

    const session = await takeSession(taker, { mode: 'fixed' }, ({ id }) =>
      keyOf(running.admin, id),
    );

    const result = await taker.send('GET', `/v1/test-sessions/${session.sessionId}/result`);
    const asked = await running.admin.prisma.question.findMany({
      where: { id: { in: session.questionIds } },
    });
    expect(session.questionIds).toHaveLength(18);
    expect(countBy(asked.map(({ type }) => type))).toEqual([3, 3, 3, 3, 3, 3]);
    expect(countBy(asked.map(({ difficultyLevel }) => difficultyLevel))).toEqual([6, 6, 6]);
    expect(result.json()).toMatchObject({
      itemsAnswered: 18,
      itemsCorrect: 18,
      stopReason: 'form_completed',
      interval: { level: 0.95 },
    });
    expect(result.json().scaledScore).toBeGreaterThan(120);
    expect(result.json().interval.lower).toBeLessThan(result.json().scaledScore);
    expect(result.json().percentile).toBeGreaterThan(90);
  });

  test('takes a length that is asked for', async () => {
    const taker = await registerTaker(running.app);

    const session = await takeSession(taker, { mode: 'fixed', itemsMax: 5 }, () => 0);

    expect(session.questionIds).toHaveLength(5);
  });

  test('counts its start, its questions, its duration and its score', async () => {
    const taker = await registerTaker(running.app);
    running.telemetry.reset();

    await takeSession(taker, { mode: 'fixed' }, () => 1);

    const { telemetry } = running;
    const once = { value: 1, labels: { adaptive: 'false' } };
    const ofLogic = { value: 3, labels: { question_type: 'logic' } };
    expect(telemetry).toHaveRecordedMetric('test.sessions.started', once);
    expect(telemetry).toHaveRecordedMetric('test.sessions.completed', once);
    expect(telemetry).toHaveRecordedMetric('test.sessions.duration', once);
    expect(telemetry).toHaveRecordedMetric('test.score', once);
    expect(telemetry).toHaveRecordedMetric('questions.served', { value: 18 });
    expect(telemetry).toHaveRecordedMetric('questions.served', ofLogic);
    expect(telemetry.refused()).toBe(0);
  });
});

describe('an adaptive session', () => {
  test('stops on precision within 30 questions, balanced over the types', async () => {
    const taker = await registerTaker(running.app);

    const session = await takeSession(taker, { mode: 'adaptive' }, async ({ id }) => {
      const key = await keyOf(running.admin, id);
      return Math.random() < 0.5 ? key : (key + 1) % 4;
    });

    const result = await taker.send('GET', `/v1/test-sessions/${session.sessionId}/result`);
    const asked = await running.admin.prisma.question.findMany({
      where: { id: { in: session.questionIds } },
    });
    const byType = countBy(asked.map(({ type }) => type));
    expect(new Set(session.questionIds).size).toBe(session.questionIds.length);
    expect(result.json()).toMatchObject({ stopReason: 'standard_error_reached' });
    expect(result.json().standardError).toBeLessThanOrEqual(0.4);
    expect(Math.max(...byType) - Math.min(...byType)).toBeLessThanOrEqual(1);
  });

  test('ends at the length that is asked for', async () => {
    const taker = await registerTaker(running.app);

    const session = await takeSession(taker, { mode: 'adaptive', itemsMax: 4 }, () => 0);

    const result = await taker.send('GET', `/v1/test-sessions/${session.sessionId}/result`);
    expect(session.questionIds).toHaveLength(4);
    expect(result.json()).toMatchObject({ stopReason: 'items_max_reached', itemsAnswered: 4 });
  });

  test('gives who is always right a higher score than who is always wrong', async () => {
    const able = await registerTaker(running.app);
    const unable = await registerTaker(running.app);
    const right = ({ id }: { id: string }) => keyOf(running.admin, id);
    const wrong = async ({ id }: { id: string }) => ((await keyOf(running.admin, id)) + 1) % 4;

    const high = await takeSession(able, { mode: 'adaptive' }, right);
    const low = await takeSession(unable, { mode: 'adaptive' }, wrong);

    const highResult = await able.send('GET', `/v1/test-sessions/${high.sessionId}/result`);
    const lowResult = await unable.send('GET', `/v1/test-sessions/${low.sessionId}/result`);
    expect(highResult.json().scaledScore).toBeGreaterThan(125);
    expect(lowResult.json().scaledScore).toBeLessThan(75);
  });
});

test('no response before the end tells the key or the explanation', async () => {
  const taker = await registerTaker(running.app);

  const { sessionId, responses } = await takeSession(taker, { mode: 'adaptive' }, () => 2);
  const bodies = [
    ...responses,
    await taker.send('GET', `/v1/test-sessions/${sessionId}`),
    await taker.send('GET', `/v1/test-sessions/${sessionId}/result`),
    await taker.send('GET', '/v1/test-sessions'),
  ].map(({ body }) => body);

  expect(bodies.filter((body) => body.includes(explanationMark))).toEqual([]);
  expect(bodies.filter((body) => /"(key\w*|correct|explanation|solution)"/i.test(body))).toEqual(
    [],
  );
});

test('a question is not served twice to one user while unseen ones last', async () => {
  const taker = await registerTaker(running.app);
  const served: string[] = [];

  for (const mode of ['fixed', 'adaptive', 'fixed', 'adaptive'] as const) {
    const { questionIds } = await takeSession(taker, { mode, itemsMax: 18 }, () => 3);
    served.push(...questionIds);
  }

  expect(served.length).toBeGreaterThan(60);
  expect(new Set(served).size).toBe(served.length);
});

test('questions come again once all of the bank was seen', async () => {
  const small = await startTestApp();
  await fillBank(small.admin, 1);
  const taker = await registerTaker(small.app);

  const first = await takeSession(taker, { mode: 'fixed' }, () => 0);
  const second = await takeSession(taker, { mode: 'fixed' }, () => 0);
  const third = await takeSession(taker, { mode: 'adaptive' }, () => 0);
  const last = await taker.send('GET', `/v1/test-sessions/${third.sessionId}/result`);
  await small.close();

  expect(new Set([...first.questionIds, ...second.questionIds]).size).toBe(18);
  expect(second.questionIds).toHaveLength(18);
  expect(last.json()).toMatchObject({ stopReason: 'items_exhausted', itemsAnswered: 18 });
});

function countBy(values: string[]): number[] {
  return Object.values(Object.groupBy(values, (value) => value)).map((group) => group?.length ?? 0);
}
