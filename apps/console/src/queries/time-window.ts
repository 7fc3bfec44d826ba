import { endsOf, niceStepSeconds, type Steps, stepsOf } from './steps.ts';
import { isoOf } from './time.ts';

const stepsAbout = 60;

/** The last while before now, in steps. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly windowSeconds: number;
  readonly steps: Steps;
}

export function windowBefore(nowMs: number, windowSeconds: number): TimeWindow {
  const fromMs = nowMs - windowSeconds * 1000;
  const stepSeconds = niceStepSeconds(windowSeconds * 1000, stepsAbout);
  const steps = stepsOf({ fromMs, toMs: nowMs, stepSeconds });
  return { fromMs, toMs: nowMs, windowSeconds, steps };
}

export function toWindowView({ fromMs, toMs, windowSeconds, steps }: TimeWindow) {
  return {
    from: isoOf(fromMs),
    to: isoOf(toMs),
    windowSeconds,
    stepSeconds: steps.stepMs / 1000,
    timesSeconds: endsOf(steps),
  };
}
