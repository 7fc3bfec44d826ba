import { hostname } from 'node:os';
import type { Settings } from './settings.ts';

/**
 * Stable over restarts of one replica, so that a restart does not start new series; another one for a command
 * than for the service beside it, or the two would write the same series in turn.
 */
export function findInstanceId({ config, isCommand }: Settings): string {
  const instance = config.service.instanceId ?? hostname();
  return isCommand ? `${instance}-cli` : instance;
}
