import { ROOT_CONTEXT, type SpanContext, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { createPublicEdgeSampler } from '../../src/traces/public-edge-sampler.ts';
import { createServiceKeySender, withCallerTrust } from '../../src/traces/service-key.ts';

const key = 'a key of our services';
const { NOT_RECORD, RECORD, RECORD_AND_SAMPLED } = SamplingDecision;

function decide(
  ratio: number,
  parent: Partial<SpanContext>,
  options: { given?: string | string[]; serviceKey?: string; recordsAll?: boolean } = {},
) {
  const spanContext = {
    traceId: 'f'.repeat(8).padEnd(32, '01'),
    spanId: 'b'.repeat(16),
    traceFlags: TraceFlags.NONE,
    isRemote: true,
    ...parent,
  };
  const base = trace.setSpanContext(ROOT_CONTEXT, spanContext);
  const context = withCallerTrust(base, options.given, options.serviceKey);
  const sampler = createPublicEdgeSampler(ratio, options.recordsAll);
  const { traceId } = spanContext;
  return sampler.shouldSample(context, traceId, 'x', SpanKind.SERVER, {}, []).decision;
}

const sampled = { traceFlags: TraceFlags.SAMPLED };

describe('at a public edge', () => {
  test('the flag of a caller turns sampling neither up nor off', () => {
    expect(decide(0.001, sampled)).toBe(NOT_RECORD);
    expect(decide(1, {})).toBe(RECORD_AND_SAMPLED);
  });

  test('the flag of a caller with the service key holds, both ways', () => {
    const shown = { given: key, serviceKey: key };
    expect(decide(0.001, sampled, shown)).toBe(RECORD_AND_SAMPLED);
    expect(decide(1, {}, shown)).toBe(NOT_RECORD);
  });

  test.each([
    ['another key', { given: 'something else', serviceKey: key }],
    ['no key', { serviceKey: key }],
    ['an empty key', { given: '', serviceKey: key }],
    ['the key twice', { given: [key, key], serviceKey: key }],
    ['a key where none is configured', { given: key }],
  ])('%s is not trusted', (_what, options) => {
    expect(decide(0.001, sampled, options)).toBe(NOT_RECORD);
    expect(decide(1, {}, options)).toBe(RECORD_AND_SAMPLED);
  });

  test('a parent in this process is followed', () => {
    expect(decide(0.001, { ...sampled, isRemote: false })).toBe(RECORD_AND_SAMPLED);
    expect(decide(1, { isRemote: false })).toBe(NOT_RECORD);
  });

  test('with a tail buffer what is not sampled is recorded, and still not sampled', () => {
    expect(decide(0.001, sampled, { recordsAll: true })).toBe(RECORD);
    expect(decide(1, {}, { recordsAll: true })).toBe(RECORD_AND_SAMPLED);
  });
});

describe('the service key', () => {
  const headersFor = createServiceKeySender({
    serviceKey: key,
    internalHosts: ['backend.internal:8000', 'questions'],
  });

  test.each(['backend.internal:8000', 'questions', 'Questions'])('goes to %s', (host) => {
    expect(headersFor(host)).toEqual({ 'x-aiq-service-key': key });
  });

  test.each([
    'backend.internal',
    'backend.internal:80',
    'questions.evil.example',
    'evil-questions',
    undefined,
  ])('never goes to %s', (host) => {
    expect(headersFor(host)).toEqual({});
  });
});
