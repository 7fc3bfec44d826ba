import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  type SpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { createDelivery } from '../../src/export/delivery.ts';
import { createPublicEdgeSampler } from '../../src/traces/public-edge-sampler.ts';
import { createSpanPipe } from '../../src/traces/span-pipe.ts';
import { createTailBuffer, type TailOptions } from '../../src/traces/tail-buffer.ts';

const roomy: TailOptions = { slowMs: 1_000, tracesMax: 100, bytesMax: 1_000_000 };

/** Spans of a process that samples nothing and records everything, given to a tail buffer. */
function createTail(options: Partial<TailOptions> = {}) {
  const kept: ReadableSpan[] = [];
  const buffer = createTailBuffer({ ...roomy, ...options }, (span) => kept.push(span));
  const processor: SpanProcessor = {
    onStart: (span) => buffer.begin(span),
    onEnd: (span) => buffer.end(span),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const sampler = createPublicEdgeSampler(0, true);
  const tracer = new TracerProvider({ sampler, spanProcessors: [processor] }).getTracer('test');
  const start = (name: string, parent?: Span | SpanContext): Span => {
    const spanContext = parent && ('spanContext' in parent ? parent.spanContext() : parent);
    const context = spanContext && trace.setSpanContext(ROOT_CONTEXT, spanContext);
    return tracer.startSpan(name, {}, context ?? ROOT_CONTEXT);
  };
  return { buffer, start, names: () => kept.map(({ name }) => name), kept };
}

const fail = (span: Span): Span => span.setStatus({ code: SpanStatusCode.ERROR });

describe('the tail buffer', () => {
  test('keeps the whole of a failed trace, marked partial and sampled, and leaves the spans as they were', () => {
    const { start, kept, buffer } = createTail();
    const root = start('root');
    const child = start('child', root);
    child.end();
    fail(root).end();

    expect(kept.map(({ name }) => name)).toEqual(['child', 'root']);
    for (const span of kept) {
      expect(span.attributes).toEqual({ 'sampling.partial': true });
      expect(span.spanContext().traceFlags).toBe(1);
      expect(span.duration).toHaveLength(2);
    }
    expect(child.spanContext().traceFlags).toBe(0);
    expect((child as unknown as ReadableSpan).attributes).toEqual({});
    expect(buffer.bytes).toBe(0);
  });

  test('keeps a slow trace, and lets go of one that is quick and well though a child failed', () => {
    const { start, names, buffer } = createTail({ slowMs: 20 });
    const quick = start('quick');
    fail(start('handled', quick)).end();
    quick.end();
    const slow = start('slow');
    slow.end(Date.now() + 50);

    expect(names()).toEqual(['slow']);
    expect(buffer.bytes).toBe(0);
  });

  test('decides at the last root where a trace enters the process twice', () => {
    const { start, names } = createTail();
    const outer = start('outer');
    const inner = start('inner', { ...outer.spanContext(), isRemote: true });
    inner.end();
    expect(names()).toEqual([]);
    fail(outer).end();
    expect(names()).toEqual(['inner', 'outer']);
  });

  test('keeps what ends after its root, where the root was worth it', () => {
    const { start, names } = createTail();
    const failed = start('failed');
    const late = start('late', failed);
    fail(failed).end();
    late.end();
    const well = start('well');
    const later = start('later', well);
    well.end();
    later.end();
    expect(names()).toEqual(['failed', 'late']);
  });

  test('watches no more traces than it may, the oldest gives way', () => {
    const { start, names, buffer } = createTail({ tracesMax: 3 });
    const roots = Array.from({ length: 10 }, (_, at) => start(`root ${at}`));
    expect(buffer.traces).toBe(3);
    for (const root of roots) fail(root).end();
    expect(names()).toEqual(['root 7', 'root 8', 'root 9']);
  });

  test('holds no more bytes than it may, in one trace and in many', () => {
    const { start, buffer } = createTail({ bytesMax: 50_000, tracesMax: 1_000 });
    let most = 0;
    const hold = (root: Span, size: number): void => {
      start('child', root).setAttribute('text', 'x'.repeat(size)).end();
      most = Math.max(most, buffer.bytes);
    };
    for (let at = 0; at < 500; at += 1) hold(start('root'), at);
    const one = start('one');
    for (let at = 0; at < 500; at += 1) hold(one, at);
    hold(one, 100_000);
    expect(most).toBeGreaterThan(40_000);
    expect(most).toBeLessThanOrEqual(50_000);
  });

  test('costs no more of the heap than twice what it says it may', () => {
    const bytesMax = 8 * 1_024 * 1_024;
    const { start, buffer } = createTail({ bytesMax, tracesMax: 256 });
    const before = heapUsed();
    for (let at = 0; at < 300; at += 1) fill(start, start('root'));
    expect(buffer.bytes).toBeGreaterThan(bytesMax / 2);
    expect(heapUsed() - before).toBeLessThan(2 * bytesMax);
    // Still in use here, or its spans would be garbage.
    expect(buffer.traces).toBeGreaterThan(0);
  });

  test('holds nothing of a trace that went well', () => {
    const { start, buffer } = createTail({ tracesMax: 256, bytesMax: 64 * 1_024 * 1_024 });
    const before = heapUsed();
    for (let at = 0; at < 250; at += 1) {
      const root = start('root');
      fill(start, root);
      root.end();
    }
    expect(heapUsed() - before).toBeLessThan(4 * 1_024 * 1_024);
    expect(buffer.traces).toBe(250);
  });
});

/** A hundred spans below a root, each of a kilobyte or two. */
function fill(start: (name: string, parent: Span) => Span, root: Span): void {
  for (let at = 0; at < 100; at += 1) {
    const span = start(`span ${at}`, root);
    for (let key = 0; key < 8; key += 1) span.setAttribute(`key.${key}`, `value ${at} ${key}`);
    span.end();
  }
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe('a destination with a tail buffer', () => {
  test('gets its share of traces as they are, and failed ones of the rest marked partial', async () => {
    const exporter = new InMemorySpanExporter();
    const delivery = createDelivery('traces.sentry', () => new Date());
    const pipe = createSpanPipe({ exporter, delivery, timeoutMs: 500, ratio: 0.5, tail: roomy });
    const sampler = createPublicEdgeSampler(1, true);
    const tracer = new TracerProvider({ sampler, spanProcessors: [pipe] }).getTracer('test');
    for (let at = 0; at < 200; at += 1) {
      const span = tracer.startSpan(at % 2 === 0 ? 'failed' : 'well', {}, ROOT_CONTEXT);
      if (at % 2 === 0) fail(span);
      span.end();
    }
    await pipe.forceFlush();

    const got = exporter.getFinishedSpans();
    const partial = got.filter((span) => span.attributes['sampling.partial'] === true);
    expect(got.filter(({ name }) => name === 'failed')).toHaveLength(100);
    expect(new Set(partial.map(({ name }) => name))).toEqual(new Set(['failed']));
    expect(partial.length).toBeGreaterThan(20);
    expect(partial.length).toBeLessThan(80);
    expect(got.filter(({ name }) => name === 'well').length).toBeLessThan(80);
    expect(delivery.health()).toMatchObject({ exported: got.length, dropped: 0 });
  });
});
