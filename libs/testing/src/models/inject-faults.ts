import { createHash } from 'node:crypto';
import type { ModelAnswer } from './model-answer.ts';
import type { ModelCall } from './model-call.ts';
import type { AnswerModel } from './model-server.ts';

/**
 * Puts faults in the place of a share of the answers.
 *
 * Which request gets which is drawn from the seed and the request itself, its repetition included: the same
 * requests meet the same faults, in whatever order they come.
 *
 * @param options.share 0..1
 */
export function injectFaults(options: {
  readonly seed: number;
  readonly share: number;
  readonly faults: readonly ModelAnswer[];
  readonly otherwise: AnswerModel;
}): AnswerModel {
  const { seed, share, faults, otherwise } = options;
  return (call) => {
    const [chance, choice] = draw(seed, call);
    const fault = faults[Math.floor(choice * faults.length)];
    return chance < share && fault !== undefined ? fault : otherwise(call);
  };
}

/** Two numbers in 0..1, of the seed and what was asked. */
function draw(seed: number, call: ModelCall): [number, number] {
  const { provider, model, instructions, prompt, texts, repetition } = call;
  const asked = JSON.stringify([seed, provider, model, instructions, prompt, texts, repetition]);
  const hash = createHash('sha256').update(asked).digest();
  return [hash.readUInt32BE(0) / 2 ** 32, hash.readUInt32BE(4) / 2 ** 32];
}
