import { type Context, context, createContextKey } from '@opentelemetry/api';
import { withValue } from './linked-context.ts';

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
  return withValue(parent, scopeKey, createScope());
}

/** The parent itself where it has a scope, else one with a new scope. */
export function withScope(parent: Context): Context {
  return parent.getValue(scopeKey) === undefined ? withNewScope(parent) : parent;
}

/** The active scope, or the process's own outside any. */
export function activeScope(processScope: Scope): Scope {
  return (context.active().getValue(scopeKey) as Scope | undefined) ?? processScope;
}

/** The tags of the active scope; none outside any. */
export function activeTags(): Readonly<Record<string, string>> {
  const scope = context.active().getValue(scopeKey) as Scope | undefined;
  return scope === undefined ? {} : Object.fromEntries(scope.tags);
}

export function createScope(): Scope {
  return new LazyScope();
}

/** Every request has a scope, and few say anything in it. */
class LazyScope implements Scope {
  user: Scope['user'];
  #contexts: Map<string, Readonly<Record<string, unknown>>> | undefined;
  #tags: Map<string, string> | undefined;

  get contexts(): Map<string, Readonly<Record<string, unknown>>> {
    this.#contexts ??= new Map();
    return this.#contexts;
  }

  get tags(): Map<string, string> {
    this.#tags ??= new Map();
    return this.#tags;
  }
}

/** Sets an entry where it exists or there is room. */
export function setBounded<Value>(entries: Map<string, Value>, name: string, value: Value): void {
  if (entries.size < entriesMax || entries.has(name)) entries.set(name, value);
}
