import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runProgram } from '@aiq/testing';
import { expect, onTestFinished, test } from 'vitest';
import { coveredLines } from './covered-lines.ts';
import { formatCoverage, isEnough } from './format-coverage.ts';
import { countAt, readProgramCounts } from './program-counts.ts';

const text = `export function choose(way: 'left' | 'right'): string {
  if (way === 'left') {
    return 'l';
  }
  return 'r';
}
export function never(): number {
  return 7;
}
`;

/** A program that is asked for one way, as Node.js tells of it. */
async function runOnce(way: string) {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-covered-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'choose.ts');
  writeFileSync(path, text);
  const call = `import(${JSON.stringify(pathToFileURL(path).href)}).then((m) => m.choose('${way}'))`;
  const { code } = await runProgram('node', ['--eval', call], {
    env: { NODE_V8_COVERAGE: join(directory, 'dumps') },
  });
  expect(code).toBe(0);
  return { path, counts: readProgramCounts(join(directory, 'dumps')) };
}

/** As vitest reports a file: where statements begin, and how often each ran. */
function reportOf(path: string, counts: readonly number[]) {
  const lines = [2, 3, 5, 8];
  const start = (line: number) => ({ line, column: line === 3 ? 4 : 2 });
  return {
    [path]: {
      path,
      statementMap: Object.fromEntries(lines.map((line, at) => [at, { start: start(line) }])),
      s: Object.fromEntries(counts.map((count, at) => [at, count])),
    },
  };
}

test('a line counts that ran in a program which a test started, and no other', async () => {
  const { path, counts } = await runOnce('left');

  const [file] = coveredLines(reportOf(path, [0, 0, 0, 0]), counts, () => text);

  expect(file).toEqual({ path, lines: 4, uncovered: [5, 8] });
});

test('what the tests ran themselves is added', async () => {
  const { path, counts } = await runOnce('left');

  const [file] = coveredLines(reportOf(path, [1, 0, 1, 0]), counts, () => text);

  expect(file?.uncovered).toEqual([8]);
});

test('the smallest range around an offset tells, and where there is none nothing ran', () => {
  const ranges = [
    { startOffset: 0, endOffset: 100, count: 3 },
    { startOffset: 20, endOffset: 40, count: 0 },
    { startOffset: 30, endOffset: 35, count: 9 },
  ];
  expect([10, 20, 32, 40, 100].map((offset) => countAt(ranges, offset))).toEqual([3, 0, 9, 3, 0]);
});

test('a package below its least is told, and its lines are named', () => {
  const files = [
    { path: '/repository/libs/x/src/a.ts', lines: 8, uncovered: [] },
    { path: '/repository/libs/x/src/in/b.ts', lines: 2, uncovered: [3, 7] },
  ];
  const coverage = { folder: 'libs/x', files, linesMin: 90 };

  const table = formatCoverage(coverage, { root: '/repository', showsFiles: true });

  expect([isEnough(coverage), isEnough({ ...coverage, linesMin: 80 })]).toEqual([false, true]);
  expect(table.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    ' lines not run run',
    'libs/x/src 8 0 100.0 %',
    'libs/x/src/in 2 2 0.0 %',
    'all of libs/x 10 2 80.0 % (at least 90 %: NOT REACHED)',
    ' libs/x/src/in/b.ts: 3, 7',
  ]);
});
