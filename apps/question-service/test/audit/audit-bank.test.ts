import { describe, expect, test } from 'vitest';
import { auditBank, type BankQuestion } from '../../src/audit/audit-bank.ts';
import { audit } from '../../src/commands/audit.ts';
import { countRequest, createHarness, type Harness } from '../support/harness.ts';
import { createTerminal } from '../support/terminal.ts';

const stop = new AbortController().signal;
const ping = async () => {};

/** A bank of which one question has a wrong key and one was written by a model. */
async function createSpoiltBank() {
  const harness = await createHarness();
  const { inserted } = await harness.run(countRequest(36));
  const { prisma } = harness.database;
  const [wrong, written] = await prisma.question.findMany({ take: 2, orderBy: { id: 'asc' } });
  if (!wrong || !written) throw new Error('expected two questions');
  const keyIndex = (wrong.keyIndex + 1) % wrong.options.length;
  await prisma.question.update({ where: { id: wrong.id }, data: { keyIndex } });
  const content = 'Which of these would a good neighbour do?';
  const data = { content, stimulus: null, provider: 'openai' };
  await prisma.question.update({ where: { id: written.id }, data });
  return { harness, inserted, wrong, written };
}

const isActive = async ({ database }: Harness, id: string) =>
  (await database.prisma.question.findUnique({ where: { id } }))?.active;

async function run(harness: Harness, options: Parameters<typeof audit>[0] = {}) {
  const { terminal, output } = createTerminal();
  const code = await audit(
    options,
    { questions: harness.questions, telemetry: harness.memory.observability, ping },
    terminal,
  );
  return { code, ...output };
}

describe('audit', () => {
  test('takes a question out of service whose key is wrong, and ends with 1', async () => {
    const { harness, inserted, wrong, written } = await createSpoiltBank();

    const { code, stdout } = await run(harness, { json: true });

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      checked: inserted,
      right: inserted - 2,
      wrong: { wrong_key: 1, ambiguous: 0 },
      skipped: { openai: 1 },
      deactivated: 1,
      complete: true,
      wrongQuestions: [{ id: wrong.id, reason: 'wrong_key', provider: 'procedural' }],
    });
    expect(await isActive(harness, wrong.id)).toBe(false);
    expect(await isActive(harness, written.id)).toBe(true);
    expect(await harness.questions.countActive()).toBe(inserted - 1);
  });

  test('changes nothing in a dry run, and says what is wrong', async () => {
    const { harness, inserted, wrong } = await createSpoiltBank();

    const { code, stdout, stderr } = await run(harness, { dryRun: true });

    expect(code).toBe(1);
    expect(stdout).toMatch(/wrong +1 {3}1 wrong key\n/);
    expect(stdout).toMatch(/skipped +1 {3}1 openai\n/);
    expect(stdout).toMatch(/deactivated +0 {3}a dry run changes nothing\n/);
    expect(stdout).toContain(wrong.id);
    expect(stderr).toContain(`${inserted} of ${inserted} questions checked, 1 wrong`);
    expect(await isActive(harness, wrong.id)).toBe(true);
  });

  test('ends with 0 where nothing is wrong, and the second time', async () => {
    const { harness } = await createSpoiltBank();
    await run(harness);

    const again = await run(harness, { quiet: true });

    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/wrong +0\n/);
    expect(again.stderr).toBe('');
  });

  test('tells its counts as an event', async () => {
    const { harness, inserted } = await createSpoiltBank();

    await run(harness);

    const event = harness.memory.events().find(({ name }) => name === 'bank.audited');
    expect(event?.body).toMatchObject({ checked: inserted, deactivated: 1, dryRun: false });
  });
});

describe('auditBank', () => {
  const written: BankQuestion = {
    id: 'a',
    provider: 'openai',
    question: {
      type: 'math',
      difficultyLevel: 'easy',
      content: 'Which?',
      options: ['a', 'b', 'c', 'd'],
      keyIndex: 0,
      explanation: 'Because.',
    },
  };

  test('ends after the page in hand when it is stopped, and says so', async () => {
    async function* pages() {
      for (;;) yield [written];
    }

    const report = await auditBank({
      pages: pages(),
      deactivate: async () => 0,
      dryRun: false,
      stop: AbortSignal.abort(),
    });

    expect(report).toMatchObject({ checked: 1, skipped: { openai: 1 }, complete: false });
  });

  test('asks for nothing to be deactivated where nothing is wrong', async () => {
    async function* pages() {
      yield [written];
    }
    const asked: (readonly string[])[] = [];

    await auditBank({
      pages: pages(),
      deactivate: async (ids) => asked.push(ids),
      dryRun: false,
      stop,
    });

    expect(asked).toEqual([]);
  });
});
