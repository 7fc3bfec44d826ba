import { Link } from 'wouter';
import type { OverviewAnswer, ServiceSummary } from '../../../src/api/contract/overview.ts';
import { Ago } from '../shared/ago.tsx';
import { formatDuration, formatNumber, formatPercent } from '../shared/format.ts';
import { NumberHeads } from '../shared/number-heads.tsx';
import { pathWith } from '../shared/search-params.ts';
import { Sparkline } from '../shared/sparkline.tsx';

export function ServiceTable({ overview }: { overview: OverviewAnswer }) {
  return (
    <section className="panel">
      <h2>Services</h2>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">service</th>
            <NumberHeads names={['req/s']} />
            <th scope="col" className="spark-column">
              <span className="visually-hidden">request rate over time</span>
            </th>
            <NumberHeads names={['errors', 'p50', 'p95', 'p99']} />
            <th scope="col" className="spark-column">
              <span className="visually-hidden">p95 over time</span>
            </th>
            <NumberHeads names={['last seen']} />
          </tr>
        </thead>
        <tbody>
          {overview.services.map((service) => (
            <ServiceRow key={service.service} service={service} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ServiceRow({ service }: { service: ServiceSummary }) {
  const name = service.service;
  const isBad = service.errorCount > 0;
  return (
    <tr>
      <th scope="row">
        <Link href={pathWith('/traces', { service: name })}>{name}</Link>
        {service.errorLogCount > 0 && (
          <Link
            className="chip chip-bad"
            href={pathWith('/logs', { service: name, severity: 'error' })}
          >
            {formatNumber(service.errorLogCount)} error logs
          </Link>
        )}
        {service.errorEventCount > 0 && (
          <Link className="chip chip-bad" href={pathWith('/errors', { service: name })}>
            {formatNumber(service.errorEventCount)} reported
          </Link>
        )}
      </th>
      <td className="number">{formatNumber(service.requestsPerSecond)}</td>
      <td className="spark-column">
        <Sparkline values={service.requestRateSeries} label={`Requests per second of ${name}`} />
      </td>
      <td className={isBad ? 'number bad' : 'number'}>
        {isBad ? (
          <Link href={pathWith('/traces', { service: name, status: 'error' })}>
            {formatPercent(service.errorRatio)}
          </Link>
        ) : (
          formatPercent(service.errorRatio)
        )}
      </td>
      <td className="number">{formatDuration(service.p50Ms)}</td>
      <td className="number">
        {service.p95Ms === null ? (
          '–'
        ) : (
          <Link href={pathWith('/traces', { service: name, sort: 'slowest' })}>
            {formatDuration(service.p95Ms)}
          </Link>
        )}
      </td>
      <td className="number">{formatDuration(service.p99Ms)}</td>
      <td className="spark-column">
        <Sparkline values={service.p95MsSeries} label={`p95 of ${name}`} tone="muted" />
      </td>
      <td className="number">
        <Ago time={service.lastSeen} />
      </td>
    </tr>
  );
}
