import { DiagLogLevel, diag } from '@opentelemetry/api';
import { scrubText } from './policy/scrub.ts';

const warnEveryMs = 60_000;

/**
 * Lets the SDK's complaints be heard, each kind at most once a minute: a collector that is away makes one for
 * every batch.
 *
 * @param warn Must not write to what it complains about.
 */
export function routeDiagnostics(
  warn: (message: string, attributes: Readonly<Record<string, unknown>>) => void,
  nowMs: () => number,
): void {
  const warnedAtMs = new Map<string, number>();
  const complain = (message: string, ...details: unknown[]): void => {
    const text = scrubText([message, ...details.map(toText)].join(' ')).slice(0, 500);
    const kind = text.replace(/\d+/g, '#').slice(0, 80);
    const lastMs = warnedAtMs.get(kind) ?? Number.NEGATIVE_INFINITY;
    if (nowMs() - lastMs < warnEveryMs) return;
    if (warnedAtMs.size > 100) warnedAtMs.clear();
    warnedAtMs.set(kind, nowMs());
    warn('telemetry', { detail: text });
  };
  const quiet = (): void => {};
  diag.setLogger(
    { error: complain, warn: complain, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}

function toText(value: unknown): string {
  if (value instanceof Error) return value.message;
  return typeof value === 'string' ? value : '';
}
