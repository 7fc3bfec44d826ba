import { SingleBar } from 'cli-progress';
import type { Progress } from '../pipeline/open-run.ts';

export interface ProgressDisplay {
  update(progress: Progress): void;
  end(): void;
}

type Output = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };

const silent: ProgressDisplay = { update: () => {}, end: () => {} };

/** Without a terminal a line comes at least this often, as long as the run moves. */
const silenceMsMax = 2_000;

/** Shows how far a run is: a bar on a terminal, lines elsewhere. */
export function createProgressDisplay(
  output: Output,
  options: { readonly quiet: boolean; readonly nowMs: () => number },
): ProgressDisplay {
  if (options.quiet) return silent;
  return output.isTTY ? createBar(output) : createLines(output, options.nowMs);
}

function createBar(output: Output): ProgressDisplay {
  const bar = new SingleBar({
    stream: output as NodeJS.WriteStream,
    format:
      '  {bar} {percentage}% | {value}/{total} questions | {inserted} stored | {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true, // the summary says it all
  });
  let isStarted = false;
  return {
    update({ requested, settled, inserted }) {
      if (!isStarted) bar.start(requested, settled, { inserted });
      isStarted = true;
      bar.setTotal(requested);
      bar.update(settled, { inserted });
    },
    end: () => {
      if (isStarted) bar.stop();
    },
  };
}

function createLines(output: Output, nowMs: () => number): ProgressDisplay {
  let shown = -1;
  let shownAtMs = 0;
  return {
    update({ requested, settled, inserted }) {
      const tenth = Math.floor((10 * settled) / requested);
      if (tenth === shown && nowMs() - shownAtMs < silenceMsMax) return;
      shown = tenth;
      shownAtMs = nowMs();
      output.write(`${settled} of ${requested} questions done, ${inserted} stored\n`);
    },
    end: () => {},
  };
}
