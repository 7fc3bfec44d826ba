import type { Span } from '@aiq/observability';
import {
  generateText,
  type LanguageModel,
  type LanguageModelUsage,
  NoObjectGeneratedError,
  Output,
} from 'ai';
import type { Usage } from '../providers/question-provider.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import type { ModelClient, ModelReply, ModelRequest } from './model-client.ts';
import { costUsd, type ModelPrice } from './model-price.ts';
import {
  type CountedTokens,
  inModelSpan,
  type ModelIdentity,
  recordTokens,
  tokenAttributes,
} from './model-telemetry.ts';
import { toProviderError, toUnusableReply } from './to-provider-error.ts';

export interface ModelClientOptions extends ModelIdentity {
  readonly languageModel: LanguageModel;
  readonly price: ModelPrice | undefined;
  readonly telemetry: Telemetry;
  /** Prompts and completions as attributes of the span. */
  readonly recordContent: boolean;
  readonly now: () => Date;
}

/** A model behind the AI SDK: each `ask` is one request, one span, one duration, and its tokens. */
export function createModelClient(options: ModelClientOptions): ModelClient {
  const { provider, model, telemetry, recordContent } = options;
  return {
    provider,
    model,
    ask: (request) => {
      const attributes = {
        'gen_ai.output.type': 'json',
        'gen_ai.request.max_tokens': request.outputTokensMax,
        attempt: request.attempt,
        purpose: request.purpose,
        ...(recordContent ? inputAttributes(request) : {}),
      };
      return inModelSpan(telemetry, options, { operation: 'chat', attributes }, (span) =>
        ask(options, request, span),
      );
    },
  };
}

async function ask<Value>(
  options: ModelClientOptions,
  request: ModelRequest<Value>,
  span: Span,
): Promise<ModelReply<Value>> {
  const { provider, model, languageModel } = options;
  const { schema, instructions, prompt, outputTokensMax, signal } = request;
  const reference = `${provider}/${model}`;
  const sent = [instructions, prompt];
  let usage: Usage | undefined;
  try {
    const result = await generateText({
      model: languageModel,
      output: Output.object({ schema }),
      instructions,
      prompt,
      maxRetries: 0,
      abortSignal: signal,
      ...(outputTokensMax === undefined ? {} : { maxOutputTokens: outputTokensMax }),
    });
    usage = enter(options, span, {
      usage: result.usage,
      finishReason: result.finishReason,
      responseModel: result.response.modelId,
      text: result.text,
    });
    const { finishReason } = result;
    // The SDK parses only what has text: an empty reply has no output, and asking for it throws.
    if (finishReason !== 'stop' && result.text === '') {
      throw toUnusableReply(`${reference} answered with nothing`, finishReason, usage);
    }
    // Declined is declined, even in JSON.
    if (finishReason === 'content-filter') {
      throw toUnusableReply(`${reference} answered with something else`, finishReason, usage);
    }
    return { value: result.output, usage, finishReason, responseModel: result.response.modelId };
  } catch (error) {
    if (NoObjectGeneratedError.isInstance(error)) {
      usage = enter(options, span, {
        usage: error.usage,
        finishReason: error.finishReason,
        responseModel: error.response?.modelId,
        text: error.text,
      });
    }
    throw toProviderError(error, { reference, sent, signal, usage });
  }
}

interface Completion {
  readonly usage: LanguageModelUsage | undefined;
  readonly finishReason: string | undefined;
  readonly responseModel: string | undefined;
  readonly text: string | undefined;
}

/** Enters a reply in span and metrics, and says what it took. */
function enter(options: ModelClientOptions, span: Span, completion: Completion): Usage {
  const { telemetry, price, now, recordContent } = options;
  const { usage, finishReason, responseModel, text } = completion;
  const counted: CountedTokens = {
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    cacheReadTokens: usage?.inputTokenDetails?.cacheReadTokens,
    reasoningTokens: usage?.outputTokenDetails?.reasoningTokens,
  };
  span.setAttributes({
    'gen_ai.response.model': responseModel,
    'gen_ai.response.finish_reasons': finishReason === undefined ? undefined : [finishReason],
    ...tokenAttributes(counted),
    ...(recordContent ? { 'gen_ai.output.messages': message('assistant', text ?? '') } : {}),
  });
  recordTokens(telemetry, options, counted);
  return toUsage(counted, price, now());
}

/** A reply whose tokens were not told has no known cost either. */
export function toUsage(
  { inputTokens, outputTokens }: CountedTokens,
  price: ModelPrice | undefined,
  at: Date,
): Usage {
  const tokens = { inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0 };
  const isCounted = inputTokens !== undefined && outputTokens !== undefined;
  const cost = isCounted ? costUsd(tokens, price, at) : undefined;
  return cost === undefined ? tokens : { ...tokens, costUsd: cost };
}

function inputAttributes({ instructions, prompt }: ModelRequest<unknown>) {
  return {
    'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: instructions }]),
    'gen_ai.input.messages': message('user', prompt),
  };
}

function message(role: string, content: string): string {
  return JSON.stringify([{ role, parts: [{ type: 'text', content }] }]);
}
