import type { CheckStatus } from './check.ts';
import type { Diagnosis } from './diagnose.ts';

const marks: Readonly<Record<CheckStatus, { mark: string; color: number }>> = {
  ok: { mark: 'ok     ', color: 32 },
  warning: { mark: 'warning', color: 33 },
  failed: { mark: 'FAILED ', color: 31 },
  skipped: { mark: 'skipped', color: 90 },
};

export interface FormatOptions {
  /** For terminals. */
  readonly isColored: boolean;
  /** Paths below it are shown from it. */
  readonly root: string;
}

/** Writes a diagnosis for a person: the configuration with its sources, then each check with what to do. */
export function formatDiagnosis(diagnosis: Diagnosis, { isColored, root }: FormatOptions): string {
  const { service, environment, settings, checks, healthy } = diagnosis;
  const paint = (text: string, color: number): string =>
    isColored ? `\u001b[${color}m${text}\u001b[0m` : text;
  const width = Math.max(0, ...settings.map(({ path }) => path.length));
  const configuration = settings.map(
    ({ path, shown, source }) =>
      `  ${path.padEnd(width)}  ${shown}  ${paint(`← ${source.replaceAll(`${root}/`, '')}`, 90)}`,
  );
  const findings = checks.flatMap(({ name, status, message, advice }) => {
    const { mark, color } = marks[status];
    const line = `  ${paint(mark, color)}  ${name}: ${message.replaceAll(`${root}/`, '')}`;
    return advice === undefined ? [line] : [line, `           → ${advice}`];
  });
  const failures = checks.filter(({ status }) => status === 'failed').length;
  return [
    `${service}${environment === undefined ? '' : ` (${environment})`}`,
    ...(configuration.length === 0 ? [] : ['', ...configuration]),
    '',
    ...findings,
    '',
    healthy ? paint(`${service} is well.`, 32) : paint(`${service}: ${failures} failed.`, 31),
  ].join('\n');
}
