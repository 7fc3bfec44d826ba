import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { generate } from '../../src/commands/generate.ts';
import type { GenerateOptions } from '../../src/commands/generate-options.ts';
import type { Dependencies } from '../../src/dependencies.ts';
import { createRouting } from '../../src/pipeline/routing.ts';
import type { RunSummary } from '../../src/pipeline/run-summary.ts';
import { config, createHarness } from '../support/harness.ts';
import {
  faultyQuestions,
  type ProviderFault,
  scriptedJudge,
  scriptedProvider,
} from '../support/scripted-parts.ts';
import { createTerminal } from '../support/terminal.ts';

const always = (fault: ProviderFault) => Array<ProviderFault>(100).fill(fault);

/** The command with an author that does what the script says, on a database of its own. */
async function call(options: GenerateOptions, script: readonly ProviderFault[], parts = {}) {
  const author = scriptedProvider(script);
  const harness = await createHarness({
    routing: createRouting({
      authors: () => [author],
      judges: () => [scriptedJudge([])],
      standIn: author,
    }),
  });
  const dependencies: Dependencies = {
    ...harness,
    config: { ...config, retry: { ...config.retry, attemptsMax: 1 } },
    databaseUrl: harness.url,
    createOrder: ({ trigger, request, seed = 7 }) => ({
      runId: randomUUID(),
      trigger,
      request,
      seed,
      attempt: 1,
    }),
    ping: async () => {},
    close: async () => {},
    ...parts,
  };
  const { terminal, output } = createTerminal();
  const code = await generate({ ...options, json: true }, dependencies, terminal);
  return { code, summary: JSON.parse(output.stdout) as RunSummary, stderr: output.stderr };
}

describe('generate', () => {
  test.for([
    ['0 where all went well', [], 'succeeded', 0],
    ['1 where a part of it failed', ['server_error'], 'partial', 1],
    ['2 where nothing came of it', always('server_error'), 'failed', 2],
    ['5 where nothing came of it for the bill', always('billing_quota'), 'failed', 5],
    ['6 where nothing came of it for the key', always('authentication'), 'failed', 6],
  ] as const)('ends with %s', async ([, script, state, expected]) => {
    const { code, summary } = await call({ count: 36 }, script);

    expect(summary.state).toBe(state);
    expect(code).toBe(expected);
  });

  test('ends with 4 where nothing could be stored', async () => {
    const { questions } = await createHarness();
    const broken = faultyQuestions(questions, Array(100).fill('before_commit'));

    const { code, summary } = await call({ count: 18 }, [], { questions: broken });

    expect(summary).toMatchObject({ state: 'failed', insertFailed: { connection: 18 } });
    expect(code).toBe(4);
  });

  test('balances by the configured target where none is given', async () => {
    const { summary } = await call({ autoBalance: true, count: 20 }, []);

    expect(summary).toMatchObject({ state: 'succeeded', requested: 20 });
    expect(Object.keys(summary.byType)).toHaveLength(6);
  });

  test('tells on its way how many are stored', async () => {
    const { stderr } = await call({ count: 36 }, []);

    expect(stderr).toMatch(/^36 of 36 questions done, 36 stored/m);
  });
});
