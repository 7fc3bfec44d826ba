import type { RunAnswer } from '../../../src/api/contract/runs.ts';
import { formatDuration, formatNumber, formatUsd } from '../shared/format.ts';
import { NumberHeads } from '../shared/number-heads.tsx';

export function CostTable({ run }: { run: RunAnswer }) {
  if (run.costByModel.length === 0) return null;
  return (
    <section className="panel">
      <h2>Cost by model</h2>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">model</th>
            <NumberHeads names={['calls', 'tokens in', 'out', 'cost']} />
          </tr>
        </thead>
        <tbody>
          {run.costByModel.map((cost) => (
            <tr key={`${cost.provider} ${cost.model}`}>
              <th scope="row">
                {cost.model} <span className="muted">{cost.provider}</span>
              </th>
              <td className="number">{formatNumber(cost.calls)}</td>
              <td className="number">{formatNumber(cost.inputTokens)}</td>
              <td className="number">{formatNumber(cost.outputTokens)}</td>
              <td className="number">{formatUsd(cost.costUsd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function CallTable({ run }: { run: RunAnswer }) {
  if (run.calls.length === 0) return null;
  return (
    <section className="panel">
      <h2>Calls</h2>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">span</th>
            <NumberHeads names={['calls', 'failed', 'p50', 'p95', 'in all']} />
          </tr>
        </thead>
        <tbody>
          {run.calls.map((call) => (
            <tr key={call.name}>
              <th scope="row">{call.name}</th>
              <td className="number">{formatNumber(call.count)}</td>
              <td className={call.errorCount > 0 ? 'number bad' : 'number'}>
                {formatNumber(call.errorCount)}
              </td>
              <td className="number">{formatDuration(call.p50Ms)}</td>
              <td className="number">{formatDuration(call.p95Ms)}</td>
              <td className="number">{formatDuration(call.seconds * 1000)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Counts by a name, the largest first; nothing where all are 0. */
export function CountTable({
  title,
  counts,
}: {
  title: string;
  counts: Readonly<Record<string, number>>;
}) {
  const entries = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  if (entries.length === 0) return null;
  return (
    <section className="panel">
      <h2>{title}</h2>
      <table className="list">
        <tbody>
          {entries.map(([name, count]) => (
            <tr key={name}>
              <th scope="row">{name.replaceAll('_', ' ')}</th>
              <td className="number">{formatNumber(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How far the questions of each name came. */
export function BreakdownTable(props: {
  readonly title: string;
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
}) {
  const rows = Object.entries(props.counts).filter(([, counts]) =>
    Object.values(counts).some((count) => count > 0),
  );
  const columns = [...new Set(rows.flatMap(([, counts]) => Object.keys(counts)))];
  if (rows.length === 0) return null;
  return (
    <section className="panel">
      <h2>{props.title}</h2>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">name</span>
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="number">
                {inWords(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, counts]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {columns.map((column) => (
                <td key={column} className="number">
                  {formatNumber(counts[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `takenOver` and `taken_over` as `taken over`. */
function inWords(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}
