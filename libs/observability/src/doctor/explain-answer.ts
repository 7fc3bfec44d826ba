import type { OtlpTarget } from '../export/otlp-exporters.ts';
import type { CheckStatus } from './check.ts';
import type { OtlpAnswer } from './otlp-request.ts';

export interface Explanation {
  readonly status: CheckStatus;
  readonly message: string;
  readonly advice?: string;
}

const grafanaAdvice =
  'Grafana Cloud wants `Authorization: Basic base64(<instance id>:<token>)` over http/protobuf: set ' +
  'OTEL_EXPORTER_OTLP_HEADERS="Authorization=Basic%20$(printf %s "$INSTANCE_ID:$TOKEN" | base64 -w0)". ' +
  'The instance id is the number of the OTLP page of your stack, and the token needs metrics:write, logs:write, traces:write.';
const protocolAdvice =
  'A receiver for gRPC (port 4317 as a rule) was addressed by HTTP, or the other way round: make OTEL_EXPORTER_OTLP_PROTOCOL ' +
  'and the port of OTEL_EXPORTER_OTLP_ENDPOINT agree (http/protobuf with 4318, grpc with 4317).';

/** Says what an answer to an empty export means, and what to do about it. */
export function explainAnswer(answer: OtlpAnswer, target: OtlpTarget): Explanation {
  if (answer.failure !== undefined) return explainFailure(answer, answer.failure, target);
  if (answer.grpcStatus !== undefined) return explainGrpc(answer, answer.grpcStatus, target);
  const { url, status = 0, text } = answer;
  if (target.protocol === 'grpc') {
    return failed(`${url} answered ${status} and no gRPC status`, protocolAdvice);
  }
  if (status >= 200 && status < 300) {
    return { status: 'ok', message: `${url} accepted an empty export (${status})` };
  }
  const message = `${url} answered ${status}${text === undefined ? '' : `: ${text}`}`;
  if (status === 429) {
    const advice =
      'The quota is used up or the rate is too high: see the plan, or export less often.';
    return { status: 'warning', message, advice };
  }
  return failed(message, adviceOf(status, target));
}

function adviceOf(status: number, target: OtlpTarget): string {
  if (status === 401 || status === 403) return credentialAdvice(target);
  if (status === 404 || status === 405) return pathAdvice(target.endpoint);
  if (status === 415) {
    return `The receiver takes no ${target.protocol}: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.`;
  }
  if (status >= 300 && status < 400) {
    return 'Exporters follow no redirects: set the address it points to (https, and the right host).';
  }
  if (status >= 500)
    return 'The receiver is there and does not work: look at its own logs or status page.';
  return 'The receiver refused an empty export: see that the address is an OTLP endpoint.';
}

function credentialAdvice({ headers, endpoint }: OtlpTarget): string {
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === 'authorization')?.[1];
  const found = describeAuthorization(value);
  const isGrafana = /(^|\.)grafana\.net$/.test(new URL(endpoint).hostname);
  if (isGrafana) return `${found} ${grafanaAdvice}`;
  return `${found} Set what the receiver wants in OTEL_EXPORTER_OTLP_HEADERS. ${grafanaAdvice}`;
}

/** What is wrong with a header, without showing it. */
export function describeAuthorization(value: string | undefined): string {
  if (value === undefined) return 'No Authorization header is sent.';
  const [scheme = '', text = '', ...more] = value.split(' ');
  if (scheme.toLowerCase() === 'bearer') return 'A Bearer token is sent.';
  if (scheme.toLowerCase() !== 'basic')
    return 'The Authorization header has neither Basic nor Bearer.';
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  const isPair = more.length === 0 && /^\d+:\S+$/.test(decoded);
  return isPair
    ? 'Basic credentials of the right form are sent: the id or the token is wrong, expired or without the scope.'
    : 'The Basic credentials are not base64 of <instance id>:<token>.';
}

function pathAdvice(endpoint: string): string {
  const { pathname, hostname } = new URL(endpoint);
  if (/\/v1\/(traces|metrics|logs)/.test(pathname)) {
    return 'OTEL_EXPORTER_OTLP_ENDPOINT is the base address: leave out /v1/…, which is added for each signal.';
  }
  if (/grafana\.net$/.test(hostname) && !/\/otlp\/?$/.test(pathname)) {
    return 'For Grafana Cloud the base address ends with /otlp: https://otlp-gateway-<zone>.grafana.net/otlp.';
  }
  return 'No OTLP receiver has this path: the base address is the one before /v1/<signal>.';
}

function explainGrpc({ url }: OtlpAnswer, grpcStatus: number, target: OtlpTarget): Explanation {
  if (grpcStatus === 0) return { status: 'ok', message: `${url} accepted an empty export (gRPC)` };
  const message = `${url} answered gRPC status ${grpcStatus}`;
  if (grpcStatus === 16 || grpcStatus === 7) return failed(message, credentialAdvice(target));
  if (grpcStatus === 12) return failed(message, 'The receiver takes no OTLP for this signal.');
  return failed(message, 'The receiver refused an empty export: look at its own logs.');
}

function explainFailure({ url }: OtlpAnswer, failure: string, target: OtlpTarget): Explanation {
  const message = `${url} gave no answer: ${failure}`;
  if (failure === 'ECONNREFUSED') {
    return failed(
      message,
      'Nothing listens there: start the receiver (`npx pnpm@12 dev` has one on 4318) or correct the port.',
    );
  }
  if (failure === 'ENOTFOUND' || failure === 'EAI_AGAIN') {
    return failed(
      message,
      'The host’s name is not known: correct OTEL_EXPORTER_OTLP_ENDPOINT, or look at DNS.',
    );
  }
  if (failure === 'timeout' || failure.endsWith('_TIMEOUT')) {
    return failed(
      message,
      `No answer within ${target.timeoutMs} ms: a firewall, a proxy, or a receiver that hangs. ${protocolAdvice}`,
    );
  }
  if (/CERT|SSL|TLS|SELF_SIGNED/.test(failure)) {
    return failed(
      message,
      'TLS failed: https against a plain port, or a certificate that is not trusted (NODE_EXTRA_CA_CERTS).',
    );
  }
  return failed(message, protocolAdvice);
}

function failed(message: string, advice: string): Explanation {
  return { status: 'failed', message, advice };
}
