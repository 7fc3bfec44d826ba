import type { FastifyInstance } from 'fastify';
import { isStopping } from '../../internals.ts';
import type { Observability, ObservabilityHealth } from '../../observability.ts';

/** Resolves where the dependency can serve; throws or hangs where it cannot. */
export type ReadinessCheck = () => Promise<unknown>;

const checkTimeoutMs = 2_000;
/** Hidden from the OpenAPI document. */
const hidden = { schema: { hide: true } as object };

/**
 * `GET /health/live` says that the process answers, `GET /health/ready` that its dependencies do, and that
 * `runMain` was not told to stop.
 */
export function addHealthRoutes(
  app: FastifyInstance,
  observability: Pick<Observability, 'logger' | 'health'>,
  checks: Readonly<Record<string, ReadinessCheck>>,
): void {
  app.get('/health/live', hidden, async () => ({ status: 'ok' }));

  app.get('/health/ready', hidden, async (_request, reply) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        const failure = await runCheck(check);
        if (failure !== undefined) {
          observability.logger.warn('readiness check failed', { check: name, reason: failure });
        }
        return [name, failure === undefined ? 'ok' : 'failed'] as const;
      }),
    );
    // Asked last: a signal may have come while the checks ran.
    const stops = isStopping(observability);
    const ready = !stops && results.every(([, result]) => result === 'ok');
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    return {
      status: ready ? 'ok' : stops ? 'stopping' : 'unavailable',
      checks: Object.fromEntries(results),
      // Told, and never a reason to take a service out of rotation.
      telemetry: tellHealth(observability.health()),
    };
  });
}

/** Numbers alone: an error's words may name hosts, and this route is public. */
function tellHealth({ status, signals, refused, overflowed }: ObservabilityHealth) {
  const told = Object.entries(signals).map(([name, signal]) => {
    const { lastError: _private, ...numbers } = signal;
    return [name, numbers] as const;
  });
  return { status, signals: Object.fromEntries(told), refused, overflowed };
}

async function runCheck(check: ReadinessCheck): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${checkTimeoutMs} ms`)),
      checkTimeoutMs,
    );
  });
  try {
    await Promise.race([check(), late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
