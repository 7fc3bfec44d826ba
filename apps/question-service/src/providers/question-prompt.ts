import { createRandom } from '../questions/random.ts';
import { questionBriefs } from './question-briefs.ts';
import type { GenerationBatch } from './question-provider.ts';

/** Of the words below and of the briefs: a change of either is another version, with snapshots of its own. */
export const promptVersion = 'write-v1';

const instructions = `You write questions for a test of reasoning that is taken on a screen, in plain English.

Every question
- has exactly one right option, which follows from the question alone; whoever solves it without your key must come to it;
- has four to six options, no two of them the same in meaning, all of the same kind and about the same length;
- has wrong options that are the results of typical mistakes, and none like "all of the above";
- is complete as text: no picture, no table but one drawn in characters, no knowledge of people, places or dates;
- gives nothing away: neither stimulus nor content names, marks or repeats the right option;
- is unlike the others of your reply in what it tells of and in its numbers.

Put the right option at another place each time. keyIndex counts from 0. Where there is no stimulus it is null.
The explanation says in one to three sentences why the key is right.`;

const subjects = [
  ...['gardens', 'trains', 'kitchens', 'libraries', 'harbours', 'orchestras', 'weather', 'markets'],
  ...['mountains', 'workshops', 'bees', 'clocks', 'bridges', 'letters', 'colours', 'tools'],
  ...['rivers', 'museums', 'bakeries', 'farms', 'games', 'maps', 'ships', 'textiles'],
];

/** What a model is told to write a batch. The seed chooses the subjects: the same batch is told the same. */
export function questionPrompt(batch: GenerationBatch) {
  const { type, difficultyLevel, count, seed, offset } = batch;
  const { measures, stimulus, difficulty } = questionBriefs[type];
  const chosen = createRandom(seed).fork(offset).shuffle(subjects).slice(0, 3);
  const prompt = `Write ${count} ${count === 1 ? 'question' : 'questions'} of type "${type}", difficulty "${difficultyLevel}".

Measures: ${measures}
Stimulus: ${stimulus}
Difficulty: ${difficulty[difficultyLevel]} Numbers stay small at every difficulty.
Where a question tells of something, let it be of ${chosen.join(', ')}.`;
  return { instructions, prompt };
}
