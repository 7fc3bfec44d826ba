import { SingleBar } from 'cli-progress';

/** How far some work on questions is. */
export interface Shown {
  readonly total: number;
  readonly done: number;
  /** What is done with a question, as in `50 of 100 questions done`. @default 'done' */
  readonly doing?: string;
  /** What else there is to say. */
  readonly notes: readonly string[];
}

export interface ProgressDisplay {
  update(shown: Shown): void;
  end(): void;
}

type Output = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };

const silent: ProgressDisplay = { update: () => {}, end: () => {} };

/** Without a terminal a line comes at least this often, as long as the work moves. */
const silenceMsMax = 2_000;

/** Shows how far work is, how fast it goes and what time is left: a bar on a terminal, lines elsewhere. */
export function createProgressDisplay(
  output: Output,
  options: { readonly quiet: boolean; readonly nowMs: () => number },
): ProgressDisplay {
  if (options.quiet) return silent;
  return output.isTTY ? createBar(output, options.nowMs) : createLines(output, options.nowMs);
}

function createBar(output: Output, nowMs: () => number): ProgressDisplay {
  const bar = new SingleBar({
    stream: output as NodeJS.WriteStream,
    format: '  {bar} {percentage}% | {value}/{total} questions | {notes}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true, // the result says it all
  });
  const paceOf = createPace(nowMs);
  let isStarted = false;
  return {
    update(shown) {
      const { total, done } = shown;
      const notes = [...shown.notes, ...paceOf(shown)].join(' | ');
      if (!isStarted) bar.start(total, done, { notes });
      isStarted = true;
      bar.setTotal(total);
      bar.update(done, { notes });
    },
    end: () => {
      if (isStarted) bar.stop();
    },
  };
}

function createLines(output: Output, nowMs: () => number): ProgressDisplay {
  const paceOf = createPace(nowMs);
  let tenthShown = -1;
  let shownAtMs = 0;
  return {
    update(shown) {
      const { total, done, doing = 'done', notes } = shown;
      const pace = paceOf(shown);
      const tenth = Math.floor((10 * done) / total);
      if (tenth === tenthShown && nowMs() - shownAtMs < silenceMsMax) return;
      tenthShown = tenth;
      shownAtMs = nowMs();
      output.write(`${[`${done} of ${total} questions ${doing}`, ...notes, ...pace].join(', ')}\n`);
    },
    end: () => {},
  };
}

/** Tells rate and time left since the first look; nothing before there is something to go by. */
function createPace(nowMs: () => number): (shown: Shown) => string[] {
  let first: { readonly done: number; readonly atMs: number } | undefined;
  return ({ total, done }) => {
    first ??= { done, atMs: nowMs() };
    const seconds = (nowMs() - first.atMs) / 1000;
    const rate = (done - first.done) / seconds;
    if (!Number.isFinite(rate) || rate <= 0) return [];
    const left = (total - done) / rate;
    return [`${rateText(rate)}/s`, ...(left > 0 ? [`${durationText(left)} left`] : [])];
  };
}

function rateText(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : String(Math.round(rate));
}

function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
