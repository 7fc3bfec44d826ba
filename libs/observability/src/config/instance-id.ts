import { hostname } from 'node:os';
import type { Settings } from './settings.ts';

const attribute = 'service.instance.id';

/**
 * Stable over restarts of one replica, so that a restart does not start new series. A command has an id of a slot of
 * its own: another one than the service beside it, or the two would write the same series in turn, and one of
 * few, or each run would start new series.
 */
export function findInstanceId({ config, isCommand, commandSlot }: Settings): string {
  const instance = config.resource[attribute] ?? config.service.instanceId ?? hostname();
  return isCommand ? `${instance}-cli-${commandSlot ?? 'shared'}` : instance;
}
