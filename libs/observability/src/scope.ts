import { type Context, context, createContextKey } from '@opentelemetry/api';

/** What `setUser`, `setContext` and `setTag` say, for the rest of one request, job or run. */
export interface Scope {
  user?: { readonly id: string } | undefined;
  readonly contexts: Map<string, Readonly<Record<string, unknown>>>;
  readonly tags: Map<string, string>;
}

const scopeKey = createContextKey('aiq.observability.scope');
const entriesMax = 64;

/** A context with a scope of its own. */
export function withNewScope(parent: Context): Context {
  return parent.setValue(scopeKey, createScope());
}

/** The parent itself where it has a scope, else one with a new scope. */
export function withScope(parent: Context): Context {
  return parent.getValue(scopeKey) === undefined ? withNewScope(parent) : parent;
}

/** The active scope, or the process's own outside any. */
export function activeScope(processScope: Scope): Scope {
  return (context.active().getValue(scopeKey) as Scope | undefined) ?? processScope;
}

export function createScope(): Scope {
  return { contexts: new Map(), tags: new Map() };
}

/** Sets an entry where it exists or there is room. */
export function setBounded<Value>(entries: Map<string, Value>, name: string, value: Value): void {
  if (entries.size < entriesMax || entries.has(name)) entries.set(name, value);
}
