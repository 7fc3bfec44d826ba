import { join } from 'node:path';
import { runProgram } from '@aiq/testing';
import { expect, test } from 'vitest';

test('a conflict of variables is one warning at start, which names both and shows neither value', async () => {
  const { stderr, stdout } = await runProgram(
    'node',
    [
      '--eval',
      `import('${join(import.meta.dirname, '../../src/index.ts')}').then(({ startObservability }) =>
         startObservability({ service: 'aiq-x', metrics: {} }))`,
    ],
    {
      env: {
        ENV: 'test',
        OTEL_EXPORTER: 'none',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:1',
        OTEL_OTLP_ENDPOINT: 'http://secret@b:2',
      },
    },
  );

  const warnings = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('contradict'));
  expect(warnings).toHaveLength(1);
  expect(JSON.parse(warnings[0] ?? '')).toMatchObject({ level: 'warn', path: 'otel.endpoint' });
  expect(warnings[0]).toContain('OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_OTLP_ENDPOINT contradict');
  expect(warnings[0]).not.toContain('secret');
});
