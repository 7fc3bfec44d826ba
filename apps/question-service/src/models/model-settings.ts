import { z } from 'zod';
import { questionTypes } from '../questions/question.ts';
import { modelProviderNames, type ProviderName, providerNames } from '../telemetry/labels.ts';
import { modelPriceSchema } from './model-price.ts';

const modelSchema = z.strictObject({ price: modelPriceSchema.optional() });

const providerSchema = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }),
  /** From the environment alone; without it the provider is left out. */
  apiKey: z.string().min(1).optional(),
  /** What writes and judges, by the provider's own name for it. */
  models: z.record(z.string().min(1), modelSchema),
  /** What makes vectors. */
  embeddings: z.record(z.string().min(1), modelSchema).default({}),
});

/** `provider/model`, as in `anthropic/claude-sonnet-5-5`. */
const referenceSchema = z.string().regex(new RegExp(`^(?:${providerNames.join('|')})/.+$`));

const forEach = <Name extends string>(names: readonly Name[]) =>
  z.strictObject(
    Object.fromEntries(names.map((name) => [name, z.array(referenceSchema).min(1)])) as Record<
      Name,
      z.ZodArray<typeof referenceSchema>
    >,
  );

/** The keys of models.yaml, generators.yaml and judges.yaml. */
export const modelSettings = {
  models: z.strictObject({
    /** Prompts and completions as attributes of spans, scrubbed. @default false */
    recordContent: z.boolean().default(false),
    providers: z.strictObject(
      Object.fromEntries(modelProviderNames.map((name) => [name, providerSchema])) as Record<
        (typeof modelProviderNames)[number],
        typeof providerSchema
      >,
    ),
  }),
  generators: z.strictObject({
    /** Questions that a model is asked for at once; the procedural author writes whole batches. */
    questionsPerCallMax: z.number().int().positive().max(100),
    /** Who writes each type of question, the others in their order where the first cannot. */
    types: forEach(questionTypes),
  }),
  /** Who judges the questions of each author, in order of preference. */
  judges: forEach(providerNames),
};

export type ModelsSettings = z.output<typeof modelSettings.models>;
export type GeneratorsSettings = z.output<typeof modelSettings.generators>;
export type JudgesSettings = z.output<typeof modelSettings.judges>;

/** Every setting that names a model. */
interface ReferringSettings {
  readonly models: ModelsSettings;
  readonly generators: GeneratorsSettings;
  readonly judges: JudgesSettings;
  readonly deduplication: { readonly embedder: string };
}

/** The offline author and judge, as references name them. */
export const offlineAuthor = 'procedural/families-v1';
export const offlineJudge = 'procedural/resolve-v1';

/** Takes a reference apart; the model may have `/` in its name. */
export function splitReference(reference: string): { provider: ProviderName; model: string } {
  const at = reference.indexOf('/');
  return { provider: reference.slice(0, at) as ProviderName, model: reference.slice(at + 1) };
}

interface ReferenceFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * Finds references to models that nobody declared, and judges that would judge their own provider. The
 * procedural judge may: it re-solves with code that the author does not share.
 */
export function findReferenceFaults(settings: ReferringSettings): ReferenceFault[] {
  const faults: ReferenceFault[] = [];
  const declared = declaredModels(settings.models, 'models');
  const check = (known: readonly string[], reference: string, path: (string | number)[]) => {
    if (known.includes(reference)) return;
    faults.push({ path, message: `a model of models.yaml: ${known.join(', ')}` });
  };
  for (const [type, references] of Object.entries(settings.generators.types)) {
    references.forEach((reference, index) => {
      check([offlineAuthor, ...declared], reference, ['generators', 'types', type, index]);
    });
  }
  for (const [author, references] of Object.entries(settings.judges)) {
    references.forEach((reference, index) => {
      const path = ['judges', author, index];
      check([offlineJudge, ...declared], reference, path);
      if (author === splitReference(reference).provider && author !== 'procedural') {
        faults.push({ path, message: `a model of another provider than the author, ${author}` });
      }
    });
  }
  const embeddings = ['offline', ...declaredModels(settings.models, 'embeddings')];
  check(embeddings, settings.deduplication.embedder, ['deduplication', 'embedder']);
  return faults;
}

function declaredModels({ providers }: ModelsSettings, kind: 'models' | 'embeddings'): string[] {
  return Object.entries(providers).flatMap(([provider, settings]) =>
    Object.keys(settings[kind]).map((model) => `${provider}/${model}`),
  );
}
