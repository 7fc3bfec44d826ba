import type { Observability } from '@aiq/observability';
import {
  type CalibratedItem,
  calibrateItems,
  type ItemCalibration,
} from '../psychometrics/calibration/calibrate-items.ts';
import {
  type AnchoredLink,
  identityLink,
  linkScales,
  toOldScale,
} from '../psychometrics/calibration/link-scales.ts';
import {
  type ResponseMatrix,
  toResponseMatrix,
} from '../psychometrics/calibration/response-matrix.ts';
import type { BackendMetrics } from '../telemetry/catalogue.ts';
import type { CalibrationsRepository, KnownItem } from './calibrations-repository.ts';

export interface CalibrationSettings {
  /** Responses an item needs before its parameters are believed. */
  readonly responsesMin: number;
  /** Items that a calibration must have in common with those before it. */
  readonly anchorsMin: number;
}

export interface CalibrationDependencies {
  readonly calibrations: CalibrationsRepository;
  readonly settings: CalibrationSettings;
  readonly observability: Observability<BackendMetrics>;
}

export type CalibrationOutcome =
  | {
      readonly status: 'stored';
      readonly version: number;
      readonly items: number;
      readonly anchors: number;
      readonly drifted: number;
      readonly takers: number;
      readonly responses: number;
    }
  /** No item has enough responses. */
  | { readonly status: 'too_few_responses'; readonly takers: number; readonly responses: number }
  /** The estimation did not settle: nothing is stored. */
  | { readonly status: 'not_converged'; readonly cycles: number }
  /** Too few items have enough responses now and were calibrated before. */
  | { readonly status: 'too_few_anchors'; readonly anchors: number }
  /** Another calibration was stored meanwhile. */
  | { readonly status: 'overtaken'; readonly version: number };

/**
 * Calibrates the bank from all stored responses, and stores the result as a new version on the scale of the
 * first. Sessions in progress keep theirs. Items with too few responses take part in the estimation, because
 * adaptive choice rests on their responses too, and keep the parameters that they had.
 */
export function runCalibration(dependencies: CalibrationDependencies): Promise<CalibrationOutcome> {
  const { observability } = dependencies;
  return observability.startSpan('calibration.run', async (span) => {
    const outcome = await calibrate(dependencies);
    span.setAttribute('calibration.outcome', outcome.status);
    observability.recordMetric('calibration.runs', 1, { outcome: outcome.status });
    observability.recordEvent('calibration.completed', { ...outcome });
    return outcome;
  });
}

async function calibrate({
  calibrations,
  settings,
}: CalibrationDependencies): Promise<CalibrationOutcome> {
  const version = (await calibrations.findNewestVersion()) + 1;
  const known = new Map((await calibrations.listKnownItems()).map((item) => [item.itemId, item]));
  const matrix = toResponseMatrix(await calibrations.listResponses());
  const counts = { takers: matrix.takers.length, responses: total(matrix) };
  if (!matrix.responseCounts.some((count) => count >= settings.responsesMin)) {
    return { status: 'too_few_responses', ...counts };
  }

  const estimate = calibrateItems(matrix, { start: known });
  if (!estimate.converged) return { status: 'not_converged', cycles: estimate.cycles };
  const believed = estimate.items.filter(({ responses }) => responses >= settings.responsesMin);
  const link = version === 1 ? firstLink : linkToEarlier(believed, known, settings);
  if ('anchors' in link) return { status: 'too_few_anchors', ...link };

  const stored = await calibrations.store({
    version,
    ...counts,
    ...pickFit(estimate),
    ...link,
    items: believed.map((item) => onOldScale(item, link)),
  });
  if (!stored) return { status: 'overtaken', version };
  return {
    status: 'stored',
    version,
    items: believed.length,
    anchors: link.anchorIds.length,
    drifted: link.driftedIds.length,
    ...counts,
  };
}

/** The first calibration makes the scale: ability is N(0, 1) in those who had been tested by then. */
const firstLink: AnchoredLink = { ...identityLink, anchorIds: [], driftedIds: [] };

function linkToEarlier(
  believed: readonly CalibratedItem[],
  known: ReadonlyMap<string, KnownItem>,
  { anchorsMin }: CalibrationSettings,
): AnchoredLink | { readonly anchors: number } {
  const anchors = believed.flatMap((item) => {
    const old = known.get(item.itemId);
    return old?.isCalibrated ? [{ itemId: item.itemId, old, new: item }] : [];
  });
  return anchors.length < anchorsMin ? { anchors: anchors.length } : linkScales(anchors);
}

function onOldScale(item: CalibratedItem, link: AnchoredLink): CalibratedItem {
  return {
    ...item,
    ...toOldScale(item, link),
    discriminationError: item.discriminationError / link.slope,
    difficultyError: item.difficultyError * link.slope,
  };
}

function pickFit({ logLikelihood, cycles }: ItemCalibration) {
  return { logLikelihood, cycles };
}

function total({ responseCounts }: ResponseMatrix): number {
  return responseCounts.reduce((sum, count) => sum + count, 0);
}
