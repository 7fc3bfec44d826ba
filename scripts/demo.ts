import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createSeededRandom } from '@aiq/backend/random';
import { z } from 'zod';
import { createBackendClient } from './demo/backend-client.ts';
import { createConsoleClient } from './demo/console-client.ts';
import { defaultStateDirectory } from './demo/demo.config.ts';
import { createDependencies } from './demo/dependencies.ts';
import { formatTrace } from './demo/format-trace.ts';
import { takeTest } from './demo/take-test.ts';
import { createState } from './dev/state.ts';

const help = `Shows the running platform at work: simulated test takers of known ability take adaptive tests over HTTP;
then one request's trace and one deliberate error are read back from the console.

Usage: npx pnpm@12 demo [options]

  --takers <n>         how many test takers, 1 to 100 (default: 7)
  --seed <n>           repeats the same answers (default: drawn at random)
  --state <directory>  the platform's --state (default: .dev)
  --help               this text

Examples:
  npx pnpm@12 demo
  npx pnpm@12 demo --takers 20 --seed 7`;

const flagsSchema = z.object({
  takers: z.coerce.number().int().min(1).max(100).default(7),
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional(),
  state: z.string().default(defaultStateDirectory),
  help: z.boolean().default(false),
});

process.exitCode = await main();

async function main(): Promise<number> {
  const flags = parseFlags();
  if (typeof flags === 'string') {
    console.error(`${flags}\n\n${help}`);
    return 3;
  }
  if (flags.help) {
    console.log(help);
    return 0;
  }
  const state = createState(flags.state);
  const addresses = state.readAddresses();
  const running = state.readEnvironment();
  if (!addresses || !running) {
    console.error('No platform is running here. Start one in another terminal: npx pnpm@12 dev');
    return 2;
  }
  const seed = flags.seed ?? randomBytes(4).readUInt32BE();
  const dependencies = createDependencies(running.databaseUrls.admin);
  try {
    const client = createBackendClient(addresses.backend);
    const viewer = createConsoleClient(addresses.console);
    const traceId = await showTakers({
      client,
      keys: dependencies.keys,
      takers: flags.takers,
      seed,
    });
    await showTrace(viewer, traceId);
    await showError(client, viewer, running.environment['BACKEND_ADMIN_TOKEN'] ?? '');
    return 0;
  } catch (error) {
    console.error(`The demo failed: ${(error as Error).message}`);
    return 1;
  } finally {
    await dependencies.close();
  }
}

function parseFlags(): z.output<typeof flagsSchema> | string {
  try {
    const options = {
      takers: { type: 'string' },
      seed: { type: 'string' },
      state: { type: 'string' },
      help: { type: 'boolean' },
    } as const;
    const parsed = flagsSchema.safeParse(parseArgs({ options }).values);
    if (parsed.success) return parsed.data;
    return parsed.error.issues
      .map((issue) => `--${issue.path.join('.')}: ${issue.message}`)
      .join('\n');
  } catch (error) {
    return (error as Error).message;
  }
}

/** Abilities spread evenly over [-1.5, 1.5]; returns the trace id of one answer of the last taker. */
async function showTakers(options: {
  client: ReturnType<typeof createBackendClient>;
  keys: ReturnType<typeof createDependencies>['keys'];
  takers: number;
  seed: number;
}): Promise<string> {
  const { client, keys, takers, seed } = options;
  const traceId = randomBytes(16).toString('hex');
  console.log(`${takers} test takers of known ability take an adaptive test (seed ${seed}):\n`);
  console.log('  given   recovered ± error   off by   score   items   stopped by');
  let squares = 0;
  for (let index = 0; index < takers; index += 1) {
    const theta = takers === 1 ? 0 : -1.5 + (3 * index) / (takers - 1);
    const result = await takeTest({
      client,
      keys,
      taker: { theta, random: createSeededRandom(seed + index) },
      email: `taker-${randomBytes(6).toString('hex')}@example.com`,
      password: randomBytes(12).toString('hex'),
      traceparentFor: (position) =>
        index === takers - 1 && position === 3
          ? `00-${traceId}-${randomBytes(8).toString('hex')}-01`
          : undefined,
    });
    const off = result.theta - theta;
    squares += off * off;
    const cells = [
      theta.toFixed(2).padStart(7),
      `${result.theta.toFixed(2).padStart(9)} ± ${result.standardError.toFixed(2)}`.padEnd(18),
      off.toFixed(2).padStart(8),
      result.scaledScore.toFixed(0).padStart(7),
      String(result.itemsAnswered).padStart(7),
      result.stopReason,
    ];
    console.log(cells.join('  '));
  }
  console.log(`\n  root mean square error ${Math.sqrt(squares / takers).toFixed(2)}\n`);
  return traceId;
}

async function showTrace(
  viewer: ReturnType<typeof createConsoleClient>,
  traceId: string,
): Promise<void> {
  const tree = await viewer.trace(traceId, 2);
  console.log(`One answer, as the console received it (trace ${traceId}):\n`);
  console.log(`${formatTrace(tree).join('\n')}\n`);
}

async function showError(
  client: ReturnType<typeof createBackendClient>,
  viewer: ReturnType<typeof createConsoleClient>,
  adminToken: string,
): Promise<void> {
  const path = '/v1/admin/diagnostics/error';
  const response = await client.send('POST', path, { token: adminToken });
  const problem = z.object({ traceId: z.string() }).parse(await response.json());
  const error = await viewer.errorOf(problem.traceId);
  console.log(
    `One deliberate error: the client got ${response.status} with trace ${problem.traceId};`,
  );
  const [exception] = error?.exceptions ?? [];
  console.log(
    `the console holds event ${error?.eventId} (${exception?.type}: ${exception?.value}) with the same trace id.`,
  );
}
