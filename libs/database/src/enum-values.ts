import * as enums from './generated/prisma/enums.ts';

/** The values of the database's enumerations, in the order of the schema. */
export const questionTypes = valuesOf(enums.QuestionType);
export const difficultyLevels = valuesOf(enums.DifficultyLevel);
export const calibrationStatuses = valuesOf(enums.CalibrationStatus);
export const testSessionModes = valuesOf(enums.TestSessionMode);
export const testSessionStatuses = valuesOf(enums.TestSessionStatus);
export const runStates = valuesOf(enums.RunState);
export const runTriggers = valuesOf(enums.RunTrigger);

/** As a non-empty tuple type: what z.enum() and a metric's label set take. */
function valuesOf<V extends string>(values: Record<V, V>): readonly [V, ...V[]] {
  return Object.freeze(Object.values(values)) as unknown as readonly [V, ...V[]];
}
