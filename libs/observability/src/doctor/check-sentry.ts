import type { CheckResult, ClockReading, Patient } from './check.ts';
import { postBounded } from './otlp-request.ts';

const name = 'Sentry';

/** Whether Sentry takes an envelope for this DSN: a client report that reports nothing, so no event is made. */
export async function checkSentry(
  patient: Patient,
): Promise<{ result: CheckResult; clock?: ClockReading }> {
  const { settings, timeoutMs, nowMs } = patient;
  const { dsn } = settings.config.sentry;
  const routes = Object.values(settings.config.routing);
  if (!routes.some((route) => route === 'sentry' || route === 'both')) {
    return { result: { name, status: 'skipped', message: 'no signal is routed to Sentry' } };
  }
  if (dsn === undefined) return { result: missing(patient) };
  const { url, key } = envelopeUrl(dsn);
  const now = new Date(nowMs()).toISOString();
  const body = [
    { sent_at: now },
    { type: 'client_report' },
    { timestamp: now, discarded_events: [] },
  ];
  const answer = await postBounded(
    url,
    {
      headers: {
        'content-type': 'application/x-sentry-envelope',
        'x-sentry-auth': `Sentry sentry_version=7, sentry_client=aiq-doctor/1, sentry_key=${key}`,
      },
      body: `${body.map((line) => JSON.stringify(line)).join('\n')}\n`,
    },
    timeoutMs,
  );
  const theirsMs = Date.parse(answer.date ?? '');
  const clock = { host: new URL(url).host, theirsMs, oursMs: nowMs() };
  return { result: explain(answer), ...(Number.isNaN(theirsMs) ? {} : { clock }) };
}

function missing({ settings }: Patient): CheckResult {
  const isTold = settings.deployment === 'production' || settings.deployment === 'staging';
  if (!isTold) return { name, status: 'skipped', message: 'SENTRY_DSN is not set: Sentry is off' };
  const advice = 'Set SENTRY_DSN (Sentry: project settings, Client Keys), or route errors to otel.';
  return { name, status: 'warning', message: 'SENTRY_DSN is not set: Sentry is off', advice };
}

/** @see https://develop.sentry.dev/sdk/foundations/transport/envelopes/ */
function envelopeUrl(dsn: string): { url: string; key: string } {
  const { protocol, host, username, pathname } = new URL(dsn);
  const [project = '', ...before] = pathname.split('/').reverse();
  const path = before.reverse().join('/');
  return { url: `${protocol}//${host}${path}/api/${project}/envelope/`, key: username };
}

function explain({
  url,
  status,
  text,
  failure,
}: Awaited<ReturnType<typeof postBounded>>): CheckResult {
  if (failure !== undefined) {
    const advice =
      'Correct the host of SENTRY_DSN, or let this machine reach it (firewall, DNS, proxy).';
    return { name, status: 'failed', message: `${url} gave no answer: ${failure}`, advice };
  }
  if (status === 200) return { name, status: 'ok', message: `${url} accepted an envelope (200)` };
  const message = `${url} answered ${status}${text === undefined ? '' : `: ${text}`}`;
  if (status === 429) {
    return {
      name,
      status: 'warning',
      message,
      advice: 'The quota is used up, or the key has a rate limit.',
    };
  }
  const isRefused = status === 400 || status === 401 || status === 403;
  const advice = isRefused
    ? 'The key or the project is not known: copy the DSN again from the project’s Client Keys, and see that the key is active.'
    : 'Not a Sentry ingest: the DSN is https://<key>@<host>/<project number>.';
  return { name, status: 'failed', message, advice };
}
