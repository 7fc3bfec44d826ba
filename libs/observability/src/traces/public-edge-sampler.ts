import {
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';

/**
 * Spans follow their parent in this process; a trace that begins here or comes from outside is decided from
 * its id. A caller's sampled flag is not obeyed: anyone could turn sampling up, or off.
 */
export function createPublicEdgeSampler(ratio: number): Sampler {
  const byTraceId = new TraceIdRatioBasedSampler(ratio);
  return new ParentBasedSampler({
    root: byTraceId,
    remoteParentSampled: byTraceId,
    remoteParentNotSampled: byTraceId,
  });
}
