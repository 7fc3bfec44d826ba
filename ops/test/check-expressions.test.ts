import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { checkExpressions } from '../src/expressions/check-expressions.ts';

/** Answers as Prometheus' HTTP API does, with what a query is given here. */
async function startAnswers(answers: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://localhost').searchParams.get('query') ?? '';
    const values = answers[query];
    const result = values?.map((value) => ({ metric: {}, value: [0, value] }));
    response.end(
      JSON.stringify(
        result
          ? { status: 'success', data: { resultType: 'vector', result } }
          : { status: 'error', errorType: 'bad_data', error: `parse error: ${query}` },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('each side of an alert’s comparison is asked for, and values that are no numbers do not count', async () => {
  const url = await startAnswers({ 'a / b': ['1.5', 'NaN'], c: [], 'd > 1': ['+Inf'] });

  const checked = await checkExpressions(url, [
    { source: 'alert X', expr: 'a / b > c', kind: 'alert' },
    { source: 'panel', expr: 'd > 1', kind: 'panel' },
  ]);

  expect(checked).toEqual([
    { source: 'alert X', kind: 'alert', expr: 'a / b', series: 2, finite: 1 },
    { source: 'alert X', kind: 'alert', expr: 'c', series: 0, finite: 0 },
    { source: 'panel', kind: 'panel', expr: 'd > 1', series: 1, finite: 0 },
  ]);
});

test('an expression that Prometheus refuses is told with its place', async () => {
  const url = await startAnswers({});

  await expect(
    checkExpressions(url, [{ source: 'board › panel', expr: 'a', kind: 'panel' }]),
  ).rejects.toThrow('Prometheus refuses "a" of board › panel: parse error: a');
});
