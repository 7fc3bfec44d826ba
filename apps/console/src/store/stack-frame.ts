import type { AttributeValue } from './model.ts';

export interface StackFrame {
  readonly function: string | null;
  readonly module: string | null;
  readonly filename: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly inApp: boolean;
  readonly contextBefore: string[];
  readonly contextLine: string | null;
  readonly contextAfter: string[];
}

/** A frame as Sentry sends it; fields of another kind than expected are left out. */
export function frameOf(frame: AttributeValue): StackFrame {
  const fields = typeof frame === 'object' && frame !== null && !Array.isArray(frame) ? frame : {};
  const read = fields as Readonly<Record<string, AttributeValue>>;
  return {
    function: text(read['function']),
    module: text(read['module']),
    filename: text(read['filename']) ?? text(read['abs_path']),
    line: number(read['lineno']),
    column: number(read['colno']),
    inApp: read['in_app'] === true,
    contextBefore: texts(read['pre_context']),
    contextLine: text(read['context_line']),
    contextAfter: texts(read['post_context']),
  };
}

function text(value: AttributeValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function number(value: AttributeValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function texts(value: AttributeValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string') : [];
}
