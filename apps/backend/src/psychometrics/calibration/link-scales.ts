import { type ItemParameters, probabilityCorrect } from '../two-parameter-logistic.ts';

/** How a new scale maps to the old one: theta_old = slope * theta_new + intercept. */
export interface ScaleLink {
  readonly slope: number;
  readonly intercept: number;
}

/** An item with parameters on both scales. */
export interface Anchor {
  readonly itemId: string;
  readonly old: ItemParameters;
  readonly new: ItemParameters;
}

export interface AnchoredLink extends ScaleLink {
  /** Anchors the link rests on. */
  readonly anchorIds: readonly string[];
  /** Anchors that moved against the others and were left out. */
  readonly driftedIds: readonly string[];
}

export const identityLink: ScaleLink = { slope: 1, intercept: 0 };

/** Robust z beyond which an anchor has drifted. @see Huynh & Meyer (2010), PARE 15(2). */
const driftLimit = 2.7;
/** Interquartile range of the standard normal distribution, over its standard deviation. */
const normalQuartiles = 1.349;

const abilities = Array.from({ length: 33 }, (_, index) => -4 + index / 4);
const weights = abilities.map((theta) => Math.exp(-0.5 * theta ** 2));
const iterationsMax = 50;

/**
 * Links two calibrations by their common items: Stocking and Lord's test characteristic curves, begun at
 * mean/sigma, with anchors left out whose difficulty drifted against the others. At most half is left out.
 *
 * @throws {RangeError} For fewer than two anchors, or anchors that all have one difficulty.
 * @see Stocking & Lord (1983), Applied Psychological Measurement 7(2), 201-210; Marco (1977), Journal of
 * Educational Measurement 14(2), 139-160 (mean/sigma).
 */
export function linkScales(anchors: readonly Anchor[]): AnchoredLink {
  let kept = anchors;
  for (;;) {
    const link = matchCharacteristicCurves(kept);
    const steady = withoutDrift(kept, link);
    if (steady.length === kept.length || steady.length < Math.max(2, anchors.length / 2)) {
      const keptIds = new Set(kept.map(({ itemId }) => itemId));
      return {
        ...link,
        anchorIds: [...keptIds],
        driftedIds: anchors.map(({ itemId }) => itemId).filter((id) => !keptIds.has(id)),
      };
    }
    kept = steady;
  }
}

/** Puts an item of the new scale on the old one. Standard errors scale alike: b's by the slope, a's by its inverse. */
export function toOldScale(item: ItemParameters, { slope, intercept }: ScaleLink): ItemParameters {
  return {
    discrimination: item.discrimination / slope,
    difficulty: slope * item.difficulty + intercept,
  };
}

/** Gives the link by the means and standard deviations of the anchors' difficulties. */
export function linkByMeanAndSigma(anchors: readonly Anchor[]): ScaleLink {
  const old = momentsOf(anchors.map((anchor) => anchor.old.difficulty));
  const fresh = momentsOf(anchors.map((anchor) => anchor.new.difficulty));
  if (!(old.standardDeviation > 0 && fresh.standardDeviation > 0)) {
    throw new RangeError(
      `expected at least two anchors of different difficulty, got ${anchors.length} without spread`,
    );
  }
  const slope = old.standardDeviation / fresh.standardDeviation;
  return { slope, intercept: old.mean - slope * fresh.mean };
}

/** Gauss-Newton on the squared difference of the two test characteristic curves. */
function matchCharacteristicCurves(anchors: readonly Anchor[]): ScaleLink {
  let link = linkByMeanAndSigma(anchors);
  for (let iteration = 0; iteration < iterationsMax; iteration += 1) {
    let [ss, si, ii, rs, ri] = [0, 0, 0, 0, 0];
    abilities.forEach((theta, point) => {
      const { difference, bySlope, byIntercept } = compareCurves(theta, anchors, link);
      const weight = weights[point] as number;
      ss += weight * bySlope * bySlope;
      si += weight * bySlope * byIntercept;
      ii += weight * byIntercept * byIntercept;
      rs += weight * bySlope * difference;
      ri += weight * byIntercept * difference;
    });
    const determinant = ss * ii - si * si;
    if (!(determinant > 0)) return link;
    const stepSlope = (ii * rs - si * ri) / determinant;
    const stepIntercept = (ss * ri - si * rs) / determinant;
    // A slope stays positive: a step never takes more than half of it.
    const slope = Math.max(link.slope / 2, link.slope + stepSlope);
    link = { slope, intercept: link.intercept + stepIntercept };
    if (Math.abs(stepSlope) + Math.abs(stepIntercept) < 1e-10) break;
  }
  return link;
}

/** Old curve less new curve at an ability, and the new curve's derivatives by the link. */
function compareCurves(theta: number, anchors: readonly Anchor[], link: ScaleLink) {
  let [difference, bySlope, byIntercept] = [0, 0, 0];
  for (const anchor of anchors) {
    const linked = toOldScale(anchor.new, link);
    const probability = probabilityCorrect(theta, linked);
    difference += probabilityCorrect(theta, anchor.old) - probability;
    // P depends on z = a_new (theta - intercept) / slope - a_new b_new.
    const steepness = (probability * (1 - probability) * anchor.new.discrimination) / link.slope;
    bySlope -= (steepness * (theta - link.intercept)) / link.slope;
    byIntercept -= steepness;
  }
  return { difference, bySlope, byIntercept };
}

function withoutDrift(anchors: readonly Anchor[], link: ScaleLink): readonly Anchor[] {
  const shifts = anchors.map(
    (anchor) => toOldScale(anchor.new, link).difficulty - anchor.old.difficulty,
  );
  const sorted = [...shifts].sort((left, right) => left - right);
  const quantile = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  const spread = (quantile(0.75) - quantile(0.25)) / normalQuartiles;
  if (!(spread > 1e-9)) return anchors;
  return anchors.filter(
    (_, index) => Math.abs((shifts[index] as number) - quantile(0.5)) / spread <= driftLimit,
  );
}

function momentsOf(values: readonly number[]): { mean: number; standardDeviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardDeviation: Math.sqrt(squares / values.length) };
}
