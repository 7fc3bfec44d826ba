import type { Environment } from '@aiq/config';
import { variables } from './variables.ts';

/** Two variables for one setting that say different things. */
export interface VariableConflict {
  readonly path: string;
  /** The name whose value is used: the one of OpenTelemetry. */
  readonly used: string;
  readonly ignored: string;
}

/** Finds the settings for which an alias says another thing than the name before it. Values are not shown: they may be secrets. */
export function findConflicts(environment: Environment): readonly VariableConflict[] {
  const doubled = Object.entries(variables).flatMap(([path, names]) => {
    const [used, ...others] = names.filter((name) => textOf(environment, name) !== undefined);
    if (used === undefined) return [];
    return others
      .filter((name) => !isSame(textOf(environment, used), textOf(environment, name)))
      .map((ignored) => ({ path, used, ignored }));
  });
  return isSwitchContradicted(environment) ? [...doubled, switches] : doubled;
}

const switches = { path: 'enabled', used: 'OTEL_SDK_DISABLED', ignored: 'OTEL_ENABLED' };

/** `OTEL_SDK_DISABLED` and `OTEL_ENABLED` are one switch with two signs. */
function isSwitchContradicted(environment: Environment): boolean {
  const disabled = switchOf(textOf(environment, switches.used));
  const enabled = switchOf(textOf(environment, switches.ignored));
  return disabled !== undefined && enabled !== undefined && disabled === enabled;
}

/** Whether OpenTelemetry's own switch overrules this project's. */
export function isSwitchOverruled(conflicts: readonly VariableConflict[]): boolean {
  return conflicts.includes(switches);
}

function switchOf(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^(true|yes|on|1)$/i.test(text)) return true;
  return /^(false|no|off|0)$/i.test(text) ? false : undefined;
}

function isSame(a: string | undefined, b: string | undefined): boolean {
  return a === b || (Number.isFinite(Number(a)) && Number(a) === Number(b));
}

function textOf(environment: Environment, name: string): string | undefined {
  const text = environment[name]?.trim();
  return text === '' ? undefined : text;
}
