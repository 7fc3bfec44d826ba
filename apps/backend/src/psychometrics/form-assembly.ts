import { dealShares, type Weights } from './content-balance.ts';
import type { Item } from './item-selection.ts';
import { pick, type Random, shuffle } from './seeded-random.ts';

/** An item with the level that its author aimed at: what a fixed form is balanced over. */
export interface LevelledItem extends Item {
  readonly level: string;
}

export interface FormOptions {
  readonly length: number;
  /** In the order in which a domain meets them: easy first makes a form begin gently. */
  readonly levels: readonly string[];
  /** Shares of the domains: those of the candidates, each 1 where none is given. */
  readonly domainWeights?: Weights;
  /** Shares of the levels; one that weighs 0 is not asked for. */
  readonly levelWeights?: Weights;
  readonly random: Random;
}

/**
 * Assembles a fixed form that is balanced over domains and levels. Places go to the domains by their weights, in
 * turn; levels are dealt by theirs along the places of one domain after the other, so that each domain and the
 * whole form have the mix of levels to within about one item.
 *
 * Where a stratum is empty the nearest choice is made: the same domain at another level, then anything.
 * The form is shorter than asked where the items do not suffice.
 */
export function assembleForm<Candidate extends LevelledItem>(
  candidates: readonly Candidate[],
  options: FormOptions,
): Candidate[] {
  const { random } = options;
  const remaining = new Set(candidates);
  const form: Candidate[] = [];
  for (const { domain, level } of planPlaces(candidates, options)) {
    const item = pick(nearestStratum([...remaining], domain, level), random);
    if (item === undefined) break;
    form.push(item);
    remaining.delete(item);
  }
  return form;
}

interface Place {
  readonly domain: string;
  readonly level: string;
}

function planPlaces(candidates: readonly LevelledItem[], options: FormOptions): Place[] {
  const { length, domainWeights = {}, levelWeights = {}, random } = options;
  const levels = options.levels.filter((level) => levelWeights[level] !== 0);
  const domains = shuffle([...new Set(candidates.map(({ domain }) => domain))].sort(), random);
  const inTurn = dealShares(domains, length, domainWeights);

  const dealt = dealShares(levels, length, levelWeights);
  const levelsOf = new Map<string, string[]>();
  for (const domain of domains) {
    const places = inTurn.filter((name) => name === domain).length;
    const own = dealt.splice(0, places);
    levelsOf.set(
      domain,
      own.sort((one, other) => levels.indexOf(one) - levels.indexOf(other)),
    );
  }
  return inTurn.map((domain) => ({ domain, level: levelsOf.get(domain)?.shift() ?? '' }));
}

function nearestStratum<Candidate extends LevelledItem>(
  candidates: readonly Candidate[],
  domain: string,
  level: string,
): readonly Candidate[] {
  const ofDomain = candidates.filter((candidate) => candidate.domain === domain);
  const ofStratum = ofDomain.filter((candidate) => candidate.level === level);
  if (ofStratum.length > 0) return ofStratum;
  return ofDomain.length > 0 ? ofDomain : candidates;
}
