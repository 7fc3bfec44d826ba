import type { StackFrame } from '../../../src/api/contract/errors.ts';
import type { Severity } from '../../../src/api/contract/logs.ts';

export interface FrameGroup {
  readonly inApp: boolean;
  /** Where it was thrown first. */
  readonly frames: readonly StackFrame[];
}

/**
 * A stack from where it was thrown outwards (Sentry sends it the other way), neighbours of one origin
 * together, so that those of libraries can be folded away.
 */
export function toFrameGroups(frames: readonly StackFrame[]): readonly FrameGroup[] {
  const groups: { inApp: boolean; frames: StackFrame[] }[] = [];
  for (const frame of [...frames].reverse()) {
    const last = groups.at(-1);
    if (last && last.inApp === frame.inApp) last.frames.push(frame);
    else groups.push({ inApp: frame.inApp, frames: [frame] });
  }
  return groups;
}

/** `src/a.ts:10:5`, with what is known. */
export function framePlace({ filename, module, line, column }: StackFrame): string {
  const place = filename ?? module ?? '(unknown file)';
  return [place, line, line === null ? null : column].filter((part) => part !== null).join(':');
}

/** Sentry's levels among those of logs. */
export function toSeverity(level: string): Severity | null {
  const known: Readonly<Record<string, Severity>> = {
    debug: 'debug',
    info: 'info',
    log: 'info',
    warning: 'warn',
    error: 'error',
    fatal: 'fatal',
  };
  return known[level] ?? null;
}
