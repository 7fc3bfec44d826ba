import { randomBytes } from 'node:crypto';
import { createBackendClient, type TestResult } from '../../scripts/demo/backend-client.ts';

/** Takes one test session over HTTP, always choosing the first option; `traceparentFor` may pick a request's trace. */
export async function takeSession(
  baseUrl: string,
  mode: 'fixed' | 'adaptive',
  traceparentFor: (position: number) => string | undefined = () => undefined,
): Promise<TestResult> {
  const client = createBackendClient(baseUrl);
  const email = `system-${randomBytes(6).toString('hex')}@example.com`;
  const token = await client.register(email, randomBytes(12).toString('hex'));
  const session = await client.startSession(token, mode);
  for (let position = 1; position <= 100; position += 1) {
    const { id } = await client.currentQuestion(token, session);
    const response = { questionId: id, optionIndex: 0 };
    const { done } = await client.answer(token, session, response, traceparentFor(position));
    if (done) return client.result(token, session);
  }
  throw new Error('the session did not end within 100 answers');
}
