import type { ServiceMapAnswer } from '../../../src/api/contract/overview.ts';
import { formatDuration, formatNumber, formatPercent } from '../shared/format.ts';

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
            <th scope="col" className="number">
              calls
            </th>
            <th scope="col" className="number">
              per second
            </th>
            <th scope="col" className="number">
              errors
            </th>
            <th scope="col" className="number">
              p50
            </th>
            <th scope="col" className="number">
              p95
            </th>
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
