import { fileURLToPath } from 'node:url';
import { runProgram, spanTree, startModelServer, startOtlpReceiver } from '@aiq/testing';
import { expect, test } from 'vitest';
import { keys } from '../support/models.ts';

const cwd = fileURLToPath(new URL('../..', import.meta.url));

test('a call of a model is one span, where a plain fetch beside it has an HTTP span', async () => {
  await using receiver = await startOtlpReceiver();
  await using server = await startModelServer(() => ({ kind: 'json', value: { colour: 'red' } }));

  const program = ['--import', './src/cli-instrument.ts', 'test/models/programs/ask-model.ts'];
  const { code, stdout, stderr } = await runProgram('node', program, {
    cwd,
    env: {
      ENV: 'test',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OPENAI_API_KEY: keys.OPENAI_API_KEY,
      OPENAI_BASE_URL: server.baseUrls.openai,
      XAI_BASE_URL: server.baseUrls.xai,
      LOG_LEVEL: 'error',
    },
  });

  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(spanTree(receiver.spans())).toMatchObject([
    {
      name: 'asks',
      children: [{ name: 'chat gpt-6-luna', kind: 'client', children: [] }],
    },
    { name: 'fetches', children: [{ name: 'POST', kind: 'client', children: [] }] },
  ]);
  const [chat] = receiver.spans().filter(({ name }) => name.startsWith('chat'));
  expect(chat?.attributes).toMatchObject({
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-6-luna',
    'gen_ai.response.finish_reasons': ['stop'],
    attempt: 1,
  });
  const labels = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-6-luna' };
  expect(receiver.metricValue('gen_ai.client.inference.duration', labels)).toBe(1);
  expect(server.calls.map(({ headers }) => headers['traceparent'])).toEqual([undefined]);
}, 60_000);
