import type { z } from 'zod';
import type { Usage } from '../providers/question-provider.ts';
import type { CallPurpose, ModelName, ProviderName } from '../telemetry/labels.ts';

/** One question to a model, whose answer has to fit a schema. */
export interface ModelRequest<Value> {
  readonly purpose: CallPurpose;
  /** What the model is told to answer with; its reply is validated with it. */
  readonly schema: z.ZodType<Value>;
  /** The system prompt. */
  readonly instructions: string;
  readonly prompt: string;
  /** The most tokens the model may write; what is longer comes cut, and fails. @default the provider's own limit */
  readonly outputTokensMax?: number;
  /** From 1: an attribute of the span. */
  readonly attempt: number;
  readonly signal: AbortSignal;
}

export interface ModelReply<Value> {
  readonly value: Value;
  readonly usage: Usage;
  /** Why the model stopped, in the words of the AI SDK: `stop`, `length`, `content-filter` and the like. */
  readonly finishReason: string;
  /** The model that answered, as its provider names it: often more exact than the one that was asked. */
  readonly responseModel: string;
}

/** One model of one provider. */
export interface ModelClient {
  readonly provider: ProviderName;
  readonly model: ModelName;
  /**
   * Asks once: there are no retries inside.
   *
   * @throws {ProviderError} With the category of the failure, whether to try again, and what it cost.
   */
  ask<Value>(request: ModelRequest<Value>): Promise<ModelReply<Value>>;
}
