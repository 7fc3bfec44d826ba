import type { Settings } from './settings.ts';

/** What was deployed and where it runs: the same on OpenTelemetry's resource and on all that Sentry gets. */
export interface Release {
  /** `service.version`. */
  readonly version: string;
  /** The commit, whole. */
  readonly revision: string | undefined;
  /** Sentry's name for it; undefined where nothing is known of it. */
  readonly release: string | undefined;
  readonly environment: string;
}

const revisionLength = 12;

/** `OTEL_RESOURCE_ATTRIBUTES` wins for what it names, as it does on the resource itself. */
export function findRelease({ config, deployment }: Settings): Release {
  const { service, resource, sentry } = config;
  const version =
    resource['service.version'] ?? service.version ?? service.revision?.slice(0, revisionLength);
  return {
    version: version ?? '0.0.0',
    revision: service.revision,
    release: sentry.release ?? service.revision ?? version,
    environment: resource['deployment.environment.name'] ?? deployment,
  };
}
