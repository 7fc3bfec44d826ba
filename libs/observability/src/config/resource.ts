import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { findInstanceId } from './instance-id.ts';
import type { Settings } from './settings.ts';

/** Who emits. */
export function createResource(settings: Settings): Resource {
  const { config, service, deployment } = settings;
  const { revision } = config.service;
  return resourceFromAttributes({
    'service.namespace': 'aiq',
    'service.name': config.service.name ?? service,
    'service.version': config.service.version ?? revision?.slice(0, 12) ?? '0.0.0',
    'deployment.environment.name': deployment,
    ...(revision === undefined ? {} : { 'vcs.ref.head.revision': revision }),
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.language': 'nodejs',
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
    ...config.resource,
    'service.instance.id': findInstanceId(settings),
  });
}
