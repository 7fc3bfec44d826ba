import {
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import { isTrustedCaller } from './service-key.ts';

/**
 * Spans follow their parent in this process; a trace that begins here or comes from outside is decided from
 * its id. A caller's sampled flag is not obeyed, as anyone could turn sampling up, or off; unless the caller
 * has shown the service key.
 *
 * @param recordsAll Whether spans that are not sampled are recorded nevertheless, for the tail buffer.
 */
export function createPublicEdgeSampler(ratio: number, recordsAll = false): Sampler {
  const byTraceId = ratio >= 1 ? new AlwaysOnSampler() : new TraceIdRatioBasedSampler(ratio);
  const atEdge = new ParentBasedSampler({
    root: byTraceId,
    remoteParentSampled: byTraceId,
    remoteParentNotSampled: byTraceId,
  });
  const asTold = new ParentBasedSampler({ root: byTraceId });
  return {
    shouldSample(parent, ...of) {
      const sampler = isTrustedCaller(parent) ? asTold : atEdge;
      const result = sampler.shouldSample(parent, ...of);
      if (!recordsAll || result.decision !== SamplingDecision.NOT_RECORD) return result;
      return { ...result, decision: SamplingDecision.RECORD };
    },
    toString: () => `PublicEdgeSampler{${ratio}}`,
  };
}
