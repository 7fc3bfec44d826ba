/** The path of a line through the known values, from 0 at the bottom to the largest at the top, and of the area below it. */
export function sparklinePaths(
  values: readonly (number | null)[],
  { width, height }: { width: number; height: number },
): { readonly line: string; readonly area: string } {
  const max = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const x = (index: number) => round((index / Math.max(1, values.length - 1)) * width);
  const y = (value: number) => round(height - 1 - (max === 0 ? 0 : (value / max) * (height - 3)));
  let line = '';
  let area = '';
  for (const run of knownRuns(values)) {
    const points = run.map(({ index, value }) => `${x(index)},${y(value)}`);
    const first = x(run[0]?.index ?? 0);
    const last = x(run.at(-1)?.index ?? 0);
    // A single value has no line: it is drawn as a short one.
    line += run.length === 1 ? `M${points[0]}h1` : `M${points.join('L')}`;
    area += `M${first},${height}L${points.join('L')}L${last},${height}Z`;
  }
  return { line, area };
}

function knownRuns(values: readonly (number | null)[]) {
  const runs: { index: number; value: number }[][] = [];
  let isOpen = false;
  values.forEach((value, index) => {
    if (value === null) {
      isOpen = false;
      return;
    }
    if (isOpen) runs.at(-1)?.push({ index, value });
    else runs.push([{ index, value }]);
    isOpen = true;
  });
  return runs;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
