import type { Measured, Report } from '../../backend.bench.ts';

export function toMarkdown(report: Report): string {
  const { machine, postgres, instances, users, rate, questions, mix, closed, open, rows } = report;
  const peaks = report.peakMegabytes.map((peak) => `${peak?.toFixed(0) ?? '?'} MiB`).join(', ');
  return `# The backend under load

Made by \`npx pnpm@12 bench:backend\`. ${instances} instances of the backend in turns, one Postgres (durable, its own settings), and
the clients, all on one machine: ${machine}, PostgreSQL ${postgres}. A bank of ${questions} uncalibrated
questions. Telemetry as configured by default, sent to nobody; log lines are written.

The mix: a user registers, takes ${mix.sessionsPerUser} sessions and gives way to the next; before ${percent(mix.loginShare)} of the others it logs in; ${percent(mix.adaptiveShare)} of the
sessions are adaptive, the rest fixed; ${percent(mix.doubledShare)} of the answers are sent twice at once; result and history end each. Users do
not think: a request follows the answer before it.

## As fast as it goes: ${users} users, closed loop

${toSection(closed)}

A closed loop waits for the service before it asks again: its latencies leave out what would have come meanwhile.

## At a rate: ${rate} sessions a second, open loop

${toSection(open)}

Sessions arrive by chance whether those before are done or not, and their time counts from the drawn arrival; within a session
a request still waits for the answer before it.

Most memory an instance held: ${peaks}. Rows at the end: ${rows['users']} users, ${rows['completed']} results, ${rows['responses']} responses.
`;
}

function toSection(measured: Measured): string {
  const { sessionsPerSecond, requestsPerSecond, cpuMsPerRequest, session } = measured;
  const errors = Object.entries(measured.errors).map(([what, count]) => `${count} × ${what}`);
  const routes = measured.routes.map(({ route, requests, p50, p95, p99, max }) => [
    route,
    String(requests),
    ...[p50, p95, p99, max].map((value) => value.toFixed(1)),
  ]);
  const table = [
    ['route', 'requests', 'p50, ms', 'p95, ms', 'p99, ms', 'most, ms'],
    ['---', '---:', '---:', '---:', '---:', '---:'],
    ...routes,
  ];
  return `**${sessionsPerSecond.toFixed(1)} sessions a second to completion** (${measured.completed} completed, ${measured.failed} failed), ${requestsPerSecond.toFixed(0)} requests a second, ${cpuMsPerRequest?.toFixed(2) ?? '?'} ms of
processor time of the instances a request. A session took ${seconds(session.p50)} (p50), ${seconds(session.p95)} (p95), ${seconds(session.p99)} (p99). Errors: ${errors.length === 0 ? 'none' : errors.join(', ')}.

${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
