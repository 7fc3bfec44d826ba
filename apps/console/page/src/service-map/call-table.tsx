import type { ServiceMapAnswer } from '../../../src/api/contract/overview.ts';
import { formatDuration, formatNumber, formatPercent } from '../shared/format.ts';
import { NumberHeads } from '../shared/number-heads.tsx';

export function CallTable({ map }: { map: ServiceMapAnswer }) {
  const names = new Map(map.nodes.map(({ id, name }) => [id, name]));
  if (map.edges.length === 0) return <p className="muted">Nobody called another in this window.</p>;
  return (
    <section className="panel">
      <h2>Calls</h2>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">from</th>
            <th scope="col">to</th>
            <NumberHeads names={['calls', 'per second', 'errors', 'p50', 'p95']} />
          </tr>
        </thead>
        <tbody>
          {map.edges.map((edge) => (
            <tr key={`${edge.from} ${edge.to}`}>
              <td>{names.get(edge.from) ?? edge.from}</td>
              <td>{names.get(edge.to) ?? edge.to}</td>
              <td className="number">{formatNumber(edge.callCount)}</td>
              <td className="number">{formatNumber(edge.callsPerSecond)}</td>
              <td className={edge.errorCount > 0 ? 'number bad' : 'number'}>
                {formatPercent(edge.callCount === 0 ? 0 : edge.errorCount / edge.callCount)}
              </td>
              <td className="number">{formatDuration(edge.p50Ms)}</td>
              <td className="number">{formatDuration(edge.p95Ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
