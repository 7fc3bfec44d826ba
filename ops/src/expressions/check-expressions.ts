import { z } from 'zod';
import type { SourcedExpression } from './rule-expressions.ts';
import { withoutComparison } from './without-comparison.ts';

/** What a Prometheus answered to an expression, with its comparison removed. */
export interface CheckedExpression extends SourcedExpression {
  /** Series in the answer. */
  readonly series: number;
  /** Those with a finite value: a quantile of a route that nobody asked for has none. */
  readonly finite: number;
}

const answerSchema = z.object({
  status: z.string(),
  error: z.string().optional(),
  data: z
    .object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) })
    .optional(),
});

const timeoutMs = 30_000;

/**
 * Asks a Prometheus every expression: that of an alert once for each side of its comparisons, so that it has an
 * answer while nothing is wrong. Where the platform is under load every one has a finite value, but for queues of a
 * signal that nothing is sent of (metrics have one where they go to Sentry).
 *
 * @param options.at When; now where it is absent.
 * @throws {Error} Where Prometheus refuses an expression, with what it says.
 */
export async function checkExpressions(
  prometheusUrl: string,
  expressions: readonly SourcedExpression[],
  options: { readonly at?: Date } = {},
): Promise<readonly CheckedExpression[]> {
  const checked: CheckedExpression[] = [];
  for (const { source, expr, kind } of expressions) {
    for (const part of kind === 'alert' ? withoutComparison(expr) : [expr]) {
      const values = await query(prometheusUrl, { source, expr: part }, options.at ?? new Date());
      const finite = values.filter(Number.isFinite).length;
      checked.push({ source, kind, expr: part, series: values.length, finite });
    }
  }
  return checked;
}

async function query(
  prometheusUrl: string,
  { source, expr }: Pick<SourcedExpression, 'source' | 'expr'>,
  at: Date,
): Promise<number[]> {
  const parameters = new URLSearchParams({ query: expr, time: String(at.getTime() / 1_000) });
  const response = await fetch(`${prometheusUrl}/api/v1/query?${parameters}`, {
    signal: AbortSignal.timeout(timeoutMs),
  });
  const { error, data } = answerSchema.parse(await response.json());
  if (!data) throw new Error(`Prometheus refuses "${expr}" of ${source}: ${error}`);
  return data.result.map(({ value: [, text] }) => Number(text));
}
