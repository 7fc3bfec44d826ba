import { beforeAll, expect, test } from 'vitest';
import {
  createDatabase,
  type Database,
  isUniqueViolation,
  uniqueConstraints,
} from '../src/index.ts';
import { testDatabase } from '../src/testing/index.ts';
import { connected } from './fixtures/connected.ts';

const data = { email: 'ada@example.org', passwordHash: 'hash' };
const { userEmail, activeTestSessionOfUser } = uniqueConstraints;
let database: Database;
let adminUrl: string;

beforeAll(async () => {
  ({ adminUrl } = await testDatabase());
  database = createDatabase({ url: adminUrl, applicationName: 'test' });
  await database.prisma.user.create({ data });
  return () => database.close();
});

test.for([
  ['a create', () => database.prisma.user.create({ data })],
  ['a transaction', () => database.prisma.$transaction((tx) => tx.user.create({ data }))],
  [
    'a raw statement',
    () => database.prisma.$executeRaw`INSERT INTO users (email, password_hash, updated_at)
      SELECT email, password_hash, updated_at FROM users`,
  ],
] as const)('knows the violation that %s meets, and by which constraint', async ([, write]) => {
  const error = await write().catch((e: unknown) => e);

  expect(isUniqueViolation(error)).toBe(true);
  expect(isUniqueViolation(error, userEmail)).toBe(true);
  expect(isUniqueViolation(error, activeTestSessionOfUser)).toBe(false);
});

test('knows the violation of a partial index', async () => {
  const user = await database.prisma.user.create({ data: { ...data, email: 'bob@example.org' } });
  const session = {
    userId: user.id,
    mode: 'adaptive',
    itemsMax: 20,
    seed: 1,
    expiresAt: new Date(),
  } as const;
  await database.prisma.testSession.create({ data: session });

  const error = await database.prisma.testSession
    .create({ data: session })
    .catch((e: unknown) => e);

  expect(isUniqueViolation(error, activeTestSessionOfUser)).toBe(true);
});

test('knows the violation that node-postgres reports', async () => {
  const client = await connected(adminUrl);
  const statement = `INSERT INTO users (email, password_hash, updated_at) VALUES ($1, '', now())`;

  const error = await client.query(statement, [data.email]).catch((e: unknown) => e);

  expect(isUniqueViolation(error, userEmail)).toBe(true);
});

test('takes no other error for one', async () => {
  const upperCase = await database.prisma.user
    .create({ data: { ...data, email: 'ADA@example.org' } })
    .catch((e: unknown) => e);
  const others = [
    upperCase,
    new Error('P2002'),
    { code: 'P2002' },
    null,
    undefined,
    'P2002',
    23505,
  ];

  expect(others.map((error) => isUniqueViolation(error))).toEqual(others.map(() => false));
});
