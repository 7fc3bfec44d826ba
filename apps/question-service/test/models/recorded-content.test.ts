import { telemetryMatchers } from '@aiq/observability/testing';
import { type ModelAnswer, modelDialects, modelFaults } from '@aiq/testing';
import { describe, expect, test } from 'vitest';
import { loadServiceConfig } from '../../src/config.ts';
import {
  connectToServer,
  everythingIn,
  green,
  keys,
  planted,
  request,
  tried,
} from '../support/models.ts';

expect.extend(telemetryMatchers);

const wrong = { colour: 7, wavelength: 'Axolotl' };
/** A refusal that repeats what was sent, as some do. */
const quoting = modelFaults.map(
  (kind): ModelAnswer => ({ kind, message: `Cannot read "${planted.prompt} of mine": no` }),
);
const answers: ModelAnswer[] = [
  { kind: 'json', value: green },
  { kind: 'json', value: wrong },
  { kind: 'cut json', value: green },
  { kind: 'text', text: 'An Axolotl is no JSON' },
  { kind: 'refusal' },
  { kind: 'cut body', value: green },
  ...quoting,
];
const long = {
  instructions: `${planted.instructions} of mine`,
  prompt: `${planted.prompt} of mine`,
};

describe('prompts, completions and keys', () => {
  test.for(modelDialects)(
    'of %s are nowhere in telemetry, whatever is answered',
    async (provider) => {
      const { client, memory, server } = await connectToServer(() => ({ kind: 'hang' }));
      for (const answer of answers) {
        server.play(() => answer);
        await memory.observability
          .startSpan('provider.generate', () => client(tried[provider]).ask(request(long)))
          .catch((error: unknown) => memory.observability.captureError(error));
      }

      const everything = everythingIn(memory);

      expect(server.calls).toHaveLength(answers.length);
      expect(memory.errors().length).toBeGreaterThan(8);
      for (const word of ['Marzipan', 'Quokka', 'Axolotl', ...Object.values(keys)]) {
        expect(everything.includes(word), word).toBe(false);
      }
    },
  );

  test('stand on the span where that is switched on, scrubbed', async () => {
    const { models } = loadServiceConfig({});
    expect(models.recordContent).toBe(false);
    const { client, memory } = await connectToServer(() => ({ kind: 'json', value: green }), {
      change: (settings) => ({ ...settings, recordContent: true }),
    });

    await client(tried.openai).ask(request({ prompt: 'Quokka, password=hunter22' }));

    const attributes = memory.spans()[0]?.attributes ?? {};
    expect(attributes['gen_ai.system_instructions']).toContain(planted.instructions);
    expect(attributes['gen_ai.input.messages']).toContain('Quokka');
    expect(attributes['gen_ai.output.messages']).toContain('Axolotl');
    expect(everythingIn(memory)).not.toContain('hunter22');
  });
});
