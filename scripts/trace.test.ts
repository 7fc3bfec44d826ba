import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { freePort, runProgram, startProgram } from '@aiq/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const script = join(repositoryRoot, 'scripts/trace.ts');
const traceId = 'ab'.repeat(16);
const hostileName = 'GET \u001b[2J\u0007/x\nnext line';

let viewer: Awaited<ReturnType<typeof startProgram>>;
let url: string;

beforeAll(async () => {
  viewer = await startProgram('node', [join(repositoryRoot, 'apps/console/src/server.ts')], {
    env: { CONSOLE_PORT: '0' },
  });
  const [line] = await viewer.waitForLine(/.*"listening".*/);
  url = JSON.parse(line).url;
  const span = (spanId: string, more: object) => ({
    traceId,
    spanId,
    startTimeUnixNano: '1795255200000000000',
    endTimeUnixNano: '1795255200012000000',
    ...more,
  });
  const spans = [
    span('1'.repeat(16), { name: hostileName, kind: 2 }),
    span('2'.repeat(16), {
      name: 'SELECT',
      kind: 3,
      parentSpanId: '1'.repeat(16),
      status: { code: 2 },
    }),
  ];
  const sent = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
  });
  expect(sent.status).toBe(200);
});
afterAll(() => viewer.stop());

const trace = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runProgram('node', [script, '--state', '/nowhere', ...args], { env });

describe('pnpm trace', () => {
  test('prints the tree without colours where nobody watches, and nothing that a terminal would obey', async () => {
    const { code, stdout } = await trace([traceId.toUpperCase()], {
      CONSOLE_PORT: new URL(url).port,
    });

    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toContain(`trace ${traceId}`);
    expect(lines.slice(2)).toEqual([
      '   12.0 ms  GET \uFFFD[2J\uFFFD/x\uFFFDnext line (server, unknown_service)',
      '   12.0 ms  └─ SELECT (client, unknown_service)  ✗',
    ]);
  });

  test('prints the whole answer with --json', async () => {
    const { code, stdout } = await trace([traceId, '--json', '--console', url]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ traceId, spans: [{ name: hostileName }, {}] });
  });

  test('ends with 1 where the trace is unknown, with 2 where nobody answers', async () => {
    const unknown = await trace(['c'.repeat(32), '--console', url]);
    const nobody = await trace([traceId, '--console', `http://127.0.0.1:${await freePort()}`]);

    expect([unknown.code, nobody.code]).toEqual([1, 2]);
    expect(unknown.stderr).toContain('has no trace');
    expect(nobody.stderr).toContain('npx pnpm@12 dev');
  });

  test.for([[], ['xyz'], [traceId, traceId], [traceId, '--wrong']])(
    '%j is answered with exit code 3 and the help',
    async (args) => {
      const { code, stderr } = await trace(args);

      expect(code).toBe(3);
      expect(stderr).toContain('Usage: npx pnpm@12 trace');
    },
  );
});
