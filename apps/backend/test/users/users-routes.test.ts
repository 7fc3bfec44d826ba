import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { password, registerTaker } from '../testing/test-taker.ts';

let running: TestApp;

beforeAll(async () => {
  running = await startTestApp();
});
afterAll(() => running.close());

describe('/v1/users/me', () => {
  test('is the user, without anything of the password', async () => {
    const taker = await registerTaker(running.app);

    const response = await taker.send('GET', '/v1/users/me');

    expect(response.json()).toEqual({
      id: taker.id,
      email: taker.email,
      displayName: null,
      createdAt: expect.any(String),
    });
  });

  test('changes its display name and can lose it', async () => {
    const taker = await registerTaker(running.app);

    const named = await taker.send('PATCH', '/v1/users/me', { displayName: 'Ada' });
    const unnamed = await taker.send('PATCH', '/v1/users/me', { displayName: null });

    expect(named.json().displayName).toBe('Ada');
    expect(unnamed.json().displayName).toBeNull();
  });

  test('does not change what it may not', async () => {
    const taker = await registerTaker(running.app);

    const response = await taker.send('PATCH', '/v1/users/me', { email: 'other@example.org' });

    expect(response.json()).toMatchObject({ status: 400, code: 'validation_failed' });
  });

  test('changes its password: the new one counts, the old one no more', async () => {
    const taker = await registerTaker(running.app);
    const newPassword = 'another four words together';
    const logIn = (given: string) =>
      running.app.inject({
        method: 'POST',
        url: '/v1/auth/login',
        payload: { email: taker.email, password: given },
      });

    const changed = await taker.send('POST', '/v1/users/me/password', {
      currentPassword: password,
      newPassword,
    });

    expect(changed.json()).toMatchObject({ tokenType: 'Bearer', user: { id: taker.id } });
    expect((await logIn(password)).statusCode).toBe(401);
    expect((await logIn(newPassword)).statusCode).toBe(200);
  });

  test('keeps its password where the current one is wrong, or the new one too easily guessed', async () => {
    const taker = await registerTaker(running.app);
    const change = (currentPassword: string, newPassword: string) =>
      taker.send('POST', '/v1/users/me/password', { currentPassword, newPassword });

    const wrong = await change('not the password', 'another four words together');
    const common = await change(password, 'passwordpassword');
    const own = await change(password, taker.email);

    const path = 'body.newPassword';
    expect(wrong.json()).toMatchObject({ status: 403, code: 'wrong_password' });
    expect(common.json()).toMatchObject({ code: 'validation_failed', errors: [{ path }] });
    expect(own.json()).toMatchObject({ code: 'validation_failed', errors: [{ path }] });
    expect((await taker.send('GET', '/v1/users/me')).statusCode).toBe(200);
  });

  test.for([
    ['GET', '/v1/users/me'],
    ['PATCH', '/v1/users/me'],
    ['DELETE', '/v1/users/me'],
    ['POST', '/v1/users/me/password'],
  ] as const)('asks %s %s for an access token', async ([method, url]) => {
    const response = await running.app.inject({ method, url });

    expect(response.json()).toMatchObject({ status: 401, code: 'unauthorized' });
  });
});
