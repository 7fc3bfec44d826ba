import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCalibration } from '../../src/calibration/run-calibration.ts';
import { createSeededRandom, shuffle } from '../../src/psychometrics/seeded-random.ts';
import { normal } from '../psychometrics/calibration/simulated-responses.ts';
import { fillBank, keyOf } from '../testing/question-bank.ts';
import { adminToken, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker } from '../testing/test-taker.ts';

let running: TestApp;

beforeEach(async () => {
  running = await startTestApp();
  // 36 questions: a stored session answers 12 of them.
  await fillBank(running.admin, 2);
});
afterEach(() => running.close());

describe('a calibration', () => {
  test('of a bank that nobody has answered does nothing', async () => {
    expect(await calibrate()).toEqual({ status: 'too_few_responses', takers: 0, responses: 0 });
    expect(running.telemetry).toHaveRecordedMetric('calibration.runs', {
      value: 1,
      labels: { outcome: 'too_few_responses' },
    });
  });

  test('finds the difficulty that the answers came from, and marks the questions', async () => {
    const truth = await storeSessions({ takers: 300, seed: 1 });

    const outcome = await calibrate();

    const items = await running.admin.prisma.calibratedItem.findMany();
    const errors = items.map(({ questionId, difficulty }) => difficulty - truth(questionId));
    expect(outcome).toMatchObject({ status: 'stored', version: 1, items: 36, takers: 300 });
    expect(rootMeanSquare(errors)).toBeLessThan(0.4);
    expect(
      await running.admin.prisma.question.count({ where: { calibration: 'calibrated' } }),
    ).toBe(36);
  });

  test('is linked to the one before: abler takers do not make the questions easier', async () => {
    await storeSessions({ takers: 300, seed: 1 });
    await calibrate();
    await running.admin.prisma.testSession.deleteMany();
    await storeSessions({ takers: 300, seed: 2, ability: 1 });

    const outcome = await calibrate();

    const meanOf = async (version: number) => {
      const items = await running.admin.prisma.calibratedItem.findMany({ where: { version } });
      return items.reduce((sum, { difficulty }) => sum + difficulty, 0) / items.length;
    };
    expect(outcome).toMatchObject({ status: 'stored', version: 2 });
    expect(Math.abs((await meanOf(2)) - (await meanOf(1)))).toBeLessThan(0.2);
  });

  test('without enough common questions is not stored', async () => {
    await storeSessions({ takers: 300, seed: 1 });
    await calibrate();

    const outcome = await calibrate({ anchorsMin: 37 });

    expect(outcome).toEqual({ status: 'too_few_anchors', anchors: 36 });
    expect(await running.admin.prisma.calibration.count()).toBe(1);
  });

  test('is listed to who has the admin token', async () => {
    await storeSessions({ takers: 300, seed: 1 });
    await calibrate();

    const response = await running.app.inject({
      url: '/v1/admin/calibrations',
      headers: { authorization: `Bearer ${adminToken}` },
    });

    expect(response.statusCode).toBe(200);
    expect(response.json().calibrations).toMatchObject([
      { version: 1, items: 36, takers: 300, link: { slope: 1, intercept: 0, anchorIds: [] } },
    ]);
  });
});

describe('a session that began before a calibration', () => {
  test('is chosen for and scored by the parameters that it began with; the next one by the new', async () => {
    const taker = await registerTaker(running.app);
    const started = await taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' });
    await storeSessions({ takers: 300, seed: 1 });
    await calibrate();
    // Another instance has never seen the bank as it was.
    const other = await startTestApp({ besides: running });

    const answered = await taker.send(
      'POST',
      `/v1/test-sessions/${started.json().id}/responses`,
      {
        questionId: started.json().next.id,
        optionIndex: await keyOf(running.admin, started.json().next.id),
      },
      other.app,
    );
    const newcomer = await registerTaker(other.app);
    const later = await newcomer.send('POST', '/v1/test-sessions', { mode: 'adaptive' }, other.app);

    const { prisma } = running.admin;
    const response = await prisma.response.findFirstOrThrow({
      where: { sessionId: started.json().id },
    });
    const sessions = await prisma.testSession.findMany({
      where: { id: { in: [started.json().id, later.json().id] } },
      orderBy: { calibrationVersion: 'asc' },
    });
    await other.close();
    expect(answered.statusCode).toBe(200);
    // As its author wrote it: a = 1, b by level.
    expect(response.discrimination).toBe(1);
    expect([-1, 0, 1]).toContain(response.difficulty);
    expect(sessions.map(({ calibrationVersion }) => calibrationVersion)).toEqual([0, 1]);
  });
});

function calibrate(settings: { anchorsMin?: number } = {}) {
  const { dependencies, telemetry } = running;
  return runCalibration({
    calibrations: dependencies.calibrations,
    settings: { responsesMin: 50, anchorsMin: 10, ...settings },
    observability: telemetry.observability,
  });
}

/** Stores finished sessions of simulated takers, each with 12 answers; gives the hidden difficulty of a question. */
async function storeSessions(options: {
  takers: number;
  seed: number;
  ability?: number;
}): Promise<(questionId: string) => number> {
  const { takers, seed, ability = 0 } = options;
  const { prisma } = running.admin;
  const random = createSeededRandom(seed);
  const questions = await prisma.question.findMany({ orderBy: { contentHash: 'asc' } });
  const hidden = new Map(questions.map(({ id }, index) => [id, (index % 7) / 2 - 1.5]));
  const user = await prisma.user.create({
    data: { email: `${randomUUID()}@example.org`, passwordHash: 'none' },
  });
  const now = new Date();
  const sessions = Array.from({ length: takers }, () => ({
    id: randomUUID(),
    theta: ability + normal(random),
  }));
  await prisma.testSession.createMany({
    data: sessions.map(({ id }, seedOfSession) => ({
      id,
      userId: user.id,
      mode: 'adaptive',
      status: 'abandoned',
      itemsMax: 12,
      seed: seedOfSession,
      expiresAt: now,
      finishedAt: now,
    })),
  });
  await prisma.response.createMany({
    data: sessions.flatMap(({ id, theta }) =>
      shuffle(questions, random)
        .slice(0, 12)
        .map((question, index) => ({
          sessionId: id,
          questionId: question.id,
          position: index + 1,
          optionIndex: 0,
          correct: random() < 1 / (1 + Math.exp((hidden.get(question.id) ?? 0) - theta)),
          discrimination: 1,
          difficulty: 0,
          servedAt: now,
        })),
    ),
  });
  return (questionId) => hidden.get(questionId) ?? Number.NaN;
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
}
