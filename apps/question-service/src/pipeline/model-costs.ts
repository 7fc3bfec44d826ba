import type { CallPurpose, ProviderName } from '../telemetry/labels.ts';
import type { ModelCost, RunSummary } from './run-summary.ts';

/** What one call to a model took. `costUsd` is absent where the model has no known price. */
export interface ModelCall {
  readonly provider: ProviderName;
  readonly model: string;
  readonly purpose: CallPurpose;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd?: number;
}

/** Adds up the calls to models. A call without a price is counted apart, never as free. */
export class ModelCosts {
  readonly #models = new Map<string, ModelCost>();
  #unpricedCalls = 0;

  add(call: ModelCall): void {
    const { provider, model } = call;
    const key = `${provider}/${model}`;
    const known = this.#models.get(key);
    this.#models.set(key, {
      provider,
      model,
      calls: (known?.calls ?? 0) + 1,
      inputTokens: (known?.inputTokens ?? 0) + call.inputTokens,
      outputTokens: (known?.outputTokens ?? 0) + call.outputTokens,
      costUsd: (known?.costUsd ?? 0) + (call.costUsd ?? 0),
    });
    if (call.costUsd === undefined) this.#unpricedCalls += 1;
  }

  get total(): RunSummary['cost'] {
    const byModel = [...this.#models.values()];
    const usd = byModel.reduce((sum, model) => sum + model.costUsd, 0);
    return { usd, unpricedCalls: this.#unpricedCalls, byModel };
  }
}
