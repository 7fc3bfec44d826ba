import { InvalidArgumentError, Option } from 'commander';
import { costUsdMax, countMax, type RunRequest } from '../generation/plan.ts';
import { difficultyLevels, questionTypes } from '../questions/question.ts';
import { UsageError } from './exit-code.ts';

/** What commander hands to the command. */
export interface GenerateOptions {
  readonly count?: number;
  readonly fill?: number;
  readonly autoBalance?: true;
  readonly target?: number;
  readonly types?: (typeof questionTypes)[number][];
  readonly difficulties?: (typeof difficultyLevels)[number][];
  readonly seed?: number;
  readonly maxCostUsd?: number;
  readonly json?: true;
  readonly quiet?: true;
}

/** Seeds fit a Postgres integer. */
export const seedMax = 2_147_483_647;

const example =
  'Example: pnpm generate --count 48 --types pattern,logic --difficulties easy --seed 7';

export const parseCount = (text: string): number => parseWhole(text, 1, countMax);
export const parseSeed = (text: string): number => parseWhole(text, 0, seedMax);
/** Shared by every command that begins a run. */
export const maxCostOption = () =>
  new Option(
    '--max-cost-usd <amount>',
    'begin nothing more once the models have cost this much, or a call whose price is not known was made',
  ).argParser(parseUsd);

function parseUsd(text: string): number {
  const value = /^\d*\.?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value > 0 && value <= costUsdMax) return value;
  throw new InvalidArgumentError(
    `Expected US dollars, above 0 and up to ${costUsdMax}; got "${text}".\nExample: pnpm generate --count 48 --max-cost-usd 0.50`,
  );
}
export const parseTypes = (text: string) => parseList(text, questionTypes);
export const parseDifficulties = (text: string) => parseList(text, difficultyLevels);

/** @throws {UsageError} When the options do not say what to plan. */
export function checkOptions(options: GenerateOptions): void {
  const { count, fill, autoBalance, target } = options;
  if (count === undefined && fill === undefined && !autoBalance) {
    throw new UsageError(
      `expected --count <number>, --fill <number> or --auto-balance; got none of them\n${example}`,
    );
  }
  if (target !== undefined && !autoBalance) {
    throw new UsageError(
      `expected --target <number> with --auto-balance; got it without\nExample: pnpm generate --auto-balance --target ${target}`,
    );
  }
}

/** What checked options ask for; balancing without a target goes by the configured one. */
export function toRunRequest(options: GenerateOptions, configuredTarget: number): RunRequest {
  const { fill, autoBalance, target = configuredTarget, count } = options;
  if (fill !== undefined) return { kind: 'fill', target: fill };
  if (autoBalance || count === undefined) {
    return { kind: 'balance', target, ...(count === undefined ? {} : { count }) };
  }
  const { types = questionTypes, difficulties = difficultyLevels } = options;
  return { kind: 'count', count, types, difficulties };
}

function parseWhole(text: string, min: number, max: number): number {
  const value = /^-?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw new InvalidArgumentError(
    `Expected a whole number from ${min} to ${max}; got "${text}".\n${example}`,
  );
}

function parseList<Value extends string>(text: string, known: readonly Value[]): Value[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !known.includes(name as Value));
  if (unknown.length === 0) return known.filter((name) => names.includes(name));
  const came = unknown.map((name) => `"${name}"`).join(', ');
  throw new InvalidArgumentError(
    `Expected some of ${known.join(', ')}, separated by commas; got ${came}.\n${example}`,
  );
}
