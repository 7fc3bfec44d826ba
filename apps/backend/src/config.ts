import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  configDirectory,
  type Environment,
  type EnvironmentName,
  environmentName,
  loadConfig,
} from '@aiq/config';
import { z } from 'zod';
import { type AdminKey, adminKeysSchema } from './admin/admin-keys.ts';
import type { DifficultyLevel, QuestionType } from './questions/question.ts';

export type BackendConfig = Readonly<ReturnType<typeof loadBackendConfig>>;

const variables = {
  'http.port': ['BACKEND_PORT', 'PORT'],
  'http.host': ['HOST'],
  'database.url': ['DATABASE_URL'],
  'auth.tokenSecret': ['AUTH_TOKEN_SECRET'],
  'admin.token': ['BACKEND_ADMIN_TOKEN'],
  'admin.keys': ['BACKEND_ADMIN_KEYS'],
  'metrics.token': ['METRICS_TOKEN'],
} as const;

/**
 * Loads the backend's configuration: config/backend/default.yaml, variables over it.
 *
 * Where the backend is deployed (staging, production) the database and the token secret are required;
 * on a laptop the database is the embedded one and the secret is drawn at each start.
 *
 * @throws {ConfigError} invalid_configuration with all problems at once.
 */
export function loadBackendConfig(environment: Environment = process.env) {
  const name = environmentName(environment);
  const loaded = loadConfig({
    schema: backendConfigSchema(name),
    files: [{ path: join(configDirectory, 'backend', 'default.yaml') }],
    environment,
    variables,
  });
  return {
    ...loaded,
    environment: name,
    auth: {
      ...loaded.auth,
      tokenSecret: loaded.auth.tokenSecret ?? randomBytes(32).toString('base64url'),
    },
    admin: { keys: toAdminKeys(loaded.admin) },
    metrics: { ...loaded.metrics, required: isDeployed(name) },
  };
}

function isDefault({ name }: AdminKey): boolean {
  return name === 'default';
}

function toAdminKeys(admin: {
  readonly token?: string | undefined;
  readonly keys?: readonly AdminKey[] | undefined;
}): readonly AdminKey[] {
  const { token, keys = [] } = admin;
  return token === undefined ? keys : [{ name: 'default', token }, ...keys];
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}

function isDeployed(name: EnvironmentName): boolean {
  return name === 'production' || name === 'staging';
}

/** Shorter than what `runMain` gives a service to stop, requests in flight included. */
const drainMilliseconds = z.int().min(0).max(10_000);
const weight = z.int().min(0).max(1000).default(1);
const oneAboveZero = (weights: Readonly<Record<string, number>>): boolean =>
  Object.values(weights).some((value) => value > 0);
const noneAboveZero = 'expected one weight above 0 at least';
/** Relative weights. */
const typeWeights = z
  .strictObject({
    pattern: weight,
    logic: weight,
    spatial: weight,
    math: weight,
    verbal: weight,
    memory: weight,
  } satisfies Record<QuestionType, typeof weight>)
  .refine(oneAboveZero, noneAboveZero);
const difficultyMix = z
  .strictObject({ easy: weight, medium: weight, hard: weight } satisfies Record<
    DifficultyLevel,
    typeof weight
  >)
  .refine(oneAboveZero, noneAboveZero);
/** `https://app.example.org,https://example.org`: each exactly as browsers send it, and no wildcard. */
const originsSchema = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .pipe(z.array(z.string().refine(isOrigin, 'expected an origin such as https://app.example.org')));
const positiveMilliseconds = z.int().min(1).max(600_000);

