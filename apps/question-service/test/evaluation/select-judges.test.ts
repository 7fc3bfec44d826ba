import { describe, expect, test } from 'vitest';
import { selectJudges } from '../../src/evaluation/select-judges.ts';
import { approvalThreshold, criterionWeights } from '../../src/evaluation/verdict.ts';
import type { JudgesSettings } from '../../src/models/model-settings.ts';
import { scriptedClient } from '../support/scripted-parts.ts';

const settings: JudgesSettings = {
  procedural: ['procedural/resolve-v1'],
  openai: ['anthropic/a', 'google/g'],
  anthropic: ['openai/o', 'google/g'],
  google: ['anthropic/a'],
  xai: ['google/g', 'anthropic/a'],
};
const options = { threshold: approvalThreshold, weights: criterionWeights, concurrency: 1 };

function select(changes: Partial<JudgesSettings> = {}) {
  const clients = new Map([
    ['google/g', scriptedClient([], 'google')],
    ['openai/o', scriptedClient([], 'openai')],
  ]);
  const judgesOf = selectJudges({ ...settings, ...changes }, clients, options);
  return (author: keyof JudgesSettings) => judgesOf(author).map(({ provider }) => provider);
}

describe('selectJudges', () => {
  test('keeps the order of preference, and leaves out those without a key', () => {
    const judgesOf = select();

    expect(judgesOf('anthropic')).toEqual(['openai', 'google']);
    expect(judgesOf('openai')).toEqual(['google']);
    expect(judgesOf('google')).toEqual([]);
  });

  test('has models judge procedural questions only where they are configured to', () => {
    expect(select()('procedural')).toEqual(['procedural']);
    expect(select({ procedural: ['google/g'] })('procedural')).toEqual(['google']);
  });
});
