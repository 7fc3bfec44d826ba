import type { FastifyReply } from 'fastify';
import type { LiveChange } from './contract/status.ts';

const changesEveryMs = 500;
/** Proxies and clients take a silent connection for a dead one. */
const silenceMsMax = 15_000;
/** Bytes that a client may leave unread before it is let go. */
const unreadBytesMax = 256 * 1024;

export interface LiveFeedOptions {
  readonly revisions: () => LiveChange['revisions'];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly subscribersMax: number;
}

/** Tells subscribers by Server-Sent Events which kinds of telemetry came in; it looks only while somebody listens. */
export class LiveFeed {
  readonly #options: LiveFeedOptions;
  readonly #subscribers = new Set<FastifyReply['raw']>();
  #timer: NodeJS.Timeout | undefined;
  #told = '';
  #toldAtMs = 0;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
  }

  get subscribers(): number {
    return this.#subscribers.size;
  }

  get isFull(): boolean {
    return this.#subscribers.size >= this.#options.subscribersMax;
  }

  /** The connection is ours from here: it ends when the client leaves or `close` is called. */
  subscribe(reply: FastifyReply): void {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    this.#subscribers.add(raw);
    raw.on('close', () => this.#leave(raw));
    raw.on('error', () => this.#leave(raw));
    raw.write(`retry: 2000\n\n${this.#change()}`);
    if (this.#timer !== undefined) return;
    this.#told = JSON.stringify(this.#options.revisions());
    this.#toldAtMs = this.#options.now();
    this.#timer = setInterval(() => this.#tell(), changesEveryMs);
  }

  close(): void {
    for (const raw of this.#subscribers) raw.end();
    this.#subscribers.clear();
    this.#stop();
  }

  #tell(): void {
    const revisions = JSON.stringify(this.#options.revisions());
    const nowMs = this.#options.now();
    if (revisions !== this.#told) this.#send(this.#change());
    else if (nowMs - this.#toldAtMs >= silenceMsMax) this.#send(': still here\n\n');
    else return;
    this.#told = revisions;
    this.#toldAtMs = nowMs;
  }

  #change(): string {
    const change: LiveChange = {
      at: new Date(this.#options.now()).toISOString(),
      revisions: this.#options.revisions(),
    };
    return `event: changed\ndata: ${JSON.stringify(change)}\n\n`;
  }

  #send(text: string): void {
    for (const raw of this.#subscribers) {
      if (raw.writableLength > unreadBytesMax) raw.destroy();
      else raw.write(text);
    }
  }

  #leave(raw: FastifyReply['raw']): void {
    this.#subscribers.delete(raw);
    if (this.#subscribers.size === 0) this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
