export { createDatabase, type Database, type DatabaseOptions } from './create-database.ts';
export { DatabaseError, type DatabaseErrorCode, databaseErrorCodes } from './database-error.ts';
export {
  calibrationStatuses,
  difficultyLevels,
  questionTypes,
  runStates,
  runTriggers,
  testSessionModes,
  testSessionStatuses,
} from './enum-values.ts';
export type {
  AuthToken,
  CalibrationStatus,
  DifficultyLevel,
  GenerationRun,
  PipelineRun,
  PrismaClient,
  Question,
  QuestionType,
  Response,
  Result,
  RunState,
  RunTrigger,
  TestSession,
  TestSessionMode,
  TestSessionStatus,
  User,
} from './generated/prisma/client.ts';
export { Prisma } from './generated/prisma/client.ts';
export { isUniqueViolation, type UniqueConstraint, uniqueConstraints } from './unique-violation.ts';
