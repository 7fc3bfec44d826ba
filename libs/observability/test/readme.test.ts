import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { startOtlpReceiver, startProgram } from '@aiq/testing';
import { describe, expect, test } from 'vitest';
import { startPacker } from '../examples/start-packer.ts';
import { createTestObservability } from '../src/testing/index.ts';
import { compileCache } from './programs/arguments.ts';

const root = join(import.meta.dirname, '..');
const examples = join(root, 'examples');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const block = /(?:<!-- example (\S+)#(\S+) -->\n *)?```ts\n([\s\S]*?) *```/g;
const snippets = [...readme.matchAll(block)].map(([, file, region, text = '']) => ({
  file,
  region,
  text: dedent(text),
}));

describe('a TypeScript snippet of the README', () => {
  test('there are some', () => expect(snippets.length).toBeGreaterThan(5));

  test.for(snippets.map((snippet) => [`${snippet.file}#${snippet.region}`, snippet] as const))(
    '%s is a region of an example',
    ([, { file, region, text }]) => {
      expect(text).toBe(regionOf(file ?? 'none', region ?? 'none'));
    },
  );

  test('each region of an example is in the README', () => {
    const regions = readdirSync(examples).flatMap((file) =>
      [...readFileSync(join(examples, file), 'utf8').matchAll(/\/\/ region (\S+)/g)].map(
        ([, region]) => `${file}#${region}`,
      ),
    );

    expect(snippets.map(({ file, region }) => `${file}#${region}`).sort()).toEqual(regions.sort());
  });
});

test('the service of the README answers, is seen, and ends with the signal', async () => {
  await using receiver = await startOtlpReceiver();
  await using service = await startProgram(
    'node',
    ['--import', './examples/instrument.ts', 'examples/server.ts'],
    {
      cwd: root,
      env: { ...compileCache, ENV: 'development', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
    },
  );
  const [, url] = await service.waitForLine(/"url":"([^"]+)"/, { timeoutMs: 40_000 });

  const reply = await fetch(`${url}/orders`, { method: 'POST' });
  const end = await service.stop();

  expect(await reply.json()).toEqual({ placed: true, isPacked: true });
  expect([end.code, end.signal]).toEqual([143, null]);
  expect(receiver.metricValue('orders.placed', { channel: 'web' })).toBe(1);
  expect(receiver.spans().map(({ name }) => name)).toEqual(
    expect.arrayContaining(['POST /orders', 'orders.pack']),
  );
  expect(receiver.logs().map(({ eventName }) => eventName)).toContain('order.placed');
});

test('the child process of the README gets the trace that is active', async () => {
  const { observability } = createTestObservability({ service: 'test' });
  const print = 'process.stdout.write(process.env.TRACEPARENT)';

  const [text, traceId] = await observability.startSpan('parent', async (span) => {
    const packer = { program: process.execPath, args: ['-e', print], environment: {} };
    const { stdout } = startPacker(observability, packer);
    return [stdout && (await readAll(stdout)), span.traceId] as const;
  });

  expect(text).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
});

test('the README says where the references are, and they are there', () => {
  for (const name of ['configuration.md', 'telemetry.md']) {
    expect(readme).toContain(`(../../docs/${name})`);
    expect(readFileSync(join(root, '../../docs', name), 'utf8')).not.toBe('');
  }
});

function regionOf(file: string, region: string): string {
  const text = readFileSync(join(examples, file), 'utf8');
  const found = new RegExp(`^ *// region ${region}\\n([\\s\\S]*?)^ *// endregion`, 'm').exec(text);
  return dedent(found?.[1] ?? '');
}

/** Without the indentation that all lines share. */
function dedent(text: string): string {
  const lines = text.replace(/\n *$/, '\n').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const shared = Math.min(...indents);
  return lines.map((line) => line.slice(shared)).join('\n');
}
