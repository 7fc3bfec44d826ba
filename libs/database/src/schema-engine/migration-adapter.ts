import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { maintenanceConnectTimeoutMs, splitSchema, withDatabase } from '../connection-url.ts';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/** pg_catalog's one-byte `"char"`, which adapter-pg does not know, and the type it is read as. */
const charType = 18;
const textType = 25;
const charMark = '\u0000char';

/**
 * Adapts node-postgres to the schema engine: what PrismaPg does for the client, plus catalog columns
 * of type `"char"` and whole scripts (PrismaPg cuts them at every `;`, function bodies included).
 */
export function createMigrationAdapter(
  url: string,
  shadowUrl: string | undefined,
): { factory: SqlMigrationAwareDriverAdapterFactory; close(): Promise<void> } {
  const opened: Adapter[] = [];
  const connect = async (target: string): Promise<Adapter> => {
    const { connectionString, schema } = splitSchema(target);
    const pool = createMarkingPool(connectionString);
    const options = { disposeExternalPool: true, ...(schema ? { schema } : {}) };
    const adapter = forSchemaEngine(await new PrismaPg(pool, options).connect());
    opened.push(adapter);
    return adapter;
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(url),
    connectToShadowDb: () => (shadowUrl ? connect(shadowUrl) : connectToNewShadow(url, connect)),
  };
  return {
    factory,
    close: async () => {
      await Promise.all(opened.map((adapter) => adapter.dispose()));
    },
  };
}

async function connectToNewShadow(
  url: string,
  connect: (url: string) => Promise<Adapter>,
): Promise<Adapter> {
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
  const admin = await connect(url);
  await admin.executeScript(`CREATE DATABASE "${name}"`);
  const shadow = await connect(withDatabase(url, name));
  const dispose = shadow.dispose.bind(shadow);
  shadow.dispose = disposeOnce(async () => {
    await dispose();
    await admin.executeScript(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await admin.dispose();
  });
  return shadow;
}

/** One connection, whose results call a `"char"` column text and mark its name. */
function createMarkingPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: 1,
    application_name: 'aiq-migrate',
    connectionTimeoutMillis: maintenanceConnectTimeoutMs,
  });
  const query = pool.query.bind(pool) as (q: unknown) => Promise<pg.QueryArrayResult>;
  pool.query = (async (config: unknown) => {
    const result = await query(config);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== charType) continue;
      field.dataTypeID = textType;
      field.name += charMark;
    }
    return result;
  }) as typeof pool.query;
  return pool;
}

function forSchemaEngine(adapter: Adapter): Adapter {
  const { queryRaw, dispose } = adapter;
  adapter.queryRaw = async (query) => {
    const result = await queryRaw.call(adapter, query);
    result.columnNames.forEach((name, index) => {
      if (!name.endsWith(charMark)) return;
      result.columnNames[index] = name.slice(0, -charMark.length);
      result.columnTypes[index] = ColumnTypeEnum.Character;
    });
    return result;
  };
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      throw toAdapterError(error);
    }
  };
  adapter.dispose = disposeOnce(() => dispose.call(adapter));
  return adapter;
}

/** The engine disposes of some connections itself, and a pool must not be ended twice. */
function disposeOnce(dispose: () => Promise<void>): () => Promise<void> {
  let disposed: Promise<void> | undefined;
  return () => {
    disposed ??= dispose();
    return disposed;
  };
}

function toAdapterError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const { code = 'N/A', severity = 'N/A', message, detail, column, hint } = error;
  return new DriverAdapterError({
    kind: 'postgres',
    originalCode: code,
    originalMessage: message,
    code,
    severity,
    message,
    detail,
    column,
    hint,
  });
}
