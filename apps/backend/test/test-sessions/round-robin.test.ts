import { afterAll, beforeAll, expect, test } from 'vitest';
import { estimateAbility } from '../../src/psychometrics/ability-estimation.ts';
import { toScaledScore } from '../../src/psychometrics/scaled-score.ts';
import { fillBank } from '../testing/question-bank.ts';
import { type RoundRobinProxy, startRoundRobinProxy } from '../testing/round-robin-proxy.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker } from '../testing/test-taker.ts';

const takers = 8;
const itemsMax = 8;

let instances: TestApp[];
let proxy: RoundRobinProxy;
const replies: { status: number; code?: string }[] = [];

/** Everybody takes a session at once: each answer goes out three times alike and once another, all together. */
beforeAll(async () => {
  const first = await startTestApp();
  await fillBank(first.admin, 4);
  instances = [first, await startTestApp({ besides: first })];
  const urls = await Promise.all(
    instances.map(({ app }) => app.listen({ host: '127.0.0.1', port: 0 })),
  );
  proxy = await startRoundRobinProxy(urls);
  const tokens = await Promise.all(
    Array.from({ length: takers }, async () => (await registerTaker(first.app)).accessToken),
  );
  for (const { telemetry } of instances) telemetry.reset();
  await Promise.all(
    tokens.map((token, index) => play(token, index % 2 === 0 ? 'adaptive' : 'fixed')),
  );
}, 120_000);
afterAll(async () => {
  await proxy?.[Symbol.asyncDispose]();
  for (const instance of instances.toReversed()) await instance.close();
});

interface Reply {
  readonly id: string;
  readonly code?: string;
  readonly next?: { readonly id: string };
}

async function post(token: string, path: string, body: object): Promise<Reply> {
  const response = await fetch(`${proxy.url}/v1/test-sessions${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  const reply = (await response.json()) as Reply;
  replies.push({
    status: response.status,
    ...(reply.code === undefined ? {} : { code: reply.code }),
  });
  return reply;
}

async function play(token: string, mode: 'adaptive' | 'fixed'): Promise<void> {
  const starts = await Promise.all([1, 2].map(() => post(token, '', { mode, itemsMax })));
  const started = starts.find(({ code }) => code === undefined);
  for (let next = started?.next, count = 0; next !== undefined; count += 1) {
    const questionId = next.id;
    const answers = [count, count, count + 1, count].map((option) =>
      post(token, `/${started?.id}/responses`, { questionId, optionIndex: option % 4 }),
    );
    const taken = (await Promise.all(answers)).filter(({ code }) => code === undefined);
    next = taken[0]?.next;
    expect(new Set(taken.map((reply) => reply.next?.id)).size).toBe(1);
  }
}

test('both instances are asked as often', () => {
  const [one = 0, two = 0] = proxy.counts;

  expect(Math.abs(one - two)).toBeLessThanOrEqual(1);
  expect(one).toBeGreaterThan(takers * itemsMax);
});

test('each answer is taken once; the others are told the same, or that there is one', () => {
  const refused = replies.filter(({ status }) => status >= 300);
  const codes = Map.groupBy(refused, ({ code }) => code);

  expect([...codes.keys()].sort()).toEqual(['active_session_exists', 'question_already_answered']);
  expect(codes.get('active_session_exists')).toHaveLength(takers);
  // The odd one out is refused, or the three others are.
  expect(codes.get('question_already_answered')?.length).toBeGreaterThanOrEqual(takers * itemsMax);
});

test('the rows hold one response for each place of each session, and no place is left out', async () => {
  const sessions = await instances[0]?.admin.prisma.testSession.findMany({
    include: { responses: { orderBy: { position: 'asc' } } },
  });

  expect(sessions).toHaveLength(takers);
  for (const { responses, status } of sessions ?? []) {
    expect(status).toBe('completed');
    expect(responses.map(({ position }) => position)).toEqual(
      Array.from({ length: itemsMax }, (_, index) => index + 1),
    );
    expect(new Set(responses.map(({ questionId }) => questionId)).size).toBe(itemsMax);
  }
});

test('every result is what the stored responses give', async () => {
  const results = await instances[0]?.admin.prisma.result.findMany({
    include: {
      session: {
        include: { responses: { orderBy: { position: 'asc' }, include: { question: true } } },
      },
    },
  });

  expect(results).toHaveLength(takers);
  for (const { session, ...result } of results ?? []) {
    const { responses } = session;
    const scored = responses.map(({ discrimination, difficulty, optionIndex, question }) => ({
      discrimination,
      difficulty,
      correct: optionIndex === question.keyIndex,
    }));
    const estimate = estimateAbility(scored);
    const { scaledScore, intervalLower, intervalUpper } = toScaledScore(estimate);

    expect(responses.map(({ correct }) => correct)).toEqual(scored.map(({ correct }) => correct));
    expect(result.itemsCorrect).toBe(scored.filter(({ correct }) => correct).length);
    expect(result.itemsAnswered).toBe(itemsMax);
    for (const [stored, computed] of [
      [result.theta, estimate.theta],
      [result.standardError, estimate.standardError],
      [result.scaledScore, scaledScore],
      [result.intervalLower, intervalLower],
      [result.intervalUpper, intervalUpper],
      [session.theta, estimate.theta],
    ] as const) {
      expect(stored).toBeCloseTo(computed, 9);
    }
  }
});

test('what both instances counted together is what the rows hold', () => {
  const counted = (name: Parameters<TestApp['telemetry']['metric']>[0]) =>
    instances.reduce((sum, { telemetry }) => sum + Number(telemetry.metric(name)), 0);

  expect(counted('test.sessions.started')).toBe(takers);
  expect(counted('test.sessions.completed')).toBe(takers);
  expect(counted('test.score')).toBe(takers);
  expect(counted('questions.served')).toBe(takers * itemsMax);
  expect(counted('test.sessions.abandoned')).toBe(0);
});
