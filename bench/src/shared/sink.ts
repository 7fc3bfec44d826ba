import { startChild } from './child.ts';

/** Where all telemetry of the benchmarks goes: read, said yes to, and thrown away. */
export interface Sink {
  readonly httpUrl: string;
  readonly grpcUrl: string;
  /** Takes Sentry's envelopes. */
  readonly dsn: string;
  stop(): Promise<void>;
}

export async function startSink(core?: number): Promise<Sink> {
  const child = startChild({
    program: 'shared/sink-program.ts',
    ...(core === undefined ? {} : { core }),
  });
  const { httpPort, grpcPort } = await child.next<{ httpPort: number; grpcPort: number }>();
  return {
    httpUrl: `http://127.0.0.1:${httpPort}`,
    grpcUrl: `http://127.0.0.1:${grpcPort}`,
    dsn: `http://0123456789abcdef0123456789abcdef@127.0.0.1:${httpPort}/1`,
    stop: () => child.stop(),
  };
}
