import { runMain } from '@aiq/observability';
import { z } from 'zod';
import { observability as telemetry } from '../../../src/cli-instrument.ts';
import { loadServiceConfig } from '../../../src/config.ts';
import { openModels } from '../../../src/models/open-models.ts';

/** Asks a model once, and fetches a page beside it, each below a span of its own. */
await runMain(telemetry, async () => {
  const { models } = loadServiceConfig();
  const { clients } = await openModels(models, { telemetry, now: () => new Date() });
  await telemetry.startSpan('asks', () =>
    clients.get('openai/gpt-6-luna')?.ask({
      purpose: 'generation',
      schema: z.object({ colour: z.string() }),
      instructions: 'Name a colour.',
      prompt: 'Any.',
      attempt: 1,
      signal: AbortSignal.timeout(10_000),
    }),
  );
  await telemetry.startSpan('fetches', async () => {
    const response = await fetch(models.providers.xai.baseUrl, {
      method: 'POST',
      body: '{}',
      signal: AbortSignal.timeout(10_000),
    });
    await response.text();
  });
  return undefined;
});
