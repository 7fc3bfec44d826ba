import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { anthropic } from './dialects/anthropic.ts';
import type { Dialect } from './dialects/dialect.ts';
import { google } from './dialects/google.ts';
import { openai } from './dialects/openai.ts';
import { xai } from './dialects/xai.ts';
import { countTokens, type ModelAnswer } from './model-answer.ts';
import {
  type HttpAnswer,
  type ModelCall,
  type ModelDialect,
  modelDialects,
  type ReplyContent,
} from './model-call.ts';

/** Decides on each request. It may be asked in any order, and must not care. */
export type AnswerModel = (call: ModelCall) => ModelAnswer;

/** A request with what was answered to it. */
export interface RecordedCall extends ModelCall {
  readonly answer: ModelAnswer;
}

export interface ModelServer extends AsyncDisposable {
  readonly url: string;
  /** What the client of each provider is given as base URL. */
  readonly baseUrls: Readonly<Record<ModelDialect, string>>;
  /** Every request that was in its provider's format, in the order of their arrival. */
  readonly calls: readonly RecordedCall[];
  /** Requests that were not, with the reason; each was answered with 400. */
  readonly misunderstood: readonly string[];
  /** Answers so from now on. */
  play(answer: AnswerModel): void;
  stop(): Promise<void>;
}

const dialects: Readonly<Record<ModelDialect, Dialect>> = { openai, anthropic, google, xai };

/**
 * Starts a server on loopback that speaks the HTTP formats of four providers of models, whole replies only:
 * OpenAI's and xAI's Responses, Anthropic's Messages, Google's generateContent, and embeddings.
 */
export async function startModelServer(answer: AnswerModel): Promise<ModelServer> {
  const calls: RecordedCall[] = [];
  const misunderstood: string[] = [];
  const asked = new Map<string, number>();
  let play = answer;

  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      misunderstood.push(`${request.method} ${request.url}: ${String(error)}`);
      if (!response.headersSent) send(response, { status: 400, body: { error: String(error) } });
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };

  return {
    url,
    baseUrls: Object.fromEntries(
      modelDialects.map((name) => [name, url + dialects[name].basePath]),
    ) as Record<ModelDialect, string>,
    calls,
    misunderstood,
    play: (next) => {
      play = next;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Whoever hangs up in the middle is no error of the server.
    response.on('error', () => {});
    const body = await json(request);
    const call = understand(request, body);
    const given = play(call);
    calls.push({ ...call, answer: given });
    if (given.kind === 'hang') return;
    if (given.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const whole = toHttp(dialects[call.provider], call, given);
    if (given.kind !== 'cut body') {
      send(response, whole);
      return;
    }
    const text = JSON.stringify(whole.body);
    response.writeHead(whole.status, { 'content-type': 'application/json' });
    response.write(text.slice(0, Math.floor(text.length / 2)), () =>
      request.socket.resetAndDestroy(),
    );
  }

  function understand(request: IncomingMessage, body: unknown): ModelCall {
    const path = request.url ?? '';
    const provider = modelDialects.find((name) => path.startsWith(`${dialects[name].basePath}/`));
    if (provider === undefined) throw new Error('no provider lives here');
    const { basePath, keyHeader, read } = dialects[provider];
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    if (!headers[keyHeader]) throw new Error(`${provider} wants its key in ${keyHeader}`);
    const call = read(path.slice(basePath.length), body);
    const same = JSON.stringify([provider, call]);
    const repetition = asked.get(same) ?? 0;
    asked.set(same, repetition + 1);
    return { ...call, provider, headers: { ...headers, [keyHeader]: '***' }, repetition };
  }
}

type Whole = Exclude<ModelAnswer, { kind: 'hang' | 'reset' }>;

function toHttp(dialect: Dialect, call: ModelCall, answer: Whole): HttpAnswer {
  switch (answer.kind) {
    case 'text':
      return dialect.reply(call, contentOf(call, answer.text, answer.usage));
    case 'json':
    case 'cut body':
      return dialect.reply(
        call,
        contentOf(call, JSON.stringify(answer.value), 'usage' in answer ? answer.usage : undefined),
      );
    case 'cut json': {
      const text = JSON.stringify(answer.value);
      const half = text.slice(0, Math.floor(text.length / 2));
      return dialect.reply(call, { ...contentOf(call, half, answer.usage), finish: 'length' });
    }
    case 'refusal': {
      const text = 'I cannot help with that.';
      return dialect.reply(call, { ...contentOf(call, text, answer.usage), finish: 'refusal' });
    }
    case 'vectors':
      if (dialect.vectors === undefined) throw new Error(`${call.provider} has no embeddings`);
      return dialect.vectors(call, answer.vectors);
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>It works!</h1>' };
    default:
      return dialect.refuse(answer.kind, answer);
  }
}

function contentOf(
  { instructions, prompt }: ModelCall,
  text: string,
  usage: ReplyContent['usage'] | undefined,
): ReplyContent {
  const counted = {
    inputTokens: countTokens(instructions + prompt),
    outputTokens: countTokens(text),
  };
  return { text, finish: 'stop', usage: usage ?? counted };
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
