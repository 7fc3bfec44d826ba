import { expect, test } from 'vitest';
import { findSelectors } from './find-selectors.ts';

test('metrics are found with the labels they are chosen by, and what is grouped by', () => {
  const expression =
    'label_replace(sum by (job, x) (rate(a_total{b!="",c=~"x"}[5m])), "signal", "v", "", "") > 0.8 or d / on (q) e';
  expect(findSelectors(expression)).toEqual({
    selectors: [
      { metric: 'a_total', labels: ['b', 'c'] },
      { metric: 'd', labels: [] },
      { metric: 'e', labels: [] },
    ],
    groupings: ['job', 'x', 'q'],
  });
});

test('what is not PromQL is told', () => {
  expect(() => findSelectors('sum by (job (a_total) > ')).toThrow(/not PromQL/);
});
