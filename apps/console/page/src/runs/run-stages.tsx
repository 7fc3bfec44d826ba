import type { RunAnswer } from '../../../src/api/contract/runs.ts';
import { seriesClass } from '../shared/colours.ts';
import { formatDuration, formatNumber } from '../shared/format.ts';
import { ticks } from '../shared/ticks.ts';

/** From the first batch of each stage to its last, over the time of the run. */
export function RunStages({ run }: { run: RunAnswer }) {
  const { stages } = run;
  if (stages.length === 0) return null;
  const endSeconds = Math.max(
    run.durationSeconds ?? 0,
    ...stages.map((stage) => stage.endOffsetSeconds),
  );
  const percent = (seconds: number) => `${endSeconds === 0 ? 0 : (seconds / endSeconds) * 100}%`;
  return (
    <section className="panel wide">
      <h2>Stages</h2>
      <div className="stages">
        <div className="stage-row row-header">
          <span />
          <span className="axis">
            {ticks(endSeconds * 1000, 6).map((place) => (
              <span key={place} className="tick" style={{ left: percent(place / 1000) }}>
                {formatDuration(place)}
              </span>
            ))}
          </span>
          <span className="number">batches</span>
          <span className="number">work</span>
        </div>
        {stages.map((stage, index) => (
          <div className="stage-row" key={stage.stage}>
            <span>
              {stage.stage}
              {stage.errorCount > 0 && <span className="chip chip-bad">✖ {stage.errorCount}</span>}
            </span>
            <span className="bar-cell">
              <span
                className={`bar ${seriesClass(index)} ${stage.errorCount > 0 ? 'bar-error' : ''}`}
                style={{
                  left: percent(stage.startOffsetSeconds),
                  width: percent(stage.endOffsetSeconds - stage.startOffsetSeconds),
                }}
              />
            </span>
            <span className="number">{formatNumber(stage.batchCount)}</span>
            <span className="number">{formatDuration(stage.seconds * 1000)}</span>
          </div>
        ))}
      </div>
    </section>
  );
}
