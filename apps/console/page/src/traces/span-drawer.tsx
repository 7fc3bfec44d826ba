import { useLocation } from 'wouter';
import type { SpanView, TraceAnswer } from '../../../src/api/contract/traces.ts';
import { AttributeTable } from '../shared/attributes.tsx';
import { CopyId } from '../shared/copy-id.tsx';
import { formatDuration } from '../shared/format.ts';
import { DoorMarks, StatusMark } from '../shared/marks.tsx';
import { pathWith } from '../shared/search-params.ts';
import { SpanErrors, SpanEvents, SpanLinks, SpanLogs } from './span-parts.tsx';

/** All that is known of one span. What went wrong stands first. */
export function SpanDrawer(props: {
  readonly trace: TraceAnswer;
  readonly span: SpanView;
  readonly onClose: () => void;
}) {
  const { trace, span, onClose } = props;
  const [, navigate] = useLocation();
  const errors = trace.errors.filter(({ eventId }) => span.errorIds.includes(eventId));
  const logs = trace.logs.filter(({ spanId }) => spanId === span.spanId);
  const filter = (key: string, value: string) =>
    navigate(pathWith('/traces', { attribute: [`${key}=${value}`] }));
  return (
    <aside className="drawer" aria-label={`Span ${span.name}`}>
      <header>
        <h2>{span.name || '(no name)'}</h2>
        <button
          type="button"
          className="quiet"
          onClick={onClose}
          aria-label="Close span"
          title="Close (Esc)"
        >
          ✕
        </button>
      </header>
      <dl className="span-facts">
        <Fact name="status">
          <StatusMark isError={span.status === 'error'} label={span.status} />
        </Fact>
        <Fact name="duration">{formatDuration(span.durationMs)}</Fact>
        <Fact name="starts at">{formatDuration(span.offsetMs)}</Fact>
        <Fact name="kind">{span.kind}</Fact>
        <Fact name="service">{span.service}</Fact>
        <Fact name="span id">
          <CopyId id={span.spanId} label="span id" isLong />
        </Fact>
        <Fact name="came by">
          <DoorMarks doors={span.doors} />
        </Fact>
      </dl>
      {span.statusMessage !== '' && <p className="status-message">{span.statusMessage}</p>}
      <SpanErrors errors={errors} />
      <SpanLogs trace={trace} span={span} logs={logs} />
      <section>
        <h3>Attributes</h3>
        <AttributeTable attributes={span.attributes} onFilter={filter} />
        <Dropped span={span} />
      </section>
      <SpanEvents events={span.events} />
      <SpanLinks links={span.links} />
      <details>
        <summary>Resource and scope</summary>
        <AttributeTable attributes={span.resource} />
        <p className="muted small">
          {span.scope.name} {span.scope.version}
        </p>
      </details>
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Dropped({ span }: { span: SpanView }) {
  const { attributes, events, links } = span.dropped;
  if (attributes + events + links === 0) return null;
  return (
    <p className="muted small">
      The sender cut off {attributes} attributes, {events} events, {links} links.
    </p>
  );
}
