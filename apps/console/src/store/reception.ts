import type { Signal } from '../receive/otlp/messages.ts';
import type { Door } from './model.ts';

export type RefusalCode = 'malformed' | 'unsupported' | 'tooLarge';

export interface Refusal {
  readonly at: string;
  readonly path: string;
  readonly status: number;
  readonly detail: string;
}

const refusalsKept = 20;
/** Sentry names item types and discard reasons; a sender may invent more of them than we want to keep. */
const namesMax = 100;

/** Counts what came in and what was refused, before anything is stored. */
export class Reception {
  readonly #now: () => number;
  readonly #received = { traces: 0, metrics: 0, logs: 0 };
  readonly #rejected = { traces: 0, metrics: 0, logs: 0 };
  readonly #requests = { otlp: 0, sentry: 0 };
  readonly #refused = { malformed: 0, unsupported: 0, tooLarge: 0 };
  readonly #sentryItems = new Map<string, number>();
  readonly #clientReports = new Map<string, number>();
  readonly #sessions = new Map<string, number>();
  #errors = 0;
  #bytes = 0;
  #refusals: Refusal[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  countRequest(door: Door): void {
    this.#requests[door] += 1;
  }

  /** Of bodies after decompression. */
  countBytes(bytes: number): void {
    this.#bytes += bytes;
  }

  countSignal(signal: Signal, counts: { received: number; rejected: number }): void {
    this.#received[signal] += counts.received;
    this.#rejected[signal] += counts.rejected;
  }

  countError(): void {
    this.#errors += 1;
  }

  countSentryItem(type: string, quantity: number): void {
    addTo(this.#sentryItems, type, quantity);
  }

  countClientReport(name: string, quantity: number): void {
    addTo(this.#clientReports, name, quantity);
  }

  countSession(status: string, quantity: number): void {
    addTo(this.#sessions, status, quantity);
  }

  refuse(refusal: { path: string; status: number; detail: string }): void {
    this.#refused[refusalCode(refusal.status)] += 1;
    const at = new Date(this.#now()).toISOString();
    this.#refusals = [...this.#refusals, { at, ...refusal }].slice(-refusalsKept);
  }

  counts() {
    return {
      requests: { ...this.#requests },
      refused: { ...this.#refused },
      received: { ...this.#received, errors: this.#errors },
      rejected: { ...this.#rejected },
      receivedBytes: this.#bytes,
      sentry: {
        items: Object.fromEntries(this.#sentryItems),
        clientReports: Object.fromEntries(this.#clientReports),
        sessions: Object.fromEntries(this.#sessions),
      },
      lastRefusals: this.#refusals,
    };
  }
}

function refusalCode(status: number): RefusalCode {
  if (status === 413) return 'tooLarge';
  return status === 415 ? 'unsupported' : 'malformed';
}

function addTo(counts: Map<string, number>, name: string, quantity: number): void {
  const short = name.slice(0, 100);
  const key = counts.has(short) || counts.size < namesMax ? short : 'other';
  counts.set(key, (counts.get(key) ?? 0) + quantity);
}
