import { z } from 'zod';
import type { ProgramCounts } from './program-counts.ts';

/** vitest's report, as far as it is read: where statements begin, and how often tests ran each. */
export const reportSchema = z.record(
  z.string(),
  z.object({
    path: z.string(),
    statementMap: z.record(
      z.string(),
      z.object({ start: z.object({ line: z.number(), column: z.number() }) }),
    ),
    s: z.record(z.string(), z.number()),
  }),
);
export type Report = z.infer<typeof reportSchema>;

/** The lines of a file on which a statement begins. */
export interface CoveredFile {
  /** Absolute. */
  readonly path: string;
  readonly lines: number;
  /** In their order. */
  readonly uncovered: readonly number[];
}

/** Lines that ran in the tests themselves or in a program that one of them started. */
export function coveredLines(
  report: Report,
  programCounts: ProgramCounts,
  readText: (path: string) => string,
): readonly CoveredFile[] {
  return Object.values(report).map(({ path, statementMap, s }) => {
    const starts = lineStarts(readText(path));
    const counts = new Map<number, number>();
    for (const [id, { start }] of Object.entries(statementMap)) {
      const offset = (starts[start.line - 1] ?? 0) + start.column;
      const count = (s[id] ?? 0) + programCounts(path, offset);
      counts.set(start.line, Math.max(counts.get(start.line) ?? 0, count));
    }
    const uncovered = [...counts].flatMap(([line, count]) => (count === 0 ? [line] : []));
    return { path, lines: counts.size, uncovered: uncovered.sort((a, b) => a - b) };
  });
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index } of text.matchAll(/\n/g)) starts.push(index + 1);
  return starts;
}
