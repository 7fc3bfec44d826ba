import type { Item } from './item-selection.ts';
import { pick, type Random, shuffle } from './seeded-random.ts';

/** An item with the level that its author aimed at: what a fixed form is balanced over. */
export interface LevelledItem extends Item {
  readonly level: string;
}

export interface FormOptions {
  readonly length: number;
  /** In the order in which they alternate: easy first makes a form begin gently. */
  readonly levels: readonly string[];
  readonly random: Random;
}

/**
 * Assembles a fixed form that is balanced over domains and levels: each block of one item a domain takes
 * the levels in rotation, so that every domain meets every level after as many blocks as there are levels.
 *
 * Where a stratum is empty the nearest choice is made: the same domain at another level, then anything.
 * The form is shorter than asked where the items do not suffice.
 */
export function assembleForm<Candidate extends LevelledItem>(
  candidates: readonly Candidate[],
  options: FormOptions,
): Candidate[] {
  const { length, levels, random } = options;
  const domains = shuffle([...new Set(candidates.map(({ domain }) => domain))].sort(), random);
  const remaining = new Set(candidates);
  const form: Candidate[] = [];

  while (form.length < length && remaining.size > 0) {
    const domainIndex = form.length % domains.length;
    const block = Math.floor(form.length / domains.length);
    const domain = domains[domainIndex] ?? '';
    const level = levels[(domainIndex + block) % levels.length] ?? '';
    const item = pick(nearestStratum([...remaining], domain, level), random);
    if (item === undefined) break;
    form.push(item);
    remaining.delete(item);
  }
  return form;
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
