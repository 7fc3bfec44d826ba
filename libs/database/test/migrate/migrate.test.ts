import { expect, inject, onTestFinished, test } from 'vitest';
import { withCredentials } from '../../src/connection-url.ts';
import { startPostgres } from '../../src/embedded/start-postgres.ts';
import { migrate, provisionRoles, roleUrl } from '../../src/migrate/index.ts';
import { applyMigrations, migrationNames } from '../../src/migrate/migrate.ts';
import { withClient } from '../../src/with-client.ts';
import { brokenMigrations } from '../fixtures/broken-migrations.ts';
import { connected } from '../fixtures/connected.ts';
import { newDataDirectory } from '../fixtures/embedded-postgres.ts';
import { newDatabaseUrl } from '../fixtures/new-database-url.ts';

test('creates the database, applies every migration in order, and then nothing', async () => {
  const url = newDatabaseUrl();

  const first = await migrate(url);
  const second = await migrate(url);

  expect(first).toEqual(migrationNames());
  expect(second).toEqual([]);
});

test('applies each migration once when several start at the same moment', async () => {
  const url = newDatabaseUrl();

  const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);

  expect(applied.flat()).toEqual(migrationNames());
});

test('can be run on a server whose roles another database made', async () => {
  const [one, other] = [newDatabaseUrl(), newDatabaseUrl()];

  await Promise.all([migrate(one), migrate(other)]);
  await Promise.all([provisionRoles(one), provisionRoles(other), provisionRoles(one)]);

  await expect(connected(roleUrl(other, 'question_service'))).resolves.toBeDefined();
});

test('names the migration that failed, and leaves nothing of it', async () => {
  const url = newDatabaseUrl();

  const error = await applyMigrations(url, brokenMigrations()).catch((e: unknown) => e);

  expect(error).toMatchObject({
    code: 'database_migration_failed',
    message: expect.stringMatching(/20260102000000_bad.*division by zero/s),
  });
  const client = await connected(url);
  const { rows } = await client.query(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename IN ('good', 'half')`,
  );
  expect(rows).toEqual([{ tablename: 'good' }]);
});

test('says again what failed, and how to go on, until that is resolved', async () => {
  const url = newDatabaseUrl();
  const directory = brokenMigrations();
  await applyMigrations(url, directory).catch(() => {});

  const again = applyMigrations(url, directory);

  await expect(again).rejects.toMatchObject({
    code: 'database_migration_failed',
    message: expect.stringMatching(/20260102000000_bad.*migrate resolve --rolled-back/s),
  });
});

test('needs no superuser: a role that may create databases and roles is enough', async () => {
  const server = await startPostgres({ dataDirectory: newDataDirectory(), durable: false });
  onTestFinished(server.stop);
  await withClient(server.url('postgres'), (client) =>
    client.query(`CREATE ROLE deployer LOGIN CREATEDB CREATEROLE PASSWORD 'word'`),
  );
  const url = withCredentials(server.url('aiq'), 'deployer', 'word');

  const applied = await migrate(url);
  await provisionRoles(url);

  expect(applied).toEqual(migrationNames());
  const client = await connected(roleUrl(url, 'question_service'));
  await expect(client.query('CREATE TABLE pgboss.job ()')).resolves.toBeDefined();
  await expect(client.query('SELECT FROM users')).rejects.toMatchObject({ code: '42501' });
});

test('a role cannot log in with another password', async () => {
  const url = inject('aiqTemplateUrl').replace(/template$/, 'none');

  const wrong = migrate(withCredentials(url, 'aiq_backend', 'guess'));

  await expect(wrong).rejects.toMatchObject({
    code: 'database_authentication_failed',
    message: expect.stringContaining('"aiq_backend"'),
  });
});

test('the passwords of roles follow from the password of the administrator', () => {
  const [one, other] = ['postgresql://a:x@h:1/d', 'postgresql://a:y@h:1/d'];

  expect(roleUrl(one, 'backend')).toBe(roleUrl(one, 'backend'));
  expect(roleUrl(one, 'backend')).not.toBe(roleUrl(other, 'backend'));
  expect(new URL(roleUrl(one, 'backend')).password).not.toBe(
    new URL(roleUrl(one, 'question_service')).password,
  );
});

test('an administrator without a password makes roles without one, rather than a guessable one', () => {
  expect(roleUrl('postgresql://a@h:1/d', 'backend')).toBe('postgresql://aiq_backend@h:1/d');
});
