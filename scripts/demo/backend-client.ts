import { z } from 'zod';

const questionSchema = z.object({ id: z.string(), options: z.array(z.string()) });
const tokensSchema = z.object({ accessToken: z.string() });
const sessionSchema = z.object({ id: z.string() });
const currentSchema = z.object({ question: questionSchema });
const answeredSchema = z.object({ done: z.boolean() });
const resultSchema = z.object({
  theta: z.number(),
  standardError: z.number(),
  scaledScore: z.number(),
  itemsAnswered: z.number(),
  stopReason: z.string(),
});

export type ServedQuestion = z.output<typeof questionSchema>;
export type TestResult = z.output<typeof resultSchema>;

interface Call {
  readonly token?: string | undefined;
  readonly body?: unknown;
  /** W3C trace context: the caller chooses the trace id and can look it up afterwards. */
  readonly traceparent?: string;
}

/** Talks to the backend as any client would, over HTTP; a status outside 2xx is an error that shows the problem. */
export function createBackendClient(baseUrl: string) {
  async function send(method: string, path: string, call: Call = {}): Promise<Response> {
    return fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        ...(call.token && { authorization: `Bearer ${call.token}` }),
        ...(call.traceparent && { traceparent: call.traceparent }),
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      signal: AbortSignal.timeout(10_000),
    });
  }

  async function call<S extends z.ZodType>(
    schema: S,
    method: string,
    path: string,
    options?: Call,
  ): Promise<z.output<S>> {
    const response = await send(method, path, options);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return schema.parse(JSON.parse(text));
  }

  return {
    send,
    async register(email: string, password: string): Promise<string> {
      const body = { email, password };
      await call(z.unknown(), 'POST', '/v1/auth/register', { body });
      return (await call(tokensSchema, 'POST', '/v1/auth/login', { body })).accessToken;
    },
    async startSession(token: string, mode: 'fixed' | 'adaptive'): Promise<string> {
      const body = { mode };
      return (await call(sessionSchema, 'POST', '/v1/test-sessions', { token, body })).id;
    },
    async currentQuestion(token: string, id: string): Promise<ServedQuestion> {
      const path = `/v1/test-sessions/${id}/current-question`;
      return (await call(currentSchema, 'GET', path, { token })).question;
    },
    answer(
      token: string,
      id: string,
      response: { questionId: string; optionIndex: number },
      traceparent?: string,
    ) {
      const path = `/v1/test-sessions/${id}/responses`;
      return call(answeredSchema, 'POST', path, {
        token,
        body: response,
        ...(traceparent && { traceparent }),
      });
    },
    result: (token: string, id: string) =>
      call(resultSchema, 'GET', `/v1/test-sessions/${id}/result`, { token }),
  };
}

export type BackendClient = ReturnType<typeof createBackendClient>;
