import { join } from 'node:path';
import {
  configDirectory,
  type Environment,
  type EnvironmentName,
  environmentName,
  loadConfig,
} from '@aiq/config';
import { z } from 'zod';
import { findReferenceFaults, modelSettings } from './models/model-settings.ts';

const seconds = (max: number) => z.number().positive().max(max);
const count = (max: number) => z.number().int().positive().max(max);
const weight = z.number().min(0).max(1);
const sum = (values: Readonly<Record<string, number>>) =>
  Object.values(values).reduce((total, value) => total + value, 0);
const port = z.number().int().min(0).max(65_535);

/** Five fields of numbers, names, lists, ranges and steps; whether 31 February exists is the queue's matter. */
const isCron = (text: string) => /^[\d*,/a-z-]+( +[\d*,/a-z-]+){4}$/i.test(text.trim());
const isTimezone = (name: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

const settings = {
  ...modelSettings,
  generation: z.strictObject({
    batchSize: count(1_000),
    concurrency: count(32),
    callDeadlineSeconds: seconds(3_600),
    fillRoundsMax: count(100),
  }),
  retry: z.strictObject({
    attemptsMax: count(10),
    baseDelayMs: z.number().int().min(0).max(60_000),
    delayMsMax: z.number().int().min(0).max(600_000),
    retryAfterSecondsMax: z.number().min(0).max(600),
  }),
  breaker: z.strictObject({
    failuresToOpen: count(100),
    openSeconds: seconds(3_600),
    probesToClose: count(100),
  }),
  evaluation: z.strictObject({
    threshold: z.number().min(0).max(1),
    weights: z
      .strictObject({ clarity: weight, validity: weight, formatting: weight, creativity: weight })
      .refine((weights) => Math.abs(sum(weights) - 1) < 1e-9, { message: 'must add up to 1' }),
    concurrency: count(32),
  }),
  run: z.strictObject({ deadlineSeconds: seconds(86_400) }),
  deduplication: z.strictObject({
    embedder: z.string().min(1),
    threshold: z.number().min(0).max(1),
    bankPageSize: count(10_000),
    cacheDays: count(3_650),
  }),
  inventory: z.strictObject({ target: count(100_000) }),
  budget: z.strictObject({ dailyUsd: z.number().positive().max(100_000) }),
  storage: z.strictObject({ attemptsMax: count(10) }),
  lease: z
    .strictObject({ renewSeconds: seconds(600), durationSeconds: seconds(3_600) })
    .refine((lease) => lease.durationSeconds >= 3 * lease.renewSeconds, {
      path: ['durationSeconds'],
      message: 'must be at least three times renewSeconds, so that one late renewal does no harm',
    }),
  report: z.strictObject({
    attemptsMax: count(10),
    timeoutSeconds: seconds(60),
    baseDelayMs: z.number().int().min(0).max(60_000),
    outboxIntervalSeconds: seconds(3_600),
  }),
  queue: z.strictObject({
    pollSeconds: z.number().min(0.5).max(60),
    retriesMax: z.number().int().min(0).max(100),
    superviseSeconds: count(3_600),
    /** pg-boss takes no more than 45. */
    scheduleCheckSeconds: count(45),
  }),
  schedule: z.strictObject({
    /** @default true where the service is deployed, false in development and test */
    enabled: z.boolean().optional(),
    cron: z.string().refine(isCron, 'expected a cron expression of five fields, such as 0 2 * * *'),
    timezone: z.string().refine(isTimezone, 'expected a time zone of the IANA database'),
    count: count(100_000),
  }),
  /** Health and metrics of `worker`. */
  worker: z.strictObject({ port }),
  server: z.strictObject({
    host: z.string().min(1),
    /** 0 takes any free port. */
    port,
    /** How long the port stays open after SIGTERM, with readiness red. */
    drainDelayMs: z.number().int().min(0).max(10_000),
    /** Bearer token of /v1/runs; without it those routes do not exist. */
    triggerToken: z.string().min(1).optional(),
    /** Bearer token of the metrics routes; without it they are open in development and absent in production. */
    metricsToken: z.string().min(1).optional(),
  }),
  backend: z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    /** Bearer token of the backend's admin routes; without it reports stay in the outbox. */
    adminToken: z.string().min(1).optional(),
  }),
  /** Absent in development: the embedded Postgres of this checkout. */
  databaseUrl: z.string().min(1).optional(),
};

