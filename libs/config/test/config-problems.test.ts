// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what these tests are about.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError, loadConfig } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'aiq-problems-'));
afterAll(() => rmSync(folder, { recursive: true }));

const schema = z.strictObject({
  otel: z.strictObject({
    endpoint: z.url(),
    port: z.number().max(65_535),
    enabled: z.boolean().default(true),
    apiToken: z.string().min(32).optional(),
    protocol: z.enum(['grpc', 'http']).default('http'),
  }),
  models: z.array(z.strictObject({ name: z.string(), price: z.number() })).default([]),
  database: z.url({ protocol: /^postgres$/ }).optional(),
});

function errorOf(layers: Record<string, string>, environment: Record<string, string> = {}) {
  const files = Object.entries(layers).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return { path };
  });
  try {
    loadConfig({ schema, files, environment, variables: { 'otel.endpoint': ['ENDPOINT'] } });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('problems', () => {
  test('are told all at once, each with the file and the line it came from', () => {
    const error = errorOf({
      'default.yaml': 'otel:\n  endpoint: nowhere\n  port: 1\n',
      'service.yaml': 'otel:\n  port: 70000\nmodels:\n  - name: a\n    price: high\n',
    });

    expect(error.problems).toEqual([
      expect.objectContaining({
        source: join(folder, 'default.yaml'),
        line: 2,
        path: 'otel.endpoint',
        expected: 'a URL, as in https://example.com',
        actual: '"nowhere"',
      }),
      expect.objectContaining({
        source: join(folder, 'service.yaml'),
        line: 2,
        path: 'otel.port',
        expected: 'at most 65535',
        actual: '70000',
      }),
      expect.objectContaining({
        source: join(folder, 'service.yaml'),
        line: 5,
        column: 12,
        path: 'models[0].price',
        expected: 'a number',
        actual: '"high"',
      }),
    ]);
  });

  test('a missing value names the file and the variable that could give it', () => {
    const [problem] = errorOf({ 'a.yaml': 'otel:\n  port: 1\n' }).problems;

    expect(problem).toEqual({
      source: join(folder, 'a.yaml'),
      path: 'otel.endpoint',
      expected: 'text (or the variable ENDPOINT)',
      actual: 'nothing',
    });
  });

  test('an unknown key names the keys that were probably meant', () => {
    const error = errorOf({
      'a.yaml': 'otel:\n  endpoint: http://a\n  port: 1\n  enabeld: true\nmodells: []\n',
    });

    expect(error.problems).toMatchObject([
      { path: 'otel.enabeld', line: 4, expected: expect.stringContaining('"enabled"') },
      { path: 'modells', line: 5, expected: expect.stringContaining('"models"') },
    ]);
  });

  test('an unknown key like no other lists the known ones', () => {
    const error = errorOf({ 'a.yaml': 'otel: { endpoint: http://a, port: 1 }\nzzzzzz: 1\n' });

    expect(error.problems[0]?.expected).toBe('one of "otel", "models", "database"');
  });

  test('quoted digits of a file are text and no number', () => {
    const error = errorOf({ 'a.yaml': 'otel: { endpoint: http://a, port: "80" }' });

    expect(error.problems).toMatchObject([{ expected: 'a number', actual: '"80"' }]);
  });

  test('a missing variable is told once, with its name, and not again by the schema', () => {
    const error = errorOf({
      'a.yaml': 'otel:\n  endpoint: ${SOME_URL}\n  port: ${SOME_PORT}\n',
    });

    expect(error.problems).toMatchObject([
      { path: 'otel.endpoint', line: 2, variable: 'SOME_URL', actual: 'SOME_URL is not set' },
      { path: 'otel.port', line: 3, variable: 'SOME_PORT' },
    ]);
  });

  test('a missing variable whose value a later layer replaces is no problem', () => {
    const error = errorOf(
      { 'a.yaml': 'otel:\n  endpoint: ${SOME_URL}\n  port: x\n', 'b.yaml': 'otel: {}' },
      { ENDPOINT: 'http://a' },
    );

    expect(error.problems).toMatchObject([{ path: 'otel.port' }]);
  });

  test('a bad value of a placeholder names file, line and variable', () => {
    const error = errorOf(
      { 'a.yaml': 'otel:\n  endpoint: http://a\n  port: ${SOME_PORT}\n' },
      { SOME_PORT: 'eighty' },
    );

    expect(error.problems).toMatchObject([
      { line: 3, variable: 'SOME_PORT', expected: 'a number', actual: '"eighty"' },
    ]);
  });

  test('secrets are never shown, by key, by variable or inside a URL', () => {
    const error = errorOf(
      {
        'a.yaml':
          'otel: { endpoint: http://a, port: 1, apiToken: hunter2 }\ndatabase: mysql://root:hunter2@db/x\nmodels:\n  - { name: a, price: "${MY_SECRET}" }\n',
      },
      { MY_SECRET: 'hunter2' },
    );

    expect(error.problems).toHaveLength(3);
    expect(error.message).not.toContain('hunter2');
    expect(error.problems[0]).toMatchObject({ actual: '***', expected: 'at least 32 characters' });
  });
});

describe('ConfigError', () => {
  test('reads well in a terminal and ends with what to do', () => {
    const error = errorOf({
      'a.yaml': 'otel:\n  endpoint: http://a\n  port: ${P:x}\n  portt: 1\n',
    });

    expect(error.code).toBe('invalid_configuration');
    expect(error.message.replaceAll(folder, '<folder>')).toBe(
      [
        'The configuration is not valid: 2 problems.',
        '  - <folder>/a.yaml:3:9 (variable P): otel.port: expected a number; got "x"',
        '  - <folder>/a.yaml:4:10: otel.portt: expected a known key (did you mean "port"?); got an unknown key "portt"',
        'Correct the files and variables named above, then start again.',
      ].join('\n'),
    );
  });
});
