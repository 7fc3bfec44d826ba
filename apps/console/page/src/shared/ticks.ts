/** Round places on an axis from 0 to `end`: steps of 1, 2 or 5 times a power of ten, at most `countMax` of them. */
export function ticks(end: number, countMax: number): readonly number[] {
  if (!(end > 0) || !Number.isFinite(end) || countMax < 1) return [0];
  const rough = end / countMax;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const count = Math.floor(end / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}
