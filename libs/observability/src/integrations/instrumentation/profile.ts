import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { ViewOptions } from '@opentelemetry/sdk-metrics';

/** A set of instrumentations and what it means for the rest. */
export interface InstrumentationProfile {
  readonly instrumentations: Instrumentation[];
  /** What is changed of the instrumentations' own metrics. */
  readonly views: ViewOptions[];
  /** True where incoming requests get their span and their duration from an instrumentation. */
  readonly externalServerSpans: boolean;
  /** To be called once the providers are registered. */
  readonly afterStart: () => void;
}

/** Headers for a request to a host, over those it has. */
export type HeadersFor = (host: string | undefined) => Readonly<Record<string, string>>;

/** @param headersFor Asked for each outgoing request, by the profile `lean`. */
export async function loadProfile(
  name: 'lean' | 'auto',
  headersFor: HeadersFor,
): Promise<InstrumentationProfile> {
  if (name === 'auto') return (await import('./auto.ts')).loadAutoProfile();
  return (await import('./lean.ts')).loadLeanProfile(headersFor);
}
