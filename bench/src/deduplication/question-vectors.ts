import { embed } from '@aiq/question-service/deduplication';
import { generateWithFamily } from '@aiq/question-service/procedural';
import { createRandom, strata } from '@aiq/question-service/questions';
import type { FilledQuestion } from './bank-filler-repository.ts';

/** A question's text, with the type that it is compared within. */
export type QuestionText = Pick<
  ReturnType<typeof generateWithFamily>['candidate'],
  'type' | 'content' | 'options' | 'stimulus'
>;

/** Procedural questions, spread evenly over the strata. */
export function drawQuestions(seed: string, count: number): QuestionText[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const stratum = strata[at % strata.length] as (typeof strata)[number];
    return generateWithFamily(stratum, random).candidate;
  });
}

/**
 * Questions for a large bank: each has the vector of a procedural question with noise of half its length,
 * so that the bank lies in clusters as a real one does and no two are the same.
 */
export function* drawBank(seed: string, count: number): Generator<FilledQuestion> {
  const random = createRandom(`${seed}/noise`);
  const bases = drawQuestions(seed, Math.min(count, 3_600)).map((question) => ({
    question,
    vector: embed(question),
  }));
  for (let at = 0; at < count; at += 1) {
    const { question, vector } = bases[at % bases.length] as (typeof bases)[number];
    // Uniform on ±a has the deviation a/√3: the noise is half as long as the vector.
    const spread = Math.sqrt(3 / vector.length);
    yield { ...question, vector: vector.map((value) => value + spread * (random.next() - 0.5)) };
  }
}
