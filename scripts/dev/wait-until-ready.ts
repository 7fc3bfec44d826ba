import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from './service.ts';

/** Waits until every service answers its health check, has crashed, or the time is over; returns those not ready. */
export async function waitUntilReady(
  services: readonly Service[],
  { stop, timeoutMs }: { stop: AbortSignal; timeoutMs: number },
): Promise<Service[]> {
  const deadline = Date.now() + timeoutMs;
  const ready = await Promise.all(
    services.map(async (service) => {
      while (!stop.aborted && !service.hasCrashed() && Date.now() < deadline) {
        if (await answers(service)) return true;
        await sleep(50);
      }
      return false;
    }),
  );
  return services.filter((_service, index) => !ready[index]);
}

async function answers({ name, url }: Service): Promise<boolean> {
  const path = name === 'console' ? '/health/live' : '/health/ready';
  try {
    return (await fetch(`${url}${path}`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // not listening yet
  }
}
