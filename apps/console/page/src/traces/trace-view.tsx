import { Link } from 'wouter';
import type { TraceAnswer } from '../../../src/api/contract/traces.ts';
import { CopyId } from '../shared/copy-id.tsx';
import { formatDateTime, formatDuration, formatNumber } from '../shared/format.ts';
import { DoorMarks, StatusMark } from '../shared/marks.tsx';
import { PageHeader } from '../shared/page-header.tsx';
import { Answer, Empty } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { TraceBody } from './trace-body.tsx';

/** One trace: its waterfall, and of each span all that is known. */
export function TraceView({ traceId }: { traceId: string }) {
  const query = useAnswer<TraceAnswer>(
    `/api/traces/${encodeURIComponent(traceId)}`,
    {},
    // Late spans, logs and errors of the same trace appear by themselves.
    { signals: ['traces', 'logs', 'errors'] },
  );
  return (
    <Answer query={query} what="trace" missing={<MissingTrace traceId={traceId} />}>
      {(trace) => (
        <>
          <PageHeader
            title={trace.name || 'Trace'}
            note={<CopyId id={trace.traceId} label="trace id" isLong />}
          >
            <Link className="button" href="/traces">
              All traces
            </Link>
          </PageHeader>
          <TraceFacts trace={trace} />
          <TraceBody trace={trace} />
        </>
      )}
    </Answer>
  );
}

function TraceFacts({ trace }: { trace: TraceAnswer }) {
  const firstError = trace.errors[0];
  return (
    <div className="facts">
      <StatusMark isError={trace.status === 'error'} label={trace.status} />
      <span>
        <b>{formatDuration(trace.durationMs)}</b>
      </span>
      <span>{trace.start !== null && formatDateTime(Date.parse(trace.start))}</span>
      <span>{formatNumber(trace.spanCount)} spans</span>
      <span>{trace.services.join(', ')}</span>
      <DoorMarks doors={trace.doors} />
      {trace.errorSpanCount > 0 && <span className="bad">{trace.errorSpanCount} failed spans</span>}
      {trace.logCount > 0 && (
        <Link href={`/logs?traceId=${trace.traceId}`}>
          {formatNumber(trace.logCount)} log lines
        </Link>
      )}
      {firstError && (
        <Link
          className="bad"
          href={`/errors/${encodeURIComponent(firstError.fingerprint)}?event=${firstError.eventId}`}
        >
          {trace.errors.length === 1 ? 'its error' : `${trace.errors.length} errors`}
        </Link>
      )}
    </div>
  );
}

function MissingTrace({ traceId }: { traceId: string }) {
  return (
    <>
      <PageHeader title="Trace" note={<CopyId id={traceId} label="trace id" isLong />} />
      <Empty title="No span of this trace is stored">
        <p>
          It may not have arrived yet: services send a few seconds after the fact, and this view
          shows it when it comes. Or it went out to make room for newer ones.{' '}
          <Link href="/traces">Show the traces that are here</Link>
        </p>
      </Empty>
    </>
  );
}
