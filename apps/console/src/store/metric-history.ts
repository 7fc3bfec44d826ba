import { addData, isZero } from './metric-arithmetic.ts';
import { type HistoryEntry, isLevel, type MetricData } from './metric-model.ts';

/** A level is not known to have stood still for longer than this between two points. */
const gapMsMax = 300_000;

/**
 * A history with one more entry, in the order of time. A stretch in which nothing changes is one entry. Where
 * there are more than `entriesMax`, neighbours of the older half become one: nothing that was counted is lost, what
 * is long ago is told in longer stretches.
 *
 * @returns undefined where the entry overlaps what is there: it came before.
 */
export function withEntry(
  history: readonly HistoryEntry[],
  entry: HistoryEntry,
  entriesMax: number,
): readonly HistoryEntry[] | undefined {
  const last = history.at(-1);
  if (last === undefined) return [entry];
  if (entry.untilMs <= last.untilMs && entry.fromMs < last.untilMs) {
    return insertLate(history, entry);
  }
  // A point that was sent twice.
  if (entry.untilMs === last.untilMs && !isLevel(entry.data) && isZero(entry.data)) return history;
  const fitting = { ...entry, fromMs: Math.max(entry.fromMs, last.untilMs) };
  if (fitting.untilMs === last.untilMs && !isLevel(fitting.data)) {
    return [...history.slice(0, -1), ...joined(last, fitting)];
  }
  if (isQuiet(last, fitting)) {
    return [...history.slice(0, -1), { ...last, untilMs: fitting.untilMs }];
  }
  const longer = [...history, fitting];
  return longer.length > entriesMax ? thinned(longer) : longer;
}

/** An increase that was delayed on its way; it fits only into a gap. */
function insertLate(history: readonly HistoryEntry[], entry: HistoryEntry) {
  const overlaps = history.some(
    ({ fromMs, untilMs }) =>
      (fromMs < entry.untilMs && entry.fromMs < untilMs) || untilMs === entry.untilMs,
  );
  if (overlaps) return undefined;
  const position = history.findIndex(({ fromMs }) => fromMs >= entry.untilMs);
  return history.toSpliced(position < 0 ? history.length : position, 0, entry);
}

/** Goes on without a change and without a gap. */
function isQuiet(last: HistoryEntry, next: HistoryEntry): boolean {
  if (isLevel(next.data)) {
    return next.data.value === last.data.value && next.fromMs - last.untilMs <= gapMsMax;
  }
  return isZero(last.data) && isZero(next.data) && next.fromMs <= last.untilMs;
}

function thinned(history: readonly HistoryEntry[]): HistoryEntry[] {
  const half = history.length >> 1;
  const result: HistoryEntry[] = [];
  for (let index = 0; index < half; index += 2) {
    const [first, second] = history.slice(index, Math.min(index + 2, half));
    if (first === undefined) continue;
    if (second === undefined) result.push(first);
    else result.push(...joined(first, second));
  }
  return [...result, ...history.slice(half)];
}

function joined(first: HistoryEntry, second: HistoryEntry): HistoryEntry[] {
  const data = isLevel(second.data) ? second.data : addData(first.data, second.data);
  if (data === undefined) return [first, second];
  return [{ fromMs: first.fromMs, untilMs: second.untilMs, data }];
}

/** What an entry takes in memory, roughly; of one kind all entries are alike. */
export function entryBytes(data: MetricData): number {
  const fixedBytes = 160;
  switch (data.type) {
    case 'histogram':
      return fixedBytes + 8 * data.value.counts.length;
    case 'exponential_histogram':
      return (
        fixedBytes + 8 * (data.value.positive.counts.length + data.value.negative.counts.length)
      );
    case 'summary':
      return fixedBytes + 48 * data.value.quantiles.length;
    default:
      return fixedBytes;
  }
}
