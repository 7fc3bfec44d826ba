import { context, trace } from '@opentelemetry/api';
import type { TraceContext } from '../observability.ts';
import { withScope } from '../scope.ts';
import { parseTraceContext } from './facade-span.ts';
import { withTrust } from './service-key.ts';

/** Runs `work` as a part of the trace that this process was started in, if any; its sampling decision holds. */
export function inInheritedTrace<Result>(
  inherited: TraceContext | undefined,
  work: () => Result,
): Result {
  const parent = inherited && parseTraceContext(inherited);
  if (parent === undefined) return work();
  return context.with(withTrust(trace.setSpanContext(withScope(context.active()), parent)), work);
}
