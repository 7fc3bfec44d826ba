import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Platform, startPlatform } from './platform/start-platform.ts';
import { repositoryRoot, screenshotDirectory } from './platform/system.config.ts';
import { hasSystemTool } from './platform/system-tool.ts';
import { takeSession } from './platform/take-session.ts';

const canLook = hasSystemTool('chromium');
const waitMs = 20_000;

let platform: Platform;
let browser: Browser;
let page: Page;
/** Requests that left this machine, and what the browser complained about. */
const foreign: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  if (!canLook) return;
  platform = await startPlatform();
  const executablePath = execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(waitMs);
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== platform.addresses.console) foreign.push(request.url());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    // A trace may be asked for before its spans are here.
    const isAbsence = message.text().includes('status of 404');
    if (message.type() === 'error' && !isAbsence) complaints.push(message.text());
  });
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

describe.runIf(canLook)('the console in a browser', () => {
  test('its overview moves while test takers are at work', async () => {
    await page.goto(platform.addresses.console);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();

    await takeSession(platform.addresses.backend, 'fixed');

    await page.getByRole('link', { name: 'aiq-backend', exact: true }).waitFor();
    await page.getByText('POST /v1/test-sessions').first().waitFor();
  });

  test('a request is found, opened as a waterfall, and still there after a reload', async () => {
    await page.goto(`${platform.addresses.console}/traces`);
    await page
      .locator('a[href^="/traces/"]', { hasText: 'POST /v1/test-sessions/:sessionId/responses' })
      .first()
      .click();
    await page.waitForURL(/\/traces\/[0-9a-f]{32}/);
    await page
      .getByText(/INSERT responses/)
      .first()
      .waitFor();

    await page.reload();

    await page
      .getByText(/INSERT responses/)
      .first()
      .waitFor();
  });

  test('an error leads to its trace', async () => {
    const adminToken = platform.environment.environment['BACKEND_ADMIN_TOKEN'];
    await fetch(`${platform.addresses.backend}/v1/admin/diagnostics/error`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}` },
    });
    await page.goto(`${platform.addresses.console}/errors`);

    await page
      .getByRole('link', { name: /DeliberateError/ })
      .first()
      .click();
    await page.locator('a[href^="/traces/"]').first().click();

    await page.getByText('POST /v1/admin/diagnostics/error').first().waitFor();
  });

  test('an exemplar opens the trace of a request, which leads to its log lines and to its error', async () => {
    const route = encodeURIComponent('http.route=/v1/admin/diagnostics/error');
    await page.goto(
      `${platform.addresses.console}/metrics?name=http.server.request.duration&label=${route}`,
    );
    await page.locator('a.exemplar').first().click();
    await page.waitForURL(/\/traces\/[0-9a-f]{32}/);
    await page
      .getByRole('heading', { level: 1, name: 'POST /v1/admin/diagnostics/error' })
      .waitFor();

    await page
      .getByRole('link', { name: /log lines/ })
      .first()
      .click();
    await page.getByText('request completed').first().waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'its error' }).first().click();
    await page.getByText('DeliberateError').first().waitFor();

    expect(page.url()).toMatch(/\/errors\//);
  });

  test.each(['dark', 'light'] as const)('it can be looked at in %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    const colours = new Set<string>();
    for (const [name, path, sign] of [
      ['overview', '/', 'Services'],
      ['metrics', '/metrics?name=http.server.request.duration&by=http.route', 'Dots are exemplars'],
      ['runs', '/runs', 'succeeded'],
    ] as const) {
      await page.goto(platform.addresses.console + path);
      await page.getByText(sign).first().waitFor();
      colours.add(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor'));
      await shoot(`${name}-${scheme}`);
    }
    await page.goto(`${platform.addresses.console}/traces?name=responses`);
    await page.locator('a[href^="/traces/"]').first().click();
    await page
      .getByText(/INSERT responses/)
      .first()
      .waitFor();
    await shoot(`trace-${scheme}`);

    expect([...colours]).toHaveLength(1);
    const [red = 0] = /\d+/.exec([...colours][0] ?? '')?.map(Number) ?? [];
    expect(red < 128 ? 'dark' : 'light').toBe(scheme);
  });

  test('what was received is text, whatever it says', async () => {
    const hostile = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
    const traceId = '0123456789abcdef0123456789abcdef';
    const nowNanos = `${Date.now()}000000`;
    const span = {
      traceId,
      spanId: '0123456789abcdef',
      name: hostile,
      kind: 2,
      startTimeUnixNano: nowNanos,
      endTimeUnixNano: `${Date.now() + 5}000000`,
      attributes: [{ key: hostile, value: { stringValue: hostile } }],
    };
    const answer = await fetch(`${platform.addresses.console}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
    });
    expect(answer.status).toBe(200);

    await page.goto(`${platform.addresses.console}/traces/${traceId}`);

    await page.getByText('<img src=x').first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  test('the keyboard goes to every view', async () => {
    await page.goto(platform.addresses.console);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    for (const [key, path] of [
      ['t', '/traces'],
      ['m', '/metrics'],
      ['l', '/logs'],
      ['e', '/errors'],
    ] as const) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.waitForURL(`**${path}`);
    }
  });

  test('nothing was asked of anywhere else, and nothing was complained about', () => {
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

async function shoot(name: string): Promise<void> {
  const directory = screenshotDirectory();
  if (directory === undefined) return;
  await page.screenshot({ path: join(repositoryRoot, directory, `${name}.png`) });
}
