import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { pagePaths } from '../../src/page/page-paths.ts';
import { test } from '../running-console.ts';

/** Of all that the first view loads, gzipped. */
const bytesMax = 300_000;
const dist = join(import.meta.dirname, '../../page/dist');
const page = readFileSync(join(dist, 'index.html'), 'utf8');
const assets = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);

test('every view has an address, and what lies below it too', async ({ console: { port } }) => {
  for (const path of [...pagePaths, '/traces/abc', '/errors/a%2Fb?event=1']) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);

    expect(response.status, path).toBe(200);
    expect(await response.text(), path).toBe(page);
  }
});

test('the policy allows nothing inline and nothing of another origin', async ({
  console: { port },
}) => {
  const { headers } = await fetch(`http://127.0.0.1:${port}/`);
  const policy = headers.get('content-security-policy') ?? '';

  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
  expect(page).not.toMatch(/<style|style=|<script(?![^>]+src=)/);
  expect(headers.get('cache-control')).toBe('no-cache');
});

test('hashed files are kept for ever, and are smaller than the budget in sum', async ({
  console: { port },
}) => {
  let bytes = 0;
  for (const path of assets) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);

    expect(response.headers.get('cache-control'), path).toContain('immutable');
    bytes += gzipSync(new Uint8Array(await response.arrayBuffer())).byteLength;
  }
  expect(assets.length).toBeGreaterThanOrEqual(2);
  expect(bytes).toBeLessThan(bytesMax);
});

test('nothing but files of the page is given', async ({ console: { port } }) => {
  for (const file of [
    'nothing.js',
    '..%2Ficon.svg',
    '..%2Findex.html',
    '..%2F..%2Fpackage.json',
    '.env.js',
  ]) {
    const response = await fetch(`http://127.0.0.1:${port}/assets/${file}`);

    expect(response.status, file).toBe(404);
  }
});
