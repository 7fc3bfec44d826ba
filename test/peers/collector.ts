import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from '@aiq/testing';
import { findBuiltTool } from '../platform/system-tool.ts';

export const otelcol = findBuiltTool('OTELCOL_BIN');

export type Collector = Awaited<ReturnType<typeof startCollector>>;

/** A real OpenTelemetry Collector on free ports, which hands on all that it accepts. */
export async function startCollector({ forwardTo }: { readonly forwardTo: string }) {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-otelcol-'));
  const path = join(directory, 'otelcol.yaml');
  const pipeline = { receivers: ['otlp'], exporters: ['otlp_http'] };
  const loopback = { endpoint: '127.0.0.1:0' };
  const config = {
    receivers: { otlp: { protocols: { grpc: loopback, http: loopback } } },
    exporters: {
      otlp_http: {
        endpoint: forwardTo,
        sending_queue: { enabled: false },
        keepalive: { enabled: false },
      },
    },
    service: {
      telemetry: { metrics: { level: 'none' }, logs: { encoding: 'json' } },
      pipelines: { traces: pipeline, metrics: pipeline, logs: pipeline },
    },
  };
  // JSON is YAML.
  writeFileSync(path, JSON.stringify(config));
  const program = await startProgram(otelcol.path(), ['--config', path]);
  const addressOf = async (server: 'GRPC' | 'HTTP'): Promise<string> => {
    const line = new RegExp(`Starting ${server} server.*"endpoint":"([^"]+)"`);
    return `http://${(await program.waitForLine(line))[1]}`;
  };
  const [grpcUrl, httpUrl] = [await addressOf('GRPC'), await addressOf('HTTP')];
  await program.waitForLine(/Everything is ready/);

  return {
    httpUrl,
    grpcUrl,
    /** What it complained of. */
    complaints: (): string[] =>
      program.stderr.split('\n').filter((line) => /"level":"(warn|error)"/.test(line)),
    async stop(): Promise<void> {
      await program.stop('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
