import { parseArgs } from 'node:util';
import type { CalibrationOutcome } from './run-calibration.ts';

export const calibrateHelp = `Usage: pnpm calibrate [--json]

Estimates the parameters of questions from all stored responses, and stores them as a new calibration on the scale
of the first. Questions need calibration.responsesMin responses (config/backend/default.yaml). Sessions in progress
keep the calibration that they began with.

  --json  print the outcome as one JSON object
  --help  print this

Exit codes: 0 stored, or nothing to do yet; 1 nothing stored though there were responses enough; 3 configuration or
arguments; 4 database.

Examples:
  npx pnpm@12 calibrate
  npx pnpm@12 calibrate --json`;

export type CalibrateArguments =
  | { readonly status: 'run'; readonly json: boolean }
  | { readonly status: 'help' }
  | { readonly status: 'wrong'; readonly message: string };

export function parseCalibrateArguments(args: string[]): CalibrateArguments {
  try {
    const { values } = parseArgs({
      args,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    return values.help ? { status: 'help' } : { status: 'run', json: values.json ?? false };
  } catch (error) {
    return { status: 'wrong', message: (error as Error).message };
  }
}

/** 0 where there is nothing to worry about. */
export function toExitCode({ status }: CalibrationOutcome): number {
  return status === 'not_converged' || status === 'too_few_anchors' ? 1 : 0;
}

/** One sentence for a person. */
export function describeOutcome(outcome: CalibrationOutcome): string {
  switch (outcome.status) {
    case 'stored': {
      const { version, items, takers, responses, anchors, drifted } = outcome;
      const link =
        version === 1
          ? 'it makes the scale'
          : `linked by ${anchors} anchors (${drifted} drifted and were left out)`;
      return `Calibration ${version}: ${items} questions from ${responses} responses in ${takers} sessions; ${link}.`;
    }
    case 'too_few_responses':
      return `Nothing to calibrate yet: no question has enough of the ${outcome.responses} responses in ${outcome.takers} sessions.`;
    case 'too_few_anchors':
      return `Not stored: only ${outcome.anchors} questions with enough responses were calibrated before. Lower calibration.anchorsMin, or wait for more responses.`;
    case 'not_converged':
      return `Not stored: the estimation did not settle in ${outcome.cycles} cycles. Raise calibration.responsesMin.`;
    case 'overtaken':
      return `Not stored: another calibration ${outcome.version} was stored meanwhile.`;
  }
}
