import type { Severity } from '../../../src/api/contract/logs.ts';
import type { Door } from '../../../src/store/model.ts';

/** A shape and a word besides the colour: colour alone says nothing to some eyes. */
const severityShapes: Record<Severity, string> = {
  trace: '·',
  debug: '○',
  info: '●',
  warn: '▲',
  error: '✖',
  fatal: '◆',
};

export function SeverityMark({ severity, text }: { severity: Severity | null; text?: string }) {
  const word = text || severity || 'none';
  return (
    <span className={`severity severity-${severity ?? 'none'}`}>
      <span aria-hidden="true">{severity === null ? '–' : severityShapes[severity]}</span>{' '}
      {word.toLowerCase()}
    </span>
  );
}

/** Of a trace, a span or an HTTP answer. */
export function StatusMark({ isError, label }: { isError: boolean; label?: string }) {
  return (
    <span className={isError ? 'status status-error' : 'status status-ok'}>
      <span aria-hidden="true">{isError ? '✖' : '✓'}</span>
      <span className={label ? '' : 'visually-hidden'}> {label ?? (isError ? 'error' : 'ok')}</span>
    </span>
  );
}

const doorTitles: Record<Door, string> = {
  otlp: 'came by OTLP',
  sentry: 'came to the Sentry DSN',
};

/** By which doors it came; both where one thing was sent to both. */
export function DoorMarks({ doors }: { doors: readonly Door[] }) {
  return (
    <span className="doors">
      {doors.map((door) => (
        <span key={door} className={`door door-${door}`} title={doorTitles[door]}>
          {door === 'otlp' ? 'OTLP' : 'Sentry'}
        </span>
      ))}
    </span>
  );
}

const runStateShapes: Readonly<Record<string, string>> = {
  running: '◌',
  active: '◌',
  succeeded: '✓',
  completed: '✓',
  partial: '▲',
  failed: '✖',
  interrupted: '◆',
  abandoned: '◆',
  unknown: '–',
};

/** Of a generation run or a test session. */
export function StateMark({ state }: { state: string }) {
  return (
    <span className={`run-state run-state-${state}`}>
      <span aria-hidden="true">{runStateShapes[state] ?? '–'}</span> {state}
    </span>
  );
}
