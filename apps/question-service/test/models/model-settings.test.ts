import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadServiceConfig } from '../../src/config.ts';
import { modelNames } from '../../src/telemetry/labels.ts';

/** The configuration with a file over it, or what is wrong with it. */
async function loadWith(yaml: string) {
  const folder = await mkdtemp(join(tmpdir(), 'aiq-models-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'extra.yaml');
  writeFileSync(path, yaml);
  return loadServiceConfig({ QUESTION_SERVICE_CONFIG: path });
}

test('every configured model is one of the labels of the metrics', () => {
  const { providers } = loadServiceConfig({}).models;

  const configured = Object.values(providers).flatMap(({ models, embeddings }) => [
    ...Object.keys(models),
    ...Object.keys(embeddings),
  ]);

  expect([...modelNames]).toEqual(['families-v1', 'resolve-v1', ...configured].toSorted(byLabel));
});

test('every price has its date, and lies in the past', () => {
  const { providers } = loadServiceConfig({}).models;
  const prices = Object.values(providers)
    .flatMap(({ models, embeddings }) => [...Object.values(models), ...Object.values(embeddings)])
    .flatMap(({ price }) => price ?? []);

  expect(prices.length).toBeGreaterThan(5);
  for (const { pricedAt } of prices) expect(Date.parse(pricedAt)).toBeLessThan(Date.now());
});

test('a generator that names no model is told with file, line and path', async () => {
  const yaml = 'generators:\n  types:\n    math: [openai/gpt-6.1-terra, openai/gpt-7]\n';

  await expect(loadWith(yaml)).rejects.toThrow(
    /extra\.yaml:3:\d+: generators\.types\.math\[1\]: expected a model of models\.yaml: .*openai\/gpt-6-luna.*; got "openai\/gpt-7"/,
  );
});

test('a judge of the author’s own provider is refused, the procedural one aside', async () => {
  await expect(loadWith('judges:\n  xai: [xai/grok-4.7]\n')).rejects.toThrow(
    /judges\.xai\[0\]: expected a model of another provider than the author, xai; got "xai\/grok-4\.7"/,
  );
  const { judges } = await loadWith('judges:\n  procedural: [procedural/resolve-v1]\n');
  expect(judges.procedural).toEqual(['procedural/resolve-v1']);
});

test('an embedder that is no embedding model is refused', async () => {
  await expect(loadWith('deduplication:\n  embedder: openai/gpt-6-luna\n')).rejects.toThrow(
    /deduplication\.embedder: expected .*openai\/text-embedding-3-small/,
  );
});

test('a misspelt key and a price without a date are told', async () => {
  const model = (text: string) =>
    loadWith(`models:\n  providers:\n    xai:\n      models:\n        grok-4.7: ${text}\n`);

  await expect(model('{ cost: 2 }')).rejects.toThrow(/unknown key "cost"/);
  await expect(
    loadWith(
      'models:\n  providers:\n    xai:\n      models:\n        grok-9: { price: { inputUsdPerMillion: 1, outputUsdPerMillion: 2 } }\n',
    ),
  ).rejects.toThrow(/pricedAt/);
});

test('a model may be added without a price, and used', async () => {
  const { generators, models } = await loadWith(
    'models:\n  providers:\n    xai:\n      models:\n        grok-9: {}\ngenerators:\n  types:\n    math: [xai/grok-9]\n',
  );

  expect(models.providers.xai.models['grok-9']).toEqual({});
  expect(generators.types.math).toEqual(['xai/grok-9']);
});

test('keys come from the environment, and the common name of Google’s will do', () => {
  const { providers } = loadServiceConfig({ GEMINI_API_KEY: 'g', OPENAI_API_KEY: 'o' }).models;

  expect(providers.google.apiKey).toBe('g');
  expect(providers.openai.apiKey).toBe('o');
  expect(providers.anthropic.apiKey).toBeUndefined();
});

/** In the order of the labels: an unknown one comes last, and fails the comparison. */
function byLabel(a: string, b: string): number {
  const at = (name: string) => {
    const index = (modelNames as readonly string[]).indexOf(name);
    return index < 0 ? modelNames.length : index;
  };
  return at(a) - at(b);
}
