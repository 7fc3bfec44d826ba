import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestObservability } from '@aiq/observability/testing';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/run-command.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';
import { runCli } from '../support/run-cli.ts';
import { createTerminal } from '../support/terminal.ts';

const unreachable = { DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:1/none' };

function yamlFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'question-service-')), 'extra.yaml');
  writeFileSync(path, text);
  return path;
}

/** The command line in this process: for what ends before anything is opened. */
async function callCommand(args: readonly string[]) {
  const { terminal, output } = createTerminal();
  const telemetry = createTestObservability({ service: 'aiq-question-service', metrics });
  const code = await runCommand(args, telemetry.observability, terminal);
  return { code, ...output };
}

describe('generate, wrongly called', () => {
  test.for([
    ['--count', '0'],
    ['--count', '-1'],
    ['--count', '1e9'],
    ['--count', '1.5'],
    ['--count', 'abc'],
    ['--count', '100001'],
    ['--fill', '0'],
    ['--seed', 'x'],
  ] as const)('%s %s ends with 3, what was expected, what came, and an example', async (pair) => {
    const result = await callCommand(['generate', ...pair]);

    expect(result.code).toBe(3);
    expect(result.stdout).toBe('');
    expect(result.stderr).toMatch(/Expected a whole number from \d to \d+; got/);
    expect(result.stderr).toContain(`got "${pair[1]}"`);
    expect(result.stderr).toContain('Example: pnpm generate');
  });

  test.for([
    [['generate', '--count', '5', '--types', 'pattern,nope'], /pattern, logic.*got "nope"/],
    [['generate', '--count', '5', '--difficulties', 'insane'], /easy, medium, hard.*got "insane"/],
    [['generate', '--nope'], /unknown option '--nope'/],
    [['generate', '--count', '5', '--max-cost-usd', '0'], /US dollars, above 0.*got "0"/],
    [['generate', '--count', '5', '--max-cost-usd', 'much'], /US dollars.*got "much"/],
    [['generate'], /expected --count <number>, --fill <number> or --auto-balance/],
    [['generate', '--count', '5', '--target', '9'], /--target <number> with --auto-balance/],
    [['generate', '--auto-balance', '--types', 'math'], /cannot be used with option/],
    [['inventory', '--target', '0'], /Expected a whole number/],
    [['generate', '--fill', '9', '--count', '9'], /cannot be used with option/],
    [['frobnicate'], /unknown command 'frobnicate'/],
  ] as const)('%s ends with 3 and says why', async ([args, reason]) => {
    const result = await callCommand(args);

    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(reason);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  test.for([
    [['generate', '--count', '0'], /Expected a whole number from 1 to 100000; got "0"/],
    [['generate', '--nope'], /unknown option '--nope'/],
    [['runs', 'show', 'nope'], /expected a run id, a UUID; got "nope"/],
  ] as const)('%s as a process ends with 3, and its output is empty', async ([args, reason]) => {
    const result = await runCli(args, unreachable);

    expect(result).toMatchObject({ code: 3, stdout: '' });
    expect(result.stderr).toMatch(reason);
  });

  test.for([
    ['generate'],
    ['inventory'],
    ['runs'],
    ['runs', 'list'],
    ['runs', 'show'],
    ['audit'],
    ['serve'],
    ['worker'],
  ] as const)('%s --help ends with 0 and shows examples', async (command) => {
    const result = await callCommand([...command, '--help']);

    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/Examples:\n {2}\$ \S+/);
    expect(result.stderr).toBe('');
  });

  test('--help ends with 0 and shows examples and exit codes', async () => {
    const result = await runCli(['generate', '--help'], unreachable);

    expect(result.code).toBe(0);
    expect(result.stdout).toContain('$ pnpm generate --count 48');
    expect(result.stdout).toContain('Exit codes: 0 done');
    expect(result.stderr).toBe('');
  });
});

describe('generate, wrongly configured', () => {
  test('an unreachable database ends with 4, host and port, and no stack trace', async () => {
    const result = await runCli(['generate', '--count', '5', '--json'], unreachable);

    expect(result.code).toBe(4);
    expect(result.stdout).toBe('');
    expect(result.stderr).toContain('127.0.0.1:1');
    expect(result.stderr).toContain('DATABASE_URL');
    expect(result.stderr).not.toContain('secret');
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  test.for([
    ['a DATABASE_URL that is none', { DATABASE_URL: 'nonsense' }, /postgresql:\/\//],
    ['no DATABASE_URL in production', { ENV: 'production' }, /DATABASE_URL/],
    ['a backend URL that is none', { ...unreachable, BACKEND_URL: 'x' }, /BACKEND_URL/],
    ['a Sentry DSN that is none', { ...unreachable, SENTRY_DSN: 'x' }, /SENTRY_DSN/],
  ] as const)('%s ends with 3 and names the variable', async ([, env, reason]) => {
    const result = await runCli(['generate', '--count', '5'], env);

    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(reason);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  test('YAML with several faults ends with 3 and tells all of them, with file and line', async () => {
    const path = yamlFile('generation:\n  batchSize: none\n  nope: 1\n');

    const env = { ...unreachable, QUESTION_SERVICE_CONFIG: path };
    const result = await runCli(['generate', '--count', '5'], env);

    expect(result.code).toBe(3);
    expect(result.stderr).toContain(`${path}:2:`);
    expect(result.stderr).toContain(`${path}:3:`);
    expect(result.stderr).toContain('unknown key "nope"');
  });

  test('malformed YAML ends with 3 and the place', async () => {
    const path = yamlFile('generation: [\n');

    const env = { ...unreachable, QUESTION_SERVICE_CONFIG: path };
    const result = await runCli(['generate', '--count', '5'], env);

    expect(result.code).toBe(3);
    expect(result.stderr).toContain(`${path}:`);
  });
});
