import type { Attributes, Span } from '@aiq/observability';
import type { ProviderError } from '../providers/question-provider.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import type { GenAiProviderName, ModelName, ModelProviderName } from '../telemetry/labels.ts';

/** A model as telemetry names it. */
export interface ModelIdentity {
  readonly provider: ModelProviderName;
  readonly model: ModelName;
}

/** Tokens of one reply, as far as the provider told. */
export interface CountedTokens {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly cacheReadTokens?: number | undefined;
  readonly reasoningTokens?: number | undefined;
}

const genAiNames: Readonly<Record<ModelProviderName, GenAiProviderName>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'gcp.gemini',
  xai: 'x_ai',
};

type Operation = 'chat' | 'embeddings';

/**
 * Runs one attempt at a model inside its CLIENT span, `{operation} {model}`, and records how long it took. The
 * HTTP span below is suppressed: it would say the same.
 */
export async function inModelSpan<Result>(
  telemetry: Telemetry,
  { provider, model }: ModelIdentity,
  options: { readonly operation: Operation; readonly attributes: Attributes },
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  const { operation, attributes } = options;
  const labels = {
    'gen_ai.provider.name': genAiNames[provider],
    'gen_ai.request.model': model,
  } as const;
  const startedMs = performance.now();
  const record = (errorType: ProviderError['code'] | '') => {
    const seconds = (performance.now() - startedMs) / 1000;
    if (operation === 'chat') {
      telemetry.recordMetric('gen_ai.client.inference.duration', seconds, {
        'gen_ai.operation.name': operation,
        'error.type': errorType,
        ...labels,
      });
      return;
    }
    telemetry.recordMetric('gen_ai.client.operation.duration', seconds, {
      'gen_ai.operation.name': operation,
      'error.type': errorType,
      ...labels,
    });
  };
  return telemetry.startSpan(
    `${operation} ${model}`,
    {
      kind: 'client',
      suppressChildren: true,
      attributes: { 'gen_ai.operation.name': operation, ...labels, ...attributes },
    },
    async (span) => {
      try {
        const result = await work(span);
        record('');
        return result;
      } catch (error) {
        record((error as ProviderError).code);
        throw error;
      }
    },
  );
}

/** Counts the tokens of a reply, whether or not it could be used. */
export function recordTokens(
  telemetry: Telemetry,
  { provider, model }: ModelIdentity,
  { inputTokens = 0, outputTokens = 0 }: CountedTokens,
): void {
  const labels = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': genAiNames[provider],
    'gen_ai.request.model': model,
    'gen_ai.token.modality': 'text',
  } as const;
  telemetry.recordMetric('gen_ai.client.inference.usage.input_tokens', inputTokens, labels);
  telemetry.recordMetric('gen_ai.client.inference.usage.output_tokens', outputTokens, labels);
}

/** A reply's tokens as attributes of its span; what is not known or nothing is left out. */
export function tokenAttributes(tokens: CountedTokens): Attributes {
  return {
    'gen_ai.usage.input_tokens': tokens.inputTokens,
    'gen_ai.usage.output_tokens': tokens.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': tokens.cacheReadTokens || undefined,
    'gen_ai.usage.reasoning.output_tokens': tokens.reasoningTokens || undefined,
  };
}
