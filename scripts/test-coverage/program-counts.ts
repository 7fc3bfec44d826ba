import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const rangeSchema = z.object({
  startOffset: z.number(),
  endOffset: z.number(),
  count: z.number(),
});
type Range = z.infer<typeof rangeSchema>;

/** What Node.js writes where `NODE_V8_COVERAGE` says, as far as it is read. */
const dumpSchema = z.object({
  result: z.array(
    z.object({
      url: z.string(),
      functions: z.array(z.object({ ranges: z.array(rangeSchema) })),
    }),
  ),
});

/** How often programs ran the code at an offset of a file. */
export type ProgramCounts = (path: string, offset: number) => number;

/**
 * Reads what programs left behind. Node.js strips types without moving anything, so that the offsets in what ran
 * are those of the source.
 */
export function readProgramCounts(directory: string): ProgramCounts {
  const runsOf = new Map<string, (readonly Range[])[]>();
  for (const name of readdirSync(directory).filter((each) => each.endsWith('.json'))) {
    const { result } = dumpSchema.parse(JSON.parse(readFileSync(join(directory, name), 'utf8')));
    for (const { url, functions } of result) {
      if (!url.startsWith('file:') || url.includes('/node_modules/')) continue;
      const path = fileURLToPath(url);
      const runs = runsOf.get(path) ?? [];
      runs.push(functions.flatMap(({ ranges }) => ranges));
      runsOf.set(path, runs);
    }
  }
  return (path, offset) =>
    (runsOf.get(path) ?? []).reduce((sum, ranges) => sum + countAt(ranges, offset), 0);
}

/** Ranges lie in each other: the smallest around an offset tells. */
export function countAt(ranges: readonly Range[], offset: number): number {
  let count = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const range of ranges) {
    const size = range.endOffset - range.startOffset;
    if (offset < range.startOffset || offset >= range.endOffset || size > smallest) continue;
    smallest = size;
    count = range.count;
  }
  return count;
}
