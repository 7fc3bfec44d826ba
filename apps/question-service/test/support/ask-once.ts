import type { Ask } from '../../src/providers/question-provider.ts';

/** Makes one attempt at a model, for no run: nobody counts what it took. */
export const askOnce: Ask = (_purpose, attempt) =>
  attempt({ number: 1, signal: AbortSignal.timeout(20_000) });
