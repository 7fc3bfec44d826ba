import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemCodeNames, problemCodes, problemType } from '../../src/problem/problem-codes.ts';
import { explanationMark } from '../testing/question-bank.ts';
import type { Answer, Operation } from './operations.ts';
import { generalScenarios, ownScenarios } from './scenarios.ts';
import { startWorld, type World } from './world.ts';

/** Codes of what never becomes a request of a route, with the tests that see them on real sockets. */
const seenElsewhere = {
  request_timeout: 'robustness/slow-clients.test.ts',
  request_aborted: 'robustness/slow-clients.test.ts',
  headers_too_large: 'robustness/slow-clients.test.ts',
} as const;

interface Case {
  readonly name: string;
  readonly operation: Operation;
  readonly status: number;
  /** Absent for a success. */
  readonly code?: string;
}

let world: World;
let cases: readonly Case[];
const answers = new Map<Case, Answer>();

beforeAll(async () => {
  world = await startWorld();
  cases = world.api.operations.flatMap(casesOf);
  // What wants the bank of `bare` empty comes before what wants its tables gone.
  const late = cases.filter(({ code }) => code === 'internal_error');
  for (const one of cases.filter((other) => !late.includes(other)))
    answers.set(one, await play(one));
  await world.breakTables();
  for (const one of late) answers.set(one, await play(one));
}, 120_000);
afterAll(() => world.close());

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(world.api.document));

    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  test('says of every route a success and every error that comes with its shape', () => {
    const lacking = world.api.operations.filter(
      ({ responses }) =>
        !('500' in responses && '503' in responses) || casesOfSuccess(responses) < 1,
    );

    expect(lacking.map(({ key }) => key)).toEqual([]);
  });
});

describe('every route', () => {
  test('answers with each status and code that it is documented with', () => {
    const others = cases.flatMap((one) => {
      const { statusCode, body } = answers.get(one) as Answer;
      const came = one.code === undefined ? undefined : JSON.parse(body).code;
      const fits = statusCode === one.status && came === one.code;
      return fits ? [] : [`${one.name}: ${statusCode} ${body.slice(0, 200)}`];
    });

    expect(others).toEqual([]);
  });

  test('answers as its schemas say, with their content type', () => {
    const faults = [...answers].flatMap(([{ name, operation }, answer]) =>
      world.api.faultsOf(operation, answer).map((fault) => `${name}: ${fault}`),
    );

    expect(faults).toEqual([]);
  });

  test('asks for a token where the document says so, and nowhere else', () => {
    const refused = cases.filter(({ code }) => code === 'unauthorized');

    expect(refused.map(({ operation }) => operation.key)).toEqual(
      world.api.operations.filter(({ security }) => security !== 'none').map(({ key }) => key),
    );
  });

  test('lets operators in by an admin key alone, and users by their token alone', async () => {
    const guarded = world.api.operations.filter(({ security }) => security !== 'none');

    const swapped = await Promise.all(
      guarded.map((operation) => {
        const forUsers = operation.security === 'accessToken';
        const token = forUsers ? 'admin-token-of-the-tests' : world.taker.accessToken;
        return world.send(world.open, operation, { token });
      }),
    );

    expect(new Set(swapped.map(({ statusCode }) => statusCode))).toEqual(new Set([401]));
  });

  test('tells neither key nor explanation of a question, nor whether an answer was right', () => {
    const telling =
      /"(key\w*|correct|is_?correct|explanation|solution|judge\w*|embedding\w*|content_?hash)"/i;
    const leaks = [...answers].filter(
      ([, { body }]) => body.includes(explanationMark) || telling.test(body),
    );

    expect(leaks.map(([{ name }]) => name)).toEqual([]);
  });

  test('tells nothing of its inside where it fails', () => {
    const inside = /at .*\.[jt]s|node_modules|prisma|postgres|relation|SELECT|127\.0\.0\.1|secret/i;
    const failures = [...answers].filter(([{ status }]) => status >= 500);

    expect(failures.length).toBeGreaterThan(2 * world.api.operations.length - 1);
    expect(failures.filter(([, { body }]) => inside.test(body))).toEqual([]);
  });
});

describe('every code', () => {
  test('is answered by a route, or by what stands before the routes', async () => {
    const unknownMethod = await world.open.app.inject({ method: 'DELETE', url: '/v1/auth/login' });
    const seen = new Set([...cases.map(({ code }) => code), unknownMethod.json().code]);

    const unseen = problemCodeNames.filter((code) => !seen.has(code) && !(code in seenElsewhere));

    expect(unseen).toEqual([]);
  });

  test.for(Object.entries(seenElsewhere))('%s is seen by %s', ([code, path]) => {
    expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toContain(`'${code}'`);
  });

  test('comes with its own status, title and type', () => {
    for (const { name, code } of cases) {
      if (code === undefined) continue;
      const answer = [...answers].find(([one]) => one.name === name)?.[1];
      const { status, title } = problemCodes[code as keyof typeof problemCodes];
      const type = problemType(code as keyof typeof problemCodes);

      expect(JSON.parse(answer?.body ?? '{}')).toMatchObject({ status, title, type });
    }
  });
});

test('every scenario belongs to something that the document says', () => {
  const names = new Set(cases.map(({ name }) => name));

  expect(Object.keys(ownScenarios).filter((name) => !names.has(name))).toEqual([]);
});

function casesOf(operation: Operation): Case[] {
  return Object.entries(operation.responses).flatMap(([text, { codes }]): Case[] => {
    const status = Number(text);
    if (status < 400) return [{ name: `${operation.key} ${status}`, operation, status }];
    return codes.map((code) => ({ name: `${operation.key} ${code}`, operation, status, code }));
  });
}

function casesOfSuccess(responses: Operation['responses']): number {
  return Object.keys(responses).filter((status) => Number(status) < 400).length;
}

function play({ name, operation, code }: Case): Promise<Answer> {
  const scenario = ownScenarios[name] ?? generalScenarios[code ?? ''];
  return scenario === undefined ? world.send(world.open, operation) : scenario(world, operation);
}
