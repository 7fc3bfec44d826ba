import { describe, expect, test } from 'vitest';
import { proceduralJudge } from '../../src/evaluation/question-judge.ts';
import { proceduralProvider } from '../../src/providers/procedural-provider.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';
import { modelNames, providerNames } from '../../src/telemetry/labels.ts';
import { countRequest, createHarness } from '../support/harness.ts';

describe('the catalogue', () => {
  test('knows every author and judge by its provider and model', () => {
    expect(providerNames).toContain(proceduralProvider.name);
    expect(providerNames).toContain(proceduralJudge.provider);
    expect(modelNames).toContain(proceduralProvider.model);
    expect(modelNames).toContain(proceduralJudge.model);
  });

  test('has a description and few label values for every metric', () => {
    for (const definition of Object.values(metrics)) {
      const labels = Object.values<readonly string[]>(definition.labels);
      expect(definition.description).toMatch(/^[A-Z].*\.$/);
      expect(labels.reduce((series, values) => series * values.length, 1)).toBeLessThan(2_000);
    }
  });

  test('takes every value that a run records', async () => {
    const harness = await createHarness();

    await harness.run(countRequest(90));

    expect(harness.memory.refused()).toBe(0);
  });
});
