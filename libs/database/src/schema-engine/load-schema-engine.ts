import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';

type AnyFunction = (...args: unknown[]) => unknown;

// TypeScript declares these in lib.dom only.
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, () => void> };
}

let loaded = false;

/** Compiles Prisma's schema engine from its WASM build, once per process (about 40 ms). */
export function loadSchemaEngine(): typeof glue.SchemaEngine {
  if (loaded) return glue.SchemaEngine;
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
  // Not import.meta.resolve: vitest's module runner has none.
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const bytes = readFileSync(join(dirname(entry), 'schema_engine_bg.wasm'));

  const imports: Record<string, unknown> = { ...glue };
  for (const [name, value] of Object.entries(imports)) {
    if (name.startsWith('__wbg_setTimeout'))
      imports[name] = withUnrefedTimers(value as AnyFunction);
  }
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    './schema_engine_bg.js': imports,
  });
  (glue as unknown as { __wbg_set_wasm(exports: object): void }).__wbg_set_wasm(instance.exports);
  instance.exports['__wbindgen_start']?.();
  loaded = true;
  return glue.SchemaEngine;
}

/** The engine never clears its 10 s timeout on the migration lock: it must not hold the process. */
function withUnrefedTimers(call: AnyFunction): AnyFunction {
  return (...args) => {
    const { setTimeout } = globalThis;
    const unrefed = (...timer: Parameters<typeof setTimeout>) => setTimeout(...timer).unref();
    globalThis.setTimeout = unrefed as typeof setTimeout;
    try {
      return call(...args);
    } finally {
      globalThis.setTimeout = setTimeout;
    }
  };
}
