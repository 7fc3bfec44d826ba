import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker } from '../testing/test-taker.ts';

let running: TestApp;

beforeAll(async () => {
  running = await startTestApp({
    change: (config) => ({
      ...config,
      auth: {
        ...config.auth,
        loginThrottle: { ...config.auth.loginThrottle, failuresPerAccount: 100 },
      },
    }),
  });
});
afterAll(() => running.close());

test('a login takes as long for an unknown user as for a wrong password', async () => {
  const { email } = await registerTaker(running.app);
  const timeOf = async (address: string) => {
    const startedAt = performance.now();
    const response = await running.app.inject({
      method: 'POST',
      url: '/v1/auth/login',
      payload: { email: address, password: 'not the password' },
    });
    expect(response.statusCode).toBe(401);
    return performance.now() - startedAt;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    known.push(await timeOf(email));
    unknown.push(await timeOf(`nobody-${round}@example.org`));
  }

  const ratio = median(unknown) / median(known);

  // Without the hash of nobody's password it would be a tenth.
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
