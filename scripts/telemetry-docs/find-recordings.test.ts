import { expect, test } from 'vitest';
import { findRecordings } from './find-recordings.ts';

const source = (text: string) => [{ path: 'src/a.ts', text }];

test('a metric is recorded where a line names it', () => {
  const text = "\n  telemetry.recordMetric('things.made', 1);\n  observe(\n    'things.made',\n";

  expect(findRecordings('things.made', source(text))).toEqual(['src/a.ts:2', 'src/a.ts:4']);
});

test('neither its definition nor a comment records it', () => {
  const text = "  'things.made': counter({\n  name: 'things.made',\n  // see 'things.made'\n";

  expect(findRecordings('things.made', source(text))).toEqual([]);
});

test('another metric whose name begins with it does not record it', () => {
  expect(findRecordings('things', source("record('things.made')"))).toEqual([]);
});

test('a name that is put together counts where its part is written out', () => {
  const text = `const steps = ['made'];\nrecord(\`things.\${step}\`, 1);\n`;

  expect(findRecordings('things.made', source(text))).toEqual(['src/a.ts:2']);
  expect(findRecordings('things.sold', source(text))).toEqual([]);
});
