import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const lockfile = readFileSync(resolve(import.meta.dirname, '../../pnpm-lock.yaml'), 'utf8');

/** The versions of a package in the section `packages:`, where each has one entry. */
function versionsOf(name: string): string[] {
  const packages = lockfile.slice(
    lockfile.indexOf('\npackages:\n'),
    lockfile.indexOf('\nsnapshots:\n'),
  );
  const key = new RegExp(`^ {2}'?${name.replace('/', '\\/')}@([^:'(]+)`, 'gm');
  return [...packages.matchAll(key)].map(([, version = '']) => version);
}

describe('pnpm-lock.yaml', () => {
  test('is read rightly: a package with two versions shows two', () => {
    expect(versionsOf('zod').length).toBeGreaterThan(0);
    expect(versionsOf('fast-check')).toContain('4.10.2');
  });

  test.for([
    'api',
    'core',
    'sdk-trace',
    'sdk-metrics',
    'sdk-logs',
    'sdk-node',
    'resources',
    'instrumentation',
  ])(
    'has one version of @opentelemetry/%s: a second one makes spans that nobody records',
    (name) => {
      expect(versionsOf(`@opentelemetry/${name}`)).toHaveLength(1);
    },
  );

  test('names no address: packages come from the registry that the reader has', () => {
    const addresses = lockfile
      .split('\n')
      .filter((line) => /https?:\/\/|tarball:|registry/.test(line));

    expect(addresses).toEqual([]);
  });
});
