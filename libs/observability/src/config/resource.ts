import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { findInstanceId } from './instance-id.ts';
import { findRelease } from './release.ts';
import type { Settings } from './settings.ts';

/** Who emits. */
export function createResource(settings: Settings): Resource {
  const { config, service } = settings;
  const { version, revision, environment } = findRelease(settings);
  return resourceFromAttributes({
    'service.namespace': 'aiq',
    'service.name': config.service.name ?? service,
    'service.version': version,
    'deployment.environment.name': environment,
    ...(revision === undefined ? {} : { 'vcs.ref.head.revision': revision }),
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.language': 'nodejs',
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
    ...config.resource,
    'service.instance.id': findInstanceId(settings),
  });
}
