/** The four providers whose formats a model server speaks. */
export const modelDialects = ['openai', 'anthropic', 'google', 'xai'] as const;
export type ModelDialect = (typeof modelDialects)[number];

/** One request, whatever provider's format it came in. */
export interface ModelCall {
  readonly provider: ModelDialect;
  readonly model: string;
  /** The system prompt, or empty. */
  readonly instructions: string;
  readonly prompt: string;
  /** The JSON schema the answer has to fit, where one was given. */
  readonly schema?: unknown;
  readonly outputTokensMax?: number;
  /** The texts to embed: a request for vectors has some, a question has none. */
  readonly texts: readonly string[];
  /** Lower-case names. Keys are `***`. */
  readonly headers: Readonly<Record<string, string>>;
  /** How often this model was asked exactly this before. */
  readonly repetition: number;
}

/** What a dialect reads from a request. */
export type ReadCall = Pick<
  ModelCall,
  'model' | 'instructions' | 'prompt' | 'schema' | 'outputTokensMax' | 'texts'
>;

/** An answer that is a finished reply of the API. */
export interface ReplyContent {
  readonly text: string;
  readonly finish: 'stop' | 'length' | 'refusal';
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}
