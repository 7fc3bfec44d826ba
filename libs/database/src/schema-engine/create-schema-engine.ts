import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { loadSchemaEngine } from './load-schema-engine.ts';
import { createMigrationAdapter } from './migration-adapter.ts';

export interface SchemaEngineOptions {
  readonly url: string;
  /** An empty database for `migrate dev` and `diff`. @default one is created beside `url`, and dropped */
  readonly shadowUrl?: string | undefined;
  /** Path and text of each schema file; needed by what compares with the schema. */
  readonly datamodels?: readonly (readonly [path: string, text: string])[] | undefined;
}

export interface RunningSchemaEngine {
  readonly engine: SchemaEngine;
  close(): Promise<void>;
}

/** Gives Prisma's schema engine over node-postgres: the same one that the Prisma CLI uses. */
export async function createSchemaEngine(
  options: SchemaEngineOptions,
): Promise<RunningSchemaEngine> {
  const { factory, close } = createMigrationAdapter(options.url, options.shadowUrl);
  const datamodels = options.datamodels?.map(([path, text]): [string, string] => [path, text]);
  try {
    const engine = await loadSchemaEngine().new(
      { datamodels },
      () => {},
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    return {
      engine,
      close: async () => {
        engine.free();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
