import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a program of this folder is started: with its instrument file loaded first. */
export function programArguments(
  name: 'job' | 'secrets' | 'server' | 'signals',
  ...rest: readonly string[]
): string[] {
  const at = (file: string): string => join(import.meta.dirname, file);
  return ['--import', at('instrument.ts'), at(`${name}.ts`), ...rest];
}

/** Compiling the packages is most of what a start costs; the programs of a run do it once. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), 'aiq-observability-programs') };
