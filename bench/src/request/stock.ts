import { FastifyOtelInstrumentation } from '@fastify/otel';
import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { NodeSDK } from '@opentelemetry/sdk-node';
import * as Sentry from '@sentry/node';
import { readServerArguments } from './server-arguments.ts';

/**
 * What their own guides say, with nothing tuned: Sentry for errors with its default integrations, the Node SDK with
 * every automatic instrumentation, Fastify's own. The exporters are what the environment names.
 */
const { dsn } = readServerArguments();

Sentry.init({
  dsn,
  // Two instrumentations of Fastify cannot be in one process: "The decorator 'opentelemetry' has already been added".
  integrations: (defaults) => defaults.filter(({ name }) => name !== 'Fastify'),
});

new NodeSDK({
  instrumentations: [
    getNodeAutoInstrumentations(),
    new FastifyOtelInstrumentation({ registerOnInitialization: true }) as never,
  ],
}).start();
