// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are programs.

import { describe, expect, test } from 'vitest';
import { checkLaws } from './check-laws.ts';
import { plantTree } from './planted-tree.ts';

function lawsBroken(path: string, text: string): number[] {
  const root = plantTree({ [path]: text });
  return checkLaws(root).violations.map((violation) => violation.law);
}

describe('law 1: an import never points up', () => {
  test.for([
    ['libs/config/src/a.ts', "import '@aiq/observability'"],
    ['libs/config/src/a.ts', "import '@aiq/testing'"],
    ['libs/testing/test/a.test.ts', "import '@aiq/config'"],
    ['libs/database/src/a.ts', "import '@aiq/observability'"],
    ['libs/observability/src/a.ts', "import type { A } from '@aiq/database/testing'"],
    ['libs/observability/src/a.ts', "export * from '../../../apps/backend/src/app.ts'"],
    ['libs/observability/src/a.ts', "await import('../../../scripts/a.ts')"],
    ['apps/backend/src/a.ts', "import '@aiq/console'"],
    ['apps/backend/test/a.ts', "import '../../console/src/app.ts'"],
    ['apps/backend/src/a.ts', "import '../../../test/a.ts'"],
    ['vitest.package.ts', "import '@aiq/config'"],
  ] as const)('is broken in %s by %s', ([path, text]) => {
    expect(lawsBroken(path, text)).toEqual([1]);
  });

  test.for([
    ['libs/config/vitest.config.ts', "import '../../vitest.package.ts'"],
    ['libs/observability/test/a.test.ts', "import '@aiq/testing'; import '../src/a.ts'"],
    ['libs/database/src/a.ts', "import '@aiq/config'"],
    ['apps/backend/src/a.ts', "import '@aiq/database/testing'; import '@aiq/observability'"],
    ['scripts/dev/a.ts', "import '@aiq/backend'; import '../../test/a.ts'"],
  ] as const)('is kept in %s by %s', ([path, text]) => {
    expect(lawsBroken(path, text)).toEqual([]);
  });
});

describe('law 2: telemetry packages belong to libs/observability', () => {
  test.for([
    ['apps/backend/src/a.ts', "import { trace } from '@opentelemetry/api'"],
    ['apps/backend/test/a.test.ts', "import '@opentelemetry/sdk-trace'"],
    ['libs/testing/src/a.ts', "import type { Event } from '@sentry/core'"],
    ['scripts/a.ts', "require('@fastify/otel')"],
    ['test/a.ts', "await import('@sentry/node')"],
  ] as const)('is broken in %s by %s', ([path, text]) => {
    expect(lawsBroken(path, text)).toEqual([2]);
  });

  test.for(['libs/observability/src/a.ts', 'libs/observability/test/a.ts', 'bench/a.ts'])(
    'is kept in %s',
    (path) => {
      expect(lawsBroken(path, "import '@opentelemetry/api'")).toEqual([]);
    },
  );
});

describe('law 3: queries are written in repositories', () => {
  const file = 'apps/backend/src/users/register.ts';

  test.for([
    ['a query of a model', 'await database.prisma.testSession.findMany({})'],
    ['a query of a model with types', 'await a.user.groupBy<B>({})'],
    ['a write through a transaction', 'await tx.user.create({ data })'],
    ['raw SQL', 'await prisma.$queryRaw`SELECT 1`'],
    ['raw SQL that writes', 'await prisma.$executeRaw`DELETE`'],
    ['unsafe raw SQL', 'await prisma.$queryRawUnsafe(text)'],
    ['the driver', "import { Client } from 'pg'"],
    ['a query of the driver', "await pool.query('SELECT 1')"],
    ['a client', 'const prisma = new PrismaClient({})'],
    ['a pool', 'const pool = new pg.Pool()'],
    ['a queue', 'const boss = new PgBoss(url)'],
    ['a database', 'const database = createDatabase({ url })'],
  ] as const)('is broken by %s', ([, text]) => {
    expect(lawsBroken(file, text)).toEqual([3]);
  });

  test.for([
    ['apps/backend/src/users/users-repository.ts', 'prisma.user.findMany(); prisma.$queryRaw`x`'],
    ['apps/backend/test/users.test.ts', "import 'pg'; prisma.user.findMany(); new PgBoss('')"],
    ['libs/database/src/create-database.ts', 'export function createDatabase() { new Pool() }'],
    ['apps/backend/src/dependencies.ts', 'createDatabase({ url })'],
    ['apps/backend/src/trigger/job-queue.ts', "import 'pg'; new PgBoss(url)"],
    [file, 'import { createDatabase, type PrismaClient } from "@aiq/database"'],
    [file, 'await users.create(user); user.update(); session.user.delete()'],
    [file, '// prisma.user.findMany()\nconst a = "$queryRaw";'],
  ] as const)('is kept in %s by %s', ([path, text]) => {
    expect(lawsBroken(path, text)).toEqual([]);
  });

  test('a repository builds no client', () => {
    expect(lawsBroken('apps/backend/src/a-repository.ts', 'new Pool()')).toEqual([3]);
  });
});

describe('law 4: process.env is read in configuration files', () => {
  test.for([
    'const a = process.env.PORT',
    "const a = process['env']",
    'const a = process?.env?.PORT',
    'const { env } = process',
    'const { argv, env: { PORT } } = process;',
    "import { env } from 'node:process'",
    'const a = globalThis.process\n  .env',
    'const a = `${process.env.A}`',
  ])('is broken by %s', (text) => {
    expect(lawsBroken('apps/backend/src/a.ts', text)).toEqual([4]);
  });

  test.for([
    'apps/backend/src/config.ts',
    'apps/backend/vitest.config.ts',
    'libs/testing/src/testing.config.ts',
    'libs/config/src/load-config.ts',
  ])('is kept in %s', (path) => {
    expect(lawsBroken(path, 'process.env.A')).toEqual([]);
  });

  test.for([
    'const { argv } = process; const env = 1;',
    'childProcess.env; import.meta.env; run({ env })',
    '// process.env\nconst a = "process.env";',
  ])('is kept by %s', (text) => {
    expect(lawsBroken('apps/backend/src/a.ts', text)).toEqual([]);
  });

  test('a name that only ends in config is no configuration file', () => {
    expect(lawsBroken('apps/backend/src/load-config.ts', 'process.env')).toEqual([4]);
  });
});

describe('law 5: packages are entered by the front door', () => {
  test.for([
    ['apps/backend/src/a.ts', "import '@aiq/database/src/client.ts'"],
    ['apps/backend/src/a.ts', "import '../../../libs/config/src/index.ts'"],
    ['apps/backend/src/a.ts', "import '@aiq/databse'"],
    ['scripts/a.ts', "import '../apps/backend/src/app.ts'"],
  ] as const)('is broken in %s by %s', ([path, text]) => {
    expect(lawsBroken(path, text)).toEqual([5]);
  });

  test('is kept by what a package exports, patterns too', () => {
    const text = "import '@aiq/database/testing'; import '@aiq/observability/files/a.ts'";

    expect(lawsBroken('apps/backend/src/a.ts', text)).toEqual([]);
  });
});
