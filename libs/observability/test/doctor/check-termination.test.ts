import { describe, expect, test } from 'vitest';
import { checkTermination } from '../../src/doctor/check-termination.ts';
import { folder, patient } from './patient.ts';

async function resultsOf(start: string, firstProcess = 'init') {
  const directory = folder({
    'package.json': JSON.stringify({ scripts: { start } }),
    'instrument.mjs': '',
  });
  const results = await checkTermination(patient({}, { directory, firstProcess }));
  return Object.fromEntries(results.map(({ name, ...rest }) => [name, rest]));
}

describe('SIGTERM', () => {
  test('reaches a program that node itself starts', async () => {
    const results = await resultsOf('node --import ./instrument.mjs src/server.ts');

    expect(results['termination signal']).toMatchObject({ status: 'ok' });
    expect(results['telemetry starts first']).toMatchObject({ status: 'ok' });
  });

  test('does not reach one behind a shell that stays', async () => {
    const results = await resultsOf('true; node src/server.ts');

    expect(results['termination signal']).toMatchObject({
      status: 'failed',
      message: 'the launcher got SIGTERM and the program did not',
      advice: expect.stringContaining('exec form'),
    });
  });

  test.each(['npm run serve', 'pnpm exec node src/server.ts', 'turbo run start'])(
    'is kept by a package manager: %s',
    async (start) => {
      expect((await resultsOf(start))['termination signal']).toMatchObject({
        status: 'failed',
        message: expect.stringContaining('does not start node itself'),
      });
    },
  );

  test('cannot be tried where the start command does not work, and says why', async () => {
    const results = await resultsOf('node --import ./none.mjs src/server.ts');

    expect(results['termination signal']).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('the start command did not work'),
    });
  });
});

test('a start command that loads no telemetry first is told', async () => {
  expect((await resultsOf('node src/server.ts'))['telemetry starts first']).toMatchObject({
    status: 'failed',
    advice: expect.stringContaining('--import'),
  });
});

test.each([
  ['npm start', 'failed'],
  ['node\0/usr/local/bin/npm\0start', 'failed'],
  ['/usr/bin/node\0/opt/pnpm.cjs\0start', 'failed'],
  ['/sbin/init', 'ok'],
  ['node\0--import\0./src/instrument.ts\0src/server.ts', 'ok'],
])('process 1 being %j is %s', async (firstProcess, status) => {
  const results = await checkTermination(patient({}, { directory: folder(), firstProcess }));

  expect(results[0]).toMatchObject({ name: 'process 1', status });
});
