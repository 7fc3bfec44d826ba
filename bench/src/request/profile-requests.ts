import { startChild } from '../shared/child.ts';
import { startSink } from '../shared/sink.ts';
import { startBank } from './bank.ts';
import { burst, otherCore, type Server, startServer } from './measure-requests.ts';
import { prepareTakers } from './prepare-takers.ts';
import type { SelfTimes } from './sampled-profile.ts';
import { type RouteName, routes, type Variant } from './variant.ts';

export interface RequestProfile {
  readonly requests: number;
  /** Microseconds of self time a request, by function. */
  readonly microseconds: SelfTimes;
}

/** Samples where the time of a saturated server goes. */
export async function profileRequests(options: {
  readonly route: RouteName;
  readonly variant: Variant;
  readonly seconds: number;
}): Promise<RequestProfile> {
  const { route, variant, seconds } = options;
  const sink = await startSink(otherCore);
  const load = startChild({ program: 'request/load-program.ts', core: otherCore });
  const bank = routes[route].usesDatabase ? await startBank() : undefined;
  let server: Server | undefined;
  try {
    await load.next();
    server = await startServer(variant, sink, bank?.url);
    const takers = bank === undefined ? [] : await prepareTakers(server.url, 64);
    const order = { source: { route, takers }, origin: server.url, connections: 16 };
    await burst(server, load, { ...order, seconds: 3 });
    await server.child.ask({ profile: 'start' });
    const { requests } = await burst(server, load, { ...order, seconds });
    const times = await server.child.ask<SelfTimes>({ profile: 'stop' });
    const microseconds = Object.fromEntries(
      Object.entries(times).map(([name, time]) => [name, time / requests]),
    );
    return { requests, microseconds };
  } finally {
    await Promise.all([sink.stop(), load.stop(), server?.child.stop(), bank?.stop()]);
  }
}
