import { eventually, type Program, startProgram } from '@aiq/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scrape } from '../platform/metrics-text.ts';
import type { Prometheus } from '../platform/prometheus.ts';
import { type Catalogue, catalogues, seriesNames } from './catalogue.ts';
import { otlpAddress, prometheus3, startShippedPrometheus } from './prometheus-3.ts';

describe.runIf(prometheus3.isExpected)('Prometheus 3, as it is shipped', () => {
  describe.each(catalogues)('with $service', ({ service, definitions, recorder }: Catalogue) => {
    let program: Program;
    let pushedTo: Prometheus;
    let scraping: Prometheus;

    beforeAll(async () => {
      pushedTo = await startShippedPrometheus([]);
      program = await startProgram('node', [...recorder, '--serve'], {
        env: {
          ENV: 'test',
          OTEL_LOGS_ENABLED: 'false',
          OTEL_EXPORTER_OTLP_ENDPOINT: otlpAddress(pushedTo),
          OTEL_METRIC_EXPORT_INTERVAL: '500',
          OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=replica-7',
        },
      });
      const [, url = ''] = await program.waitForLine(/serving (\S+)/);
      const recordedAt = Date.now() / 1_000;
      const [, instanceId = ''] = /instance_id="(replica-7-\S+?)"/.exec(await scrape(url)) ?? [];
      scraping = await startShippedPrometheus([{ url, serviceName: service, instanceId }]);
      for (const prometheus of [pushedTo, scraping]) {
        await prometheus.series(`timestamp(target_info) > ${recordedAt}`);
      }
    });
    afterAll(async () => {
      await program?.stop('SIGTERM');
      await Promise.all([pushedTo?.stop(), scraping?.stop()]);
    });

    test.each(Object.entries(definitions))(
      'stores %s with the same name, type and labels by either road',
      async (name, definition) => {
        for (const series of seriesNames(name, definition)) {
          const pushed = (await pushedTo.labelSets(series)).map(withoutUnit);
          const scraped = (await scraping.labelSets(series)).map(withoutUnit);

          expect(pushed.length).toBeGreaterThan(0);
          expect(inOrder(scraped)).toEqual(inOrder(pushed));
          const isGauge = definition.kind === 'up_down_counter';
          const type = isGauge ? 'gauge' : definition.kind;
          expect(new Set(pushed.map((labels) => labels['__type__']))).toEqual(new Set([type]));
        }
      },
    );

    test('says the same of who emits', async () => {
      const pushed = await pushedTo.labelSets('target_info');
      const scraped = await scraping.labelSets('target_info');

      // A pushed one is given no type.
      expect(scraped.map(withoutUnit)).toEqual(
        pushed.map((labels) => ({ ...labels, __type__: 'info' })),
      );
      expect(pushed).toMatchObject([
        { job: `aiq/${service}`, service_name: service, service_namespace: 'aiq' },
      ]);
    });

    test('has no otel_scope_ labels', async () => {
      for (const prometheus of [pushedTo, scraping]) {
        expect(await prometheus.labelSets('{otel_scope_name!=""}')).toEqual([]);
      }
    });

    test('gives exemplars of the same span back by either road', async () => {
      const histogram = Object.entries(definitions).find(([, { kind }]) => kind === 'histogram');
      const [selector = ''] = histogram === undefined ? [] : seriesNames(...histogram);
      const exemplarsOf = (prometheus: Prometheus) =>
        eventually(
          async () => {
            const found = await prometheus.exemplars(selector);
            return found.length > 0 ? found : undefined;
          },
          { timeoutMs: 10_000, message: `exemplars of ${selector}` },
        );
      const pushed = await exemplarsOf(pushedTo);
      const scraped = await exemplarsOf(scraping);

      const spans = new Set([...pushed, ...scraped].map(({ traceId, spanId }) => traceId + spanId));
      expect(spans.size).toBe(1);
      expect([...spans][0]).toMatch(/^[0-9a-f]{48}$/);
      expect(pushed.map(({ value }) => value)).toEqual(scraped.map(({ value }) => value));
      expect(inOrder(scraped.map(({ series }) => withoutUnit(series)))).toEqual(
        inOrder(pushed.map(({ series }) => withoutUnit(series))),
      );
    });
  });
});

/**
 * Without the unit that comes along with the type: where a family of a scrape has none, Prometheus 3.16 labels its
 * series with the unit of the family before.
 */
function withoutUnit({ __unit__, ...labels }: Readonly<Record<string, string>>) {
  return labels;
}

/** Sets of labels, by their text. */
function inOrder(sets: readonly Readonly<Record<string, string>>[]): string[] {
  return sets.map((labels) => JSON.stringify(Object.entries(labels).sort())).sort();
}
