import { createRandom } from '../../src/questions/random.ts';

/**
 * Draws from a seed that is printed, so that a run of a test that failed can be told from others. Times of
 * processes differ from run to run, so the same seed makes the same plan and not the same race.
 */
export function seededDraws(name: string, seed = Math.floor(Math.random() * 1e9)) {
  console.info(`${name}: seed ${seed}`);
  const random = createRandom(`${name}/${seed}`);
  return {
    whole: (min: number, max: number) => random.integer(min, max),
    pick: <Item>(items: readonly Item[]) => random.pick(items),
  };
}
