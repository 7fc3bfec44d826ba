import { parseArgs, styleText } from 'node:util';
import { z } from 'zod';
import { nodeSchema } from './demo/console-client.ts';
import { defaultStateDirectory } from './demo/demo.config.ts';
import { formatTrace, printable } from './demo/format-trace.ts';
import { loadDevVariables } from './dev/dev.config.ts';
import { createState } from './dev/state.ts';

const help = `Prints a trace as the console received it: its spans as a tree, with the errors of each.

Usage: npx pnpm@12 trace <trace id> [options]

  --json               the console's answer as JSON, with attributes, events and logs
  --state <directory>  the platform's --state (default: .dev)
  --console <url>      the console's address (default: what the platform wrote down, or else CONSOLE_PORT)
  --help               this text

Exits with 0, 1 where the console has no such trace, 2 where no console answers, 3 for a wrong argument.

Examples:
  npx pnpm@12 trace 0af7651916cd43dd8448eb211c80319c
  npx pnpm@12 -s trace 0af7651916cd43dd8448eb211c80319c --json`;

const argumentsSchema = z.object({
  id: z
    .string({ error: 'expected the id of a trace' })
    .regex(/^[0-9a-f]{32}$/i, 'expected a trace id of 32 hexadecimal digits')
    .toLowerCase(),
  json: z.boolean().default(false),
  state: z.string().default(defaultStateDirectory),
  console: z.url({ protocol: /^https?$/ }).optional(),
});

const traceSchema = z.object({
  tree: z.array(nodeSchema),
  durationMs: z.number(),
  start: z.string().nullable(),
  spanCount: z.number(),
  logCount: z.number(),
  errors: z.array(
    z.object({
      eventId: z.string(),
      message: z.string(),
      exceptions: z.array(z.object({ type: z.string(), value: z.string() })),
    }),
  ),
});

process.exitCode = await main();

async function main(): Promise<number> {
  const given = parseArguments();
  if (given === 'help') {
    console.log(help);
    return 0;
  }
  if (typeof given === 'string') {
    console.error(`${given}\n\n${help}`);
    return 3;
  }
  const address = given.console ?? findConsole(given.state);
  const url = `${address.replace(/\/+$/, '')}/api/traces/${given.id}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  if (response === undefined) {
    console.error(`No console answers at ${address}. Start the platform: npx pnpm@12 dev`);
    return 2;
  }
  if (response.status === 404) {
    console.error(
      `The console at ${address} has no trace ${given.id}: it may not have arrived yet.`,
    );
    return 1;
  }
  const answer: unknown = await response.json().catch(() => undefined);
  const trace = response.ok ? traceSchema.safeParse(answer) : undefined;
  if (!trace?.success) {
    console.error(`What answers at ${address} is not a console: ${response.status}`);
    return 2;
  }
  if (given.json) console.log(JSON.stringify(answer, undefined, 2));
  else for (const line of linesOf(given.id, trace.data)) console.log(line);
  return 0;
}

function parseArguments(): z.output<typeof argumentsSchema> | string {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        state: { type: 'string' },
        console: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return 'help';
    const [id, ...surplus] = positionals;
    if (surplus.length > 0) return `One trace at a time: ${surplus.join(' ')} is too much.`;
    const parsed = argumentsSchema.safeParse({ ...values, id });
    if (parsed.success) return parsed.data;
    return parsed.error.issues
      .map(({ path, message }) => (path[0] === 'id' ? message : `--${path.join('.')}: ${message}`))
      .join('\n');
  } catch (error) {
    return (error as Error).message;
  }
}

function findConsole(stateDirectory: string): string {
  const addresses = createState(stateDirectory).readAddresses();
  return addresses?.console ?? `http://127.0.0.1:${loadDevVariables().CONSOLE_PORT}`;
}

function linesOf(id: string, trace: z.output<typeof traceSchema>): string[] {
  const { spanCount, logCount, durationMs, start, errors, tree } = trace;
  const title = `trace ${id}  ${start ?? ''}  ${durationMs.toFixed(1)} ms  ${spanCount} spans, ${logCount} logs`;
  const failures = errors.map(({ eventId, message, exceptions }) => {
    const thrown = exceptions.at(-1);
    const text = thrown === undefined ? message : `${thrown.type}: ${thrown.value}`;
    return styleText('red', `error ${printable(eventId)}  ${printable(text)}`);
  });
  return [
    styleText('bold', title),
    '',
    ...formatTrace(tree, { failed: (line) => styleText('red', line) }),
    ...(failures.length === 0 ? [] : ['', ...failures]),
  ];
}
