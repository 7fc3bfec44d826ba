import type { ErrorExceptionView, StackFrame } from '../../../src/api/contract/errors.ts';
import { framePlace, toFrameGroups } from './stack.ts';

/** What was thrown and the causes below it; frames of the application are open, those of libraries folded. */
export function StackTraces({ exceptions }: { exceptions: readonly ErrorExceptionView[] }) {
  return [...exceptions].reverse().map((exception, index) => (
    <section className="panel" key={index}>
      <h2>
        {index > 0 && <span className="muted">caused by </span>}
        {exception.type}
        {exception.handled === false && <span className="chip chip-bad">not handled</span>}
      </h2>
      <p className="error-value">{exception.value}</p>
      <Frames frames={exception.frames} />
    </section>
  ));
}

function Frames({ frames }: { frames: readonly StackFrame[] }) {
  if (frames.length === 0) return <p className="muted">It came without a stack.</p>;
  const groups = toFrameGroups(frames);
  const hasOwn = groups.some(({ inApp }) => inApp);
  return (
    <ol className="frames">
      {groups.map((group, index) => (
        <li key={index}>
          {group.inApp || !hasOwn ? (
            group.frames.map((frame, at) => <Frame key={at} frame={frame} />)
          ) : (
            <details>
              <summary>
                {group.frames.length} {group.frames.length === 1 ? 'frame' : 'frames'} of libraries
                and the runtime
              </summary>
              {group.frames.map((frame, at) => (
                <Frame key={at} frame={frame} />
              ))}
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

function Frame({ frame }: { frame: StackFrame }) {
  const { contextBefore, contextLine, contextAfter } = frame;
  const firstLine = (frame.line ?? 1) - contextBefore.length;
  const source = [
    ...contextBefore,
    ...(contextLine === null ? [] : [contextLine]),
    ...contextAfter,
  ];
  return (
    <div className={frame.inApp ? 'frame frame-own' : 'frame'}>
      <p>
        <code>{frame.function ?? '(anonymous)'}</code>{' '}
        <span className="mono muted">{framePlace(frame)}</span>
      </p>
      {contextLine !== null && (
        <pre className="source">
          {source.map((text, index) => (
            <span
              key={firstLine + index}
              className={index === contextBefore.length ? 'source-line source-here' : 'source-line'}
            >
              <span className="source-number">{firstLine + index}</span>
              {text}
              {'\n'}
            </span>
          ))}
        </pre>
      )}
    </div>
  );
}
