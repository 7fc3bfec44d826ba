import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { freePort, runProgram, startOtlpReceiver } from '@aiq/testing';
import { describe, expect, test } from 'vitest';

const diagnose = (args: string[], env: Record<string, string> = {}) =>
  runProgram('node', [join(repositoryRoot, 'scripts/diagnose.ts'), ...args], {
    cwd: repositoryRoot,
    env: { ENV: 'development', SENTRY_DSN: '', OBSERVABILITY_ERRORS: 'otel', ...env },
  });

// Each starts Node.js three times.
describe('pnpm diagnose', { timeout: 60_000 }, () => {
  test('ends with 0 and plain lines where all is well', async () => {
    await using receiver = await startOtlpReceiver();

    const { code, stdout } = await diagnose(['backend'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    });

    expect(stdout).toContain('aiq-backend is well.');
    expect(stdout).toMatch(/otel\.endpoint +"http:.*← variable OTEL_EXPORTER_OTLP_ENDPOINT/);
    expect(stdout).not.toContain('\u001b[');
    expect(code).toBe(0);
  });

  test('ends with 1 and says what to do where something is wrong, as JSON too', async () => {
    const port = await freePort();

    const { code, stdout } = await diagnose(['question-service', '--json'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    });

    const [diagnosis] = JSON.parse(stdout);
    expect(diagnosis).toMatchObject({ service: 'aiq-question-service', healthy: false });
    expect(diagnosis.checks).toContainEqual(
      expect.objectContaining({
        name: 'OTLP traces',
        status: 'failed',
        advice: expect.stringContaining('Nothing listens there'),
      }),
    );
    expect(code).toBe(1);
  });

  test.each([[['--jsn']], [['frontend']], [['--timeout', 'soon']]])(
    'ends with 3 and its usage for %j',
    async (args) => {
      const { code, stderr } = await diagnose(args);

      expect(stderr).toContain('Usage: pnpm diagnose');
      expect(code).toBe(3);
    },
  );

  test('explains itself with examples', async () => {
    const { code, stdout } = await diagnose(['--help']);

    expect(stdout).toContain('Examples:');
    expect(code).toBe(0);
  });
});