const schema = z.strictObject(settings).superRefine(checkReferences);

/** Where users are served nothing is optional that a laptop can do without. */
const deployedSchema = z
  .strictObject({ ...settings, databaseUrl: z.string().min(1) })
  .superRefine(checkReferences);

function checkReferences(
  config: Parameters<typeof findReferenceFaults>[0],
  context: z.RefinementCtx,
): void {
  for (const { path, message } of findReferenceFaults(config)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
}

type Parsed = z.output<typeof schema>;

export type Config = Omit<Parsed, 'schedule'> & {
  readonly environment: EnvironmentName;
  readonly schedule: Parsed['schedule'] & { readonly enabled: boolean };
};

/** Variables that win over the files: configuration path to names, the first that is set. */
const variables = {
  'server.host': ['HOST'],
  'server.port': ['QUESTION_SERVICE_PORT', 'PORT'],
  'server.triggerToken': ['TRIGGER_TOKEN'],
  'server.metricsToken': ['METRICS_TOKEN'],
  'worker.port': ['WORKER_PORT', 'PORT'],
  'schedule.enabled': ['SCHEDULE_ENABLED'],
  'schedule.cron': ['SCHEDULE_CRON'],
  'budget.dailyUsd': ['BUDGET_DAILY_USD'],
  'backend.url': ['BACKEND_URL'],
  'backend.adminToken': ['BACKEND_ADMIN_TOKEN'],
  databaseUrl: ['DATABASE_URL'],
  'models.providers.openai.apiKey': ['OPENAI_API_KEY'],
  'models.providers.openai.baseUrl': ['OPENAI_BASE_URL'],
  'models.providers.anthropic.apiKey': ['ANTHROPIC_API_KEY'],
  'models.providers.anthropic.baseUrl': ['ANTHROPIC_BASE_URL'],
  'models.providers.google.apiKey': ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY'],
  'models.providers.google.baseUrl': ['GOOGLE_BASE_URL'],
  'models.providers.xai.apiKey': ['XAI_API_KEY'],
  'models.providers.xai.baseUrl': ['XAI_BASE_URL'],
};

/**
 * Loads the configuration of question-service: `config/question-service/*.yaml`, the file that
 * `QUESTION_SERVICE_CONFIG` names, and the environment.
 *
 * @throws {ConfigError} invalid_configuration with everything that is wrong.
 */
export function loadServiceConfig(given: Environment = process.env): Config {
  const name = environmentName(given);
  const isProduction = name === 'production' || name === 'staging';
  const directory = join(configDirectory, 'question-service');
  const extra = given['QUESTION_SERVICE_CONFIG'];
  const config = loadConfig({
    schema: isProduction ? deployedSchema : schema,
    files: [
      { path: join(directory, 'pipeline.yaml') },
      { path: join(directory, 'models.yaml') },
      { path: join(directory, 'generators.yaml') },
      { path: join(directory, 'judges.yaml') },
      { path: join(directory, 'server.yaml') },
      ...(extra ? [{ path: extra }] : []),
    ],
    environment: isProduction ? { HOST: '0.0.0.0', ...given } : given,
    variables,
  });
  const schedule = Object.freeze({
    ...config.schedule,
    enabled: config.schedule.enabled ?? isProduction,
  });
  return Object.freeze({ ...config, schedule, environment: name });
}

/** The environment of the CLI: on a terminal only warnings are logged, unless `LOG_LEVEL` says otherwise. */
export function cliEnvironment(given: Environment = process.env): Environment {
  return { ...given, LOG_LEVEL: given['LOG_LEVEL'] || 'warn' };
}
