import type { Environment } from '@aiq/config';
import type { Settings } from '../config/settings.ts';

export type CheckStatus = 'ok' | 'warning' | 'failed' | 'skipped';

/** What a check found, and what to do about it. */
export interface CheckResult {
  readonly name: string;
  readonly status: CheckStatus;
  readonly message: string;
  /** Present where something is to be done. */
  readonly advice?: string;
}

/** What the checks know of the service they look at. */
export interface Patient {
  readonly settings: Settings;
  /** The folder of the service, from which it is started. */
  readonly directory: string;
  readonly environment: Environment;
  /** For one request, and for one child to be ready. */
  readonly timeoutMs: number;
  readonly nowMs: () => number;
  /** The command of process 1, where it can be read. */
  readonly firstProcess: string | undefined;
}

/** The moment an answer's `Date` header told, beside ours. */
export interface ClockReading {
  readonly host: string;
  readonly theirsMs: number;
  readonly oursMs: number;
}

/** Whether a signal of this route goes to OpenTelemetry, alone or too. */
export function goesToOtel(route: string): boolean {
  return route === 'otel' || route === 'both';
}
