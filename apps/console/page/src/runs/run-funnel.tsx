import type { RunAnswer } from '../../../src/api/contract/runs.ts';
import { formatNumber } from '../shared/format.ts';
import { toFunnel } from './funnel.ts';

/** What became of the questions, and whether each is accounted for. */
export function RunFunnel({ run }: { run: RunAnswer }) {
  const funnel = toFunnel(run);
  if (funnel === null) {
    return (
      <section className="panel wide">
        <h2>Questions</h2>
        <p className="muted">Its counts come with the event at its end, which is not here yet.</p>
      </section>
    );
  }
  const most = Math.max(1, ...funnel.steps.map(({ count }) => count));
  return (
    <section className="panel wide">
      <h2>Questions</h2>
      <ol className="funnel">
        {funnel.steps.map((step) => (
          <li key={step.name}>
            <span className="funnel-name">{step.name}</span>
            <span className="funnel-bar" aria-hidden="true">
              <span style={{ width: `${(step.count / most) * 100}%` }} />
            </span>
            <span className="number">{formatNumber(step.count)}</span>
            <span className="funnel-losses">
              {step.losses.map(({ reason, count }) => (
                <span key={reason} className="chip">
                  −{formatNumber(count)} {reason}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ol>
      <ul className="identities">
        {funnel.identities.map(({ text, whole, parts, holds }) => (
          <li key={text} className={holds ? '' : 'bad'}>
            <span aria-hidden="true">{holds ? '✓' : '✖'}</span> {text}{' '}
            <span className="muted">
              {holds ? `(${formatNumber(whole)})` : `does not hold: ${whole} is not ${parts}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
