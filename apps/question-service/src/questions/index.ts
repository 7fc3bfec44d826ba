export { difficultyLevels, questionTypes, type Stratum, strata } from './question.ts';
export { createRandom } from './random.ts';
