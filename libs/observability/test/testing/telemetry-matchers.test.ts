import { beforeEach, describe, expect, test } from 'vitest';
import { counter, defineMetrics, gauge, histogram } from '../../src/index.ts';
import { createTestObservability, telemetryMatchers } from '../../src/testing/index.ts';

expect.extend(telemetryMatchers);

const metrics = defineMetrics({
  made: counter({ unit: '{thing}', description: 'Made.', labels: { kind: ['a', 'b'] } }),
  size: histogram({ unit: 's', description: 'Size.', buckets: [1, 2] }),
  stored: gauge({ unit: '{thing}', description: 'Stored.' }),
});
const telemetry = createTestObservability({ service: 'matchers', metrics });
const { observability } = telemetry;

beforeEach(() => telemetry.reset());

/** What a failing assertion says. */
function complaint(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the assertion held');
}

describe('toHaveRecordedMetric', () => {
  test('adds up the series with the labels, and takes matchers for a value', () => {
    observability.recordMetric('made', 2, { kind: 'a' });
    observability.recordMetric('made', 3, { kind: 'b' });
    observability.recordMetric('size', 0.5);

    expect(telemetry).toHaveRecordedMetric('made');
    expect(telemetry).toHaveRecordedMetric('made', { value: 5 });
    expect(telemetry).toHaveRecordedMetric('made', { value: 3, labels: { kind: 'b' } });
    expect(telemetry).toHaveRecordedMetric('made', { value: expect.closeTo(5) });
    expect(telemetry).toHaveRecordedMetric('size', { value: 1 });
    expect(telemetry).not.toHaveRecordedMetric('made', { value: 4 });
    expect(telemetry).not.toHaveRecordedMetric('made', { labels: { kind: 'c' } });
    expect(telemetry).not.toHaveRecordedMetric('stored');
  });

  test('tells 0 from nothing', () => {
    expect(telemetry).not.toHaveRecordedMetric('made', { value: 0 });

    observability.recordMetric('made', 0, { kind: 'a' });

    expect(telemetry).toHaveRecordedMetric('made', { value: 0 });
  });

  test('sees what a gauge was observed at', async () => {
    const stop = observability.observeGauge('stored', () => [{ value: 7, labels: {} }]);

    await telemetry.collect();
    stop();

    expect(telemetry).toHaveRecordedMetric('stored', { value: 7 });
  });

  test('says what there is instead', () => {
    observability.recordMetric('made', 2, { kind: 'a' });

    const wrongValue = () =>
      expect(telemetry).toHaveRecordedMetric('made', { value: 1, labels: { kind: 'b' } });
    const wrongName = () => expect(telemetry).toHaveRecordedMetric('size');
    const notAtAll = () => expect(telemetry).not.toHaveRecordedMetric('made');

    expect(complaint(wrongValue)).toBe(
      'expected made{"kind": "b"} = 1\nthere is:\n  made{"kind": "a"} = 2',
    );
    expect(complaint(wrongName)).toContain('nothing into size; there is:\n  made{"kind": "a"} = 2');
    expect(complaint(notAtAll)).toMatch(/^expected not made/);
  });
});

describe('toHaveSpanTree', () => {
  beforeEach(() => {
    observability.startSpan('run', { kind: 'server', attributes: { n: 1, of: 'x' } }, () => {
      observability.startSpan('second', () => {});
      observability.startSpan('first', () => observability.startSpan('deep', () => {}));
    });
  });

  test('finds a tree anywhere, its children in any order, its attributes at least', () => {
    expect(telemetry).toHaveSpanTree({
      name: 'run',
      kind: 'server',
      status: 'unset',
      attributes: { n: expect.any(Number) },
      children: [{ name: 'first', children: [{ name: 'deep', children: [] }] }, { name: 'second' }],
    });
    expect(telemetry).toHaveSpanTree({ name: /^fir/ });
    expect(telemetry).toHaveSpanTree([{ name: 'run' }]);
  });

  test.each([
    ['another name', { name: 'walk' }],
    ['another kind', { name: 'run', kind: 'client' as const }],
    ['another status', { name: 'run', status: 'error' as const }],
    ['another value', { name: 'run', attributes: { n: 2 } }],
    ['a child too few', { name: 'run', children: [{ name: 'first' }] }],
    ['a child twice', { name: 'run', children: [{ name: 'first' }, { name: 'first' }] }],
    ['a leaf that is none', { name: 'first', children: [] }],
    ['roots that are not there', [{ name: 'run' }, { name: 'deep' }]],
  ])('is not content with %s', (_what, tree) => {
    expect(telemetry).not.toHaveSpanTree(tree);
  });

  test('draws both trees', () => {
    const message = complaint(() =>
      expect(telemetry).toHaveSpanTree([{ name: 'run', children: [{ name: 'other' }] }]),
    );

    expect(message).toBe(
      [
        'expected spans, these and no others',
        '  run',
        '    other',
        'there is:',
        '  run SERVER { n=1, of="x" }',
        '    second',
        '    first',
        '      deep',
      ].join('\n'),
    );
  });
});

describe('toHaveCapturedError', () => {
  test('asks for type, message and tags of one and the same error', () => {
    const error = Object.assign(new Error('no answer in 3 s'), { code: 'provider_timeout' });
    observability.captureError(error, { tags: { provider: 'x' } });
    observability.captureMessage('only a message');

    expect(telemetry).toHaveCapturedError();
    expect(telemetry).toHaveCapturedError({
      type: 'provider_timeout',
      message: 'no answer',
      tags: { provider: 'x' },
    });
    expect(telemetry).toHaveCapturedError({ message: /^only/ });
    expect(telemetry).not.toHaveCapturedError({ message: /^only/, tags: { provider: 'x' } });
    expect(telemetry).not.toHaveCapturedError({ type: 'Error', message: 'no answer' });
  });

  test('lists what was captured, or says that nothing was', () => {
    const asked = () => expect(telemetry).toHaveCapturedError({ type: 'x' });
    expect(complaint(asked)).toBe('expected an error {"type": "x"}\ncaptured were:\n  nothing');

    observability.captureError(new TypeError('bad'));

    expect(complaint(asked)).toContain('{"message": "bad", "tags": {}, "type": "TypeError"}');
  });
});

describe('toHaveLogged', () => {
  test('asks for message, level and attributes of one and the same line', () => {
    observability.logger.warn('slow answer', { seconds: 3, route: '/x' });
    observability.logger.info('listening');

    expect(telemetry).toHaveLogged({
      message: 'slow',
      level: 'warn',
      attributes: { seconds: 3 },
    });
    expect(telemetry).toHaveLogged({ message: /^listening$/ });
    expect(telemetry).not.toHaveLogged({ message: 'listening', level: 'warn' });
    expect(telemetry).not.toHaveLogged({ attributes: { seconds: 4 } });
  });

  test('lists what was logged', () => {
    observability.logger.info('listening', { port: 1 });

    const message = complaint(() => expect(telemetry).toHaveLogged({ level: 'error' }));

    expect(message).toContain('"level": "error"');
    expect(message).toContain(
      '{"attributes": {"port": 1}, "level": "info", "message": "listening"}',
    );
  });
});
