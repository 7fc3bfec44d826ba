import { furthestBelowShare, type Weights } from './content-balance.ts';
import { pick, type Random } from './seeded-random.ts';
import { type ItemParameters, itemInformation } from './two-parameter-logistic.ts';

/** A calibrated unit of measurement: what selection needs to know of a question. */
export interface Item<Domain extends string = string> extends ItemParameters {
  readonly id: string;
  /** What content balancing counts by. */
  readonly domain: Domain;
}

export interface ItemSelectionOptions {
  /** Current ability estimate. */
  readonly theta: number;
  /** Domains of the items administered so far, one entry an item. */
  readonly administeredDomains: readonly string[];
  /** Shares of the domains, each 1 where none is given. */
  readonly domainWeights?: Weights;
  readonly random: Random;
  /**
   * Size of the randomesque group: one of the k most informative items is taken.
   *
   * @default 5
   */
  readonly k?: number;
}

/**
 * Selects the next item: from the domain that is furthest below its share, at random among the k
 * most informative ones at theta (randomesque exposure control). Items that tie with the k-th are in
 * the group too: in a bank with few distinct parameters the first k by order would wear out otherwise.
 *
 * Gives undefined where there is no candidate. Linear in the number of candidates of the domain.
 *
 * @see Kingsbury & Zara (1989), Applied Measurement in Education 2(4), 359-375 (randomesque; content balance).
 */
export function selectItem<Candidate extends Item>(
  candidates: readonly Candidate[],
  options: ItemSelectionOptions,
): Candidate | undefined {
  const domain = pick(domainsBelowShare(candidates, options), options.random);
  if (domain === undefined) return undefined;

  const inDomain = candidates.filter((candidate) => candidate.domain === domain);
  return pick(mostInformative(inDomain, options.theta, options.k ?? 5), options.random);
}

function domainsBelowShare(
  candidates: readonly Item[],
  { administeredDomains, domainWeights = {} }: ItemSelectionOptions,
): string[] {
  const counts = new Map<string, number>();
  for (const candidate of candidates) counts.set(candidate.domain, 0);
  for (const domain of administeredDomains) {
    const count = counts.get(domain);
    if (count !== undefined) counts.set(domain, count + 1);
  }
  const shares = [...counts].map(([name, count]) => ({
    name,
    count,
    weight: domainWeights[name] ?? 1,
  }));
  return furthestBelowShare(shares).sort();
}

function mostInformative<Candidate extends Item>(
  candidates: readonly Candidate[],
  theta: number,
  k: number,
): Candidate[] {
  const information = candidates.map((candidate) => itemInformation(theta, candidate));
  const threshold = kthLargest(information, k);
  return candidates.filter((_, index) => (information[index] ?? 0) >= threshold);
}

/** One pass with a k-long list: sorting a large bank at each step would be the slowest part of an answer. */
function kthLargest(values: readonly number[], k: number): number {
  const largest: number[] = [];
  for (const value of values) {
    if (largest.length === k && value <= (largest[k - 1] ?? 0)) continue;
    const position = largest.findIndex((kept) => kept < value);
    largest.splice(position === -1 ? largest.length : position, 0, value);
    if (largest.length > k) largest.pop();
  }
  return largest.at(-1) ?? 0;
}
