import { type Context, createContextKey } from '@opentelemetry/api';
import { isSameSecret } from '../policy/same-secret.ts';

/** With it a caller says that it is one of our services, whose sampling decision holds here. */
export const serviceKeyHeader = 'x-aiq-service-key';

const trustedKey = createContextKey('aiq.observability.trusted-caller');

/** A context whose remote parent is obeyed, where the caller brought the right key. */
export function withCallerTrust(
  parent: Context,
  given: string | readonly string[] | undefined,
  serviceKey: string | undefined,
): Context {
  if (serviceKey === undefined || typeof given !== 'string') return parent;
  return isSameSecret(given, serviceKey) ? withTrust(parent) : parent;
}

/** A context whose remote parent is obeyed: who makes this process's environment decides over it anyhow. */
export function withTrust(parent: Context): Context {
  return parent.setValue(trustedKey, true);
}

export function isTrustedCaller(parent: Context): boolean {
  return parent.getValue(trustedKey) === true;
}

/** Which hosts get the key with each request: exactly those that are named, as `host` or `host:port`. */
export function createServiceKeySender(options: {
  readonly serviceKey?: string | undefined;
  readonly internalHosts: readonly string[];
}): (host: string | undefined) => Readonly<Record<string, string>> {
  const { serviceKey } = options;
  const hosts = new Set(options.internalHosts.map((host) => host.toLowerCase()));
  return (host) =>
    serviceKey !== undefined && host !== undefined && hosts.has(host.toLowerCase())
      ? { [serviceKeyHeader]: serviceKey }
      : {};
}
