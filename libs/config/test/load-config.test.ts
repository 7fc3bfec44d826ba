// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what these tests are about.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  ConfigError,
  type ConfigProblem,
  type LoadConfigOptions,
  loadConfig,
} from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'aiq-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function yaml(text: string): { path: string } {
  count += 1;
  const path = join(folder, `layer-${count}.yaml`);
  writeFileSync(path, text);
  return { path };
}

function problemsOf<S extends z.ZodType>(options: LoadConfigOptions<S>): readonly ConfigProblem[] {
  try {
    loadConfig(options);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('layers', () => {
  const schema = z.strictObject({
    otel: z.strictObject({ endpoint: z.string(), port: z.number(), on: z.boolean() }),
    list: z.array(z.number()),
  });

  test('maps are merged at every depth, lists and scalars of the later file replace', () => {
    const files = [
      yaml('otel: { endpoint: a, port: 1, on: true }\nlist: [1, 2, 3]'),
      yaml('otel: { port: 2 }\nlist: [9]'),
    ];

    expect(loadConfig({ schema, files, environment: {} })).toEqual({
      otel: { endpoint: 'a', port: 2, on: true },
      list: [9],
    });
  });

  test('0, false and empty lists of a later file replace what was there', () => {
    const files = [
      yaml('otel: { endpoint: a, port: 1, on: true }\nlist: [1]'),
      yaml('otel: { port: 0, on: false }\nlist: []'),
    ];

    expect(loadConfig({ schema, files, environment: {} })).toEqual({
      otel: { endpoint: 'a', port: 0, on: false },
      list: [],
    });
  });

  test('a missing optional file is skipped, and so is an empty one', () => {
    const files = [
      yaml('otel: { endpoint: a, port: 1, on: true }\nlist: []'),
      { path: join(folder, 'absent.yaml'), optional: true },
      yaml('# nothing yet\n'),
    ];

    expect(loadConfig({ schema, files, environment: {} }).otel.port).toBe(1);
  });

  test('a missing required file is a problem that names it', () => {
    const path = join(folder, 'absent.yaml');

    expect(problemsOf({ schema, files: [{ path }], environment: {} })).toEqual([
      { source: path, path: '', expected: 'a YAML file', actual: 'no such file' },
    ]);
  });

  test('a folder in place of a file is a problem, also when the file is optional', () => {
    const problems = problemsOf({
      schema,
      files: [{ path: folder, optional: true }],
      environment: {},
    });

    expect(problems).toMatchObject([{ source: folder, actual: expect.stringContaining('EISDIR') }]);
  });

  test('the result is frozen at every depth', () => {
    const files = [yaml('otel: { endpoint: a, port: 1, on: true }\nlist: [1]')];
    const config = loadConfig({ schema, files, environment: {} });

    expect(() => Object.assign(config.otel, { port: 3 })).toThrow(TypeError);
    expect(() => config.list.push(2)).toThrow(TypeError);
  });

  test('defaults of the schema fill what no layer says', () => {
    const config = loadConfig({
      schema: z.strictObject({ a: z.number().default(5), b: z.string().optional() }),
      files: [],
      environment: {},
    });

    expect(config).toEqual({ a: 5 });
  });

  test('a key named __proto__ is an unknown key and changes no prototype', () => {
    const problems = problemsOf({
      schema: z.strictObject({ a: z.number().optional() }),
      files: [yaml('__proto__: { polluted: true }')],
      environment: {},
    });

    expect(problems).toMatchObject([{ path: '__proto__' }]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('syntax errors', () => {
  test('carry file, line and column', () => {
    const file = yaml('a: 1\nb: [1, 2\nc: 3\n');
    const problems = problemsOf({ schema: z.looseObject({}), files: [file], environment: {} });

    expect(problems[0]).toMatchObject({ source: file.path, line: 3, expected: 'correct YAML' });
    expect(problems[0]?.column).toBeGreaterThan(0);
  });

  test('of all files are told at once', () => {
    const files = [yaml('a: "open'), yaml('b: 1\nb: 2')];
    const problems = problemsOf({ schema: z.looseObject({}), files, environment: {} });

    expect(new Set(problems.map((problem) => problem.source))).toEqual(
      new Set(files.map((file) => file.path)),
    );
  });

  test.for([
    ['a list at the top', '- 1\n- 2'],
    ['a text at the top', 'hello'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['an alias without an anchor', 'a: *hunter2'],
    ['an anchor inside itself', 'a: &x { b: *x }'],
    ['a map as a key', '{ a: 1 }: 2'],
  ])('%s is a problem of the file', ([, text]) => {
    const file = yaml(String(text));
    const problems = problemsOf({ schema: z.looseObject({}), files: [file], environment: {} });

    expect(problems[0]?.source).toBe(file.path);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  test('do not quote the text of the file, which may be a secret', () => {
    const file = yaml('password: "hunter2\n');
    const problems = problemsOf({ schema: z.looseObject({}), files: [file], environment: {} });

    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});

describe('variables over files', () => {
  const schema = z.strictObject({
    otel: z
      .strictObject({
        endpoint: z.string().optional(),
        ratio: z.number().optional(),
        on: z.boolean().optional(),
      })
      .optional(),
    list: z.array(z.string()).optional(),
  });
  const variables = {
    'otel.endpoint': ['FIRST', 'SECOND'],
    'otel.ratio': ['RATIO'],
    'otel.on': ['ON'],
  };
  const load = (environment: Record<string, string>, text = '{}') =>
    loadConfig({ schema, files: [yaml(text)], environment, variables });

  test('the first variable that is set wins over the files', () => {
    const environment = { FIRST: '', SECOND: 'b' };

    expect(load(environment, 'otel: { endpoint: a }').otel?.endpoint).toBe('b');
    expect(load({ FIRST: 'a', SECOND: 'b' }).otel?.endpoint).toBe('a');
  });

  test('make the maps on their way, over an empty value too', () => {
    expect(load({ RATIO: '0' })).toEqual({ otel: { ratio: 0 } });
    expect(load({ RATIO: '0' }, 'otel:')).toEqual({ otel: { ratio: 0 } });
  });

  test('become numbers and booleans where the schema wants them, and stay text elsewhere', () => {
    expect(load({ FIRST: '0', RATIO: '0.25', ON: 'false' }).otel).toEqual({
      endpoint: '0',
      ratio: 0.25,
      on: false,
    });
  });

  test('an empty variable is an unset one', () => {
    expect(load({ RATIO: '', ON: '' }, 'otel: { ratio: 1 }').otel).toEqual({ ratio: 1 });
  });

  test('a bad one is a problem that names the variable', () => {
    const problems = problemsOf({ schema, files: [], environment: { RATIO: 'abc' }, variables });

    expect(problems).toEqual([
      {
        source: 'environment',
        variable: 'RATIO',
        path: 'otel.ratio',
        expected: 'a number',
        actual: '"abc"',
      },
    ]);
  });

  test('a list where a map should be is a problem, never a variable without effect', () => {
    const problems = problemsOf({
      schema,
      files: [yaml('list: [a]')],
      environment: { X: '1' },
      variables: { 'list.deep': ['X'] },
    });

    expect(problems).toMatchObject([{ path: 'list.deep', variable: 'X' }]);
  });
});
