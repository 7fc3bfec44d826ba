import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { explainConfig, listSettings, loadConfig } from '../src/index.ts';

const schema = z.strictObject({
  endpoint: z.url().optional(),
  ratio: z.number().min(0).max(1).default(1),
  level: z.enum(['low', 'high']).default('low'),
  headers: z
    .union([
      z.string().transform((text) => Object.fromEntries([text.split('=')])),
      z.record(z.string(), z.string()),
    ])
    .prefault({}),
  timer: z.strictObject({ intervalMs: z.number().int().positive().default(5) }).prefault({}),
});
const variables = {
  endpoint: ['ENDPOINT'],
  headers: ['HEADERS'],
  'timer.intervalMs': ['INTERVAL'],
};

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'aiq-config-'));
  file = join(directory, 'default.yaml');
});
afterEach(() => rmSync(directory, { recursive: true }));

function explain(text: string, environment: Record<string, string> = {}) {
  writeFileSync(file, text);
  const options = { schema, files: [{ path: file }], variables, environment };
  const { value, settings } = explainConfig(options);
  expect(value).toEqual(loadConfig(options));
  return Object.fromEntries(settings.map(({ path, ...rest }) => [path, rest]));
}

describe('explainConfig', () => {
  test('names for each value the variable, the line of the file, or the default', () => {
    const settings = explain('level: high\nratio: 0.5\n', { ENDPOINT: 'http://a:1' });

    expect(settings).toMatchObject({
      endpoint: { shown: '"http://a:1"', source: 'variable ENDPOINT' },
      level: { shown: '"high"', source: `${file}:1` },
      ratio: { shown: '0.5', source: `${file}:2` },
      'timer.intervalMs': { shown: '5', source: 'default' },
    });
  });

  test('names the file and the variable of a placeholder', () => {
    expect(explain(`level: \${LEVEL}\n`, { LEVEL: 'high' })['level']).toEqual({
      shown: '"high"',
      source: `${file}:1 (variable LEVEL)`,
    });
  });

  test('lists what nobody set', () => {
    expect(explain('{}')['endpoint']).toEqual({ shown: 'not set', source: 'default' });
  });

  test('shows no secret: neither by its name nor in a URL', () => {
    const settings = explain('{}', {
      HEADERS: 'Authorization=Basic-hunter2',
      ENDPOINT: 'http://user:hunter2@a:1',
    });

    expect(settings['headers.Authorization']).toEqual({ shown: '***', source: 'variable HEADERS' });
    expect(settings['endpoint']?.shown).toBe('"http://***@a:1"');
    expect(JSON.stringify(settings)).not.toContain('hunter2');
  });

  test('takes a variable before a file', () => {
    expect(explain('timer: { intervalMs: 7 }\n', { INTERVAL: '9' })['timer.intervalMs']).toEqual({
      shown: '9',
      source: 'variable INTERVAL',
    });
  });
});

test('listSettings says in words what each value takes, in the order of the schema', () => {
  expect(listSettings(schema)).toEqual([
    { path: 'endpoint', takes: 'a URL' },
    { path: 'ratio', takes: 'a number from 0 to 1' },
    { path: 'level', takes: 'low, high' },
    { path: 'headers', takes: 'text or a map' },
    { path: 'timer.intervalMs', takes: 'a whole number above 0' },
  ]);
});
