import {
  type DifficultyLevel,
  difficultyLevels,
  type QuestionType,
  questionTypes,
} from '../questions/question.ts';

/** What the bank should hold: an operator's choice. */
export interface InventorySettings {
  /** Active questions that each of the 18 strata is to have. */
  readonly target: number;
  /** A stratum with fewer is low, 0 to `target`. */
  readonly low: number;
}

export const stockLevels = ['empty', 'low', 'short', 'enough'] as const;
export type StockLevel = (typeof stockLevels)[number];

export interface Stratum {
  readonly type: QuestionType;
  readonly difficultyLevel: DifficultyLevel;
}

export interface StratumHealth extends Stratum {
  readonly active: number;
  readonly target: number;
  /** What is missing to the target. */
  readonly deficit: number;
  readonly level: StockLevel;
}

export interface InventoryHealth {
  readonly active: number;
  readonly deficit: number;
  /** The worst of the strata: what is above its target in one makes up for nothing in another. */
  readonly level: StockLevel;
  /** All 18, by type and level. */
  readonly strata: readonly StratumHealth[];
}

/** Holds counted questions against the target of each stratum; a stratum that was not counted is empty. */
export function toInventoryHealth(
  counted: readonly (Stratum & { readonly questions: number })[],
  settings: InventorySettings,
): InventoryHealth {
  const strata = questionTypes.flatMap((type) =>
    difficultyLevels.map((difficultyLevel) => {
      const found = counted.find(
        (stratum) => stratum.type === type && stratum.difficultyLevel === difficultyLevel,
      );
      return toStratumHealth({ type, difficultyLevel }, found?.questions ?? 0, settings);
    }),
  );
  const present = new Set(strata.map(({ level }) => level));
  return {
    active: strata.reduce((sum, { active }) => sum + active, 0),
    deficit: strata.reduce((sum, { deficit }) => sum + deficit, 0),
    level: stockLevels.find((level) => present.has(level)) ?? 'enough',
    strata,
  };
}

function toStratumHealth(
  stratum: Stratum,
  active: number,
  { target, low }: InventorySettings,
): StratumHealth {
  const level = toLevel(active, { target, low });
  return { ...stratum, active, target, deficit: Math.max(0, target - active), level };
}

function toLevel(active: number, { target, low }: InventorySettings): StockLevel {
  if (active === 0) return 'empty';
  if (active < low) return 'low';
  return active < target ? 'short' : 'enough';
}
