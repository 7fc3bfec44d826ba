import { z } from 'zod';
import { routes } from '../policy/routing.ts';
import { parseDsn } from './dsn.ts';
import { parsePairs } from './pairs.ts';

export const protocols = ['http/protobuf', 'http/json', 'grpc'] as const;

/** `key=value,key=value` with percent-encoded values, as the `OTEL_*` variables have it, or a map. */
const pairs = z.union([
  z.string().transform((text, context) => {
    const parsed = parsePairs(text);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: 'custom', message: 'pairs as in key=value,key=value' });
    return z.NEVER;
  }),
  z.record(z.string(), z.coerce.string()),
]);

/** `https://key@host/project`; http for a receiver on this machine. */
const dsn = z
  .string()
  .refine(
    (text) => parseDsn(text) !== undefined,
    'a DSN as in https://<key>@<host>/<project number>',
  );

/** An address with a place for the trace id. */
const traceUrl = z
  .string()
  .refine(
    (text) => /^https?:/.test(text) && URL.canParse(text) && text.includes('{traceId}'),
    'an http(s) URL with {traceId} in it',
  );

/** A list, or text with commas. */
const hosts = z.union([
  z.string().transform((text) =>
    text
      .split(',')
      .map((host) => host.trim())
      .filter(Boolean),
  ),
  z.array(z.string()),
]);

/** A switch, absent = on. */
const on = z.boolean().default(true);
const ratio = z.number().min(0).max(1);
const milliseconds = z.number().int().positive();

export const observabilitySchema = z
  .strictObject({
    /** Switches OpenTelemetry (not Sentry) on. @default true */
    enabled: on,
    /** `OTEL_SDK_DISABLED`: the same as `enabled: false`. @default false */
    disabled: z.boolean().default(false),
    service: z
      .strictObject({
        name: z.string().min(1).optional(),
        version: z.string().min(1).optional(),
        instanceId: z.string().min(1).optional(),
        /** What was deployed, where the platform tells. */
        revision: z.string().min(1).optional(),
      })
      .prefault({}),
    /** Further resource attributes, over the ones found. */
    resource: pairs.prefault({}),
    /** `lean`: what this library makes, with outgoing HTTP and pg. `auto`: everything there is. @default lean */
    instrumentation: z.enum(['lean', 'auto']).default('lean'),
    routing: z
      .strictObject({
        errors: z.enum(routes).default('sentry'),
        metrics: z.enum(routes).default('otel'),
        traces: z.enum(routes).default('otel'),
        logs: z.enum(routes).default('otel'),
      })
      .prefault({}),
    otel: z
      .strictObject({
        /** @default otlp */
        exporter: z.enum(['otlp', 'console', 'none']).default('otlp'),
        /** Base address; `/v1/<signal>` is added. Unset: see `developmentEndpoint`. */
        endpoint: z.url({ protocol: /^https?$/ }).optional(),
        /** What an unset endpoint means in development; elsewhere it means no export. */
        developmentEndpoint: z.url().default('http://127.0.0.1:4318'),
        protocol: z.enum(protocols).default('http/protobuf'),
        headers: pairs.prefault({}),
        compression: z.enum(['gzip', 'none']).default('gzip'),
        /** For one export, all its retries included. @default 5_000 */
        timeoutMs: milliseconds.default(5_000),
        traces: z
          .strictObject({
            enabled: on,
            /** Share of traces kept, by trace id. */ ratio: ratio.default(1),
          })
          .prefault({}),
        metrics: z
          .strictObject({ enabled: on, exportIntervalMs: milliseconds.default(60_000) })
          .prefault({}),
        logs: z.strictObject({ enabled: on }).prefault({}),
      })
      .prefault({}),
    traces: z
      .strictObject({
        /** Where a trace is shown; `{traceId}` stands for its id. @default the console's API in development, else none */
        url: traceUrl.optional(),
        /** What our services show each other; with it a caller's sampled flag holds, without it never. */
        serviceKey: z.string().min(16).optional(),
        /** Hosts (`host` or `host:port`) that get the key with each outgoing request. @default none */
        internalHosts: hosts.prefault([]),
        /** Keeps this process's spans of failed and slow traces that sampling dropped. Costs what recording costs. */
        tail: z
          .strictObject({
            enabled: z.boolean().default(false),
            slowMs: milliseconds.default(5_000),
            /** Traces watched at once, for each destination. */
            tracesMax: z.number().int().positive().default(256),
            /** Estimated bytes of the spans held, for each destination. @default 8 MiB */
            bytesMax: z
              .number()
              .int()
              .positive()
              .default(8 * 1_024 * 1_024),
          })
          .prefault({}),
      })
      .prefault({}),
    metrics: z
      .strictObject({
        /** Series a metric may have; what is beyond is folded into one. @default 2_000 */
        seriesMax: z.number().int().positive().default(2_000),
        /** Counters with few label sets are exported at 0 from the start. @default true */
        startAtZero: on,
      })
      .prefault({}),
    prometheus: z.strictObject({ enabled: on }).prefault({}),
    sentry: z
      .strictObject({
        /** Unset or empty: Sentry is off, and nothing else. */
        dsn: dsn.optional(),
        release: z.string().min(1).optional(),
        /** Share of traces that Sentry gets, by trace id, where traces are routed to it. @default 0.1 */
        tracesSampleRate: ratio.default(0.1),
      })
      .prefault({}),
    log: z
      .strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') })
      .prefault({}),
  })
  .superRefine((config, context) => {
    const { endpoint, protocol } = config.otel;
    if (protocol === 'grpc' && /(^|\.)grafana\.net$/.test(hostOf(endpoint))) {
      context.addIssue({
        code: 'custom',
        path: ['otel', 'protocol'],
        message: 'http/protobuf: Grafana Cloud takes no gRPC',
      });
    }
  });

export type ObservabilityConfig = z.output<typeof observabilitySchema>;

function hostOf(endpoint: string | undefined): string {
  return endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint).hostname : '';
}
