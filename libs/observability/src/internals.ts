import type { Observability } from './observability.ts';
import type { Parts } from './parts.ts';

const partsOf = new WeakMap<object, Parts>();

/** Lets this library's integrations reach what callers cannot. */
export function registerParts(observability: object, parts: Parts): void {
  partsOf.set(observability, parts);
}

const stopping = new WeakSet<object>();

/** From now on the process is on its way out. */
export function beginStopping(observability: object): void {
  stopping.add(observability);
}

export function isStopping(observability: object): boolean {
  return stopping.has(observability);
}

/** @throws {TypeError} For an object that this library did not make. */
export function getParts(observability: Pick<Observability, 'service'>): Parts {
  const parts = partsOf.get(observability);
  if (parts === undefined) {
    throw new TypeError(
      'observability must come from startObservability or createTestObservability',
    );
  }
  return parts;
}