export function backendConfigSchema(name: EnvironmentName) {
  const deployed = isDeployed(name);
  const tokenSecret = z.string().min(32);
  const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ });
  const token = z.string().min(deployed ? 16 : 1);

  return z.strictObject({
    http: z.strictObject({
      host: z.string().default(deployed ? '0.0.0.0' : '127.0.0.1'),
      /** 0 lets the system choose a free one. */
      port: z.int().min(0).max(65_535).default(8000),
      bodyLimitBytes: z.int().min(1024).max(1_048_576).default(65_536),
      connectionTimeoutMs: positiveMilliseconds.default(20_000),
      requestTimeoutMs: positiveMilliseconds.default(15_000),
      keepAliveTimeoutMs: positiveMilliseconds.default(72_000),
      drainDelayMs: drainMilliseconds.default(0),
      trustedProxyHops: z.int().min(0).max(10).default(0),
    }),
    database: z.strictObject({
      /** Absent on a laptop: the embedded server is used. */
      url: deployed ? databaseUrl : databaseUrl.optional(),
      poolMax: z.int().min(1).max(200).default(10),
      statementTimeoutMs: positiveMilliseconds.default(5000),
      connectionTimeoutMs: positiveMilliseconds.default(3000),
    }),
    auth: z.strictObject({
      /** Signs access tokens (HS256). Every instance needs the same one. */
      tokenSecret: deployed ? tokenSecret : tokenSecret.optional(),
      accessTokenSeconds: z.int().min(30).max(86_400).default(900),
      refreshTokenSeconds: z.int().min(60).max(31_536_000).default(2_592_000),
      /** Time in which a spent refresh token is answered again, while its successor is unused. */
      refreshReuseSeconds: z.int().min(0).max(300).default(30),
      /** How old a login may be for what cannot be undone. */
      freshLoginSeconds: z.int().min(30).max(86_400).default(300),
      passwordHashing: z
        .strictObject({
          /** Each takes 19 MiB and a thread. */
          hashesAtOnce: z.int().min(1).max(64).default(2),
          hashesWaiting: z.int().min(0).max(10_000).default(64),
        })
        .prefault({}),
      /** Failed logins without a delay; each further one doubles it, from a second to the most. */
      loginThrottle: z
        .strictObject({
          failuresPerAccount: z.int().min(2).max(100).default(5),
          failuresPerAddress: z.int().min(2).max(100_000).default(100),
          delaySecondsMax: z.int().min(1).max(86_400).default(900),
        })
        .prefault({}),
    }),
    admin: z
      .strictObject({
        /** Bearer of /v1/admin, named `default`; those routes answer 404 without any. */
        token: token.optional(),
        /** More of them, each with a name: for a service of its own, or while one is exchanged. */
        keys: adminKeysSchema(deployed ? 16 : 1).optional(),
      })
      .refine(({ token: unnamed, keys = [] }) => !(unnamed && keys.some(isDefault)), {
        path: ['keys'],
        message: 'expected no key named default beside BACKEND_ADMIN_TOKEN, which has that name',
      })
      .prefault({}),
    metrics: z
      .strictObject({
        /** Bearer of /metrics; where the backend is deployed they answer 404 without one. */
        token: token.optional(),
      })
      .prefault({}),
    cors: z
      .strictObject({
        /** Origins of web pages that may call the API, separated by commas; none where absent. */
        origins: originsSchema.optional(),
      })
      .prefault({}),
    rateLimits: z.strictObject({
      /** Logins, refreshes and logouts of an address. */
      authPerMinute: z.int().min(1).default(300),
      /** Registrations from an address. */
      registrationsPerHour: z.int().min(1).default(300),
      /** Requests of a user that write. */
      userPerMinute: z.int().min(1).default(300),
      /** Reads of the metrics, by an address from an instance. */
      metricsPerMinute: z.int().min(1).default(60),
    }),
    testSessions: z.strictObject({
      durationSecondsMax: z.int().min(60).max(604_800).default(7200),
      retakeAfterSeconds: z.int().min(0).max(31_536_000).default(0),
      itemPoolSecondsMax: z.number().min(0).max(3600).default(30),
      typeWeights,
      fixed: z.strictObject({
        items: z.int().min(1).max(100).default(18),
        difficultyMix,
      }),
      adaptive: z
        .strictObject({
          standardErrorTarget: z.number().min(0.1).max(1).default(0.4),
          itemsMin: z.int().min(1).max(100).default(10),
          itemsMax: z.int().min(1).max(100).default(30),
          randomesqueK: z.int().min(1).max(100).default(10),
        })
        .refine(({ itemsMin, itemsMax }) => itemsMin <= itemsMax, {
          path: ['itemsMin'],
          message: 'expected itemsMax at most',
        }),
    }),
    inventory: z
      .strictObject({
        /** Active questions that each of the 18 strata is to have. */
        target: z.int().min(1).max(1_000_000).default(100),
        /** A stratum with fewer is low. */
        low: z.int().min(1).max(1_000_000).default(50),
      })
      .refine(({ low, target }) => low <= target, {
        path: ['low'],
        message: 'expected the target at most',
      }),
    calibration: z.strictObject({
      /** Responses an item needs before its parameters are believed. */
      responsesMin: z.int().min(30).max(100_000).default(200),
      /** Items a calibration must have in common with those before it. */
      anchorsMin: z.int().min(2).max(10_000).default(10),
    }),
  });
}
