import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '@aiq/config';
import { DatabaseError } from '@aiq/database';
import { openDevDatabase } from './dependencies.ts';
import { type DevVariables, loadDevVariables } from './dev.config.ts';
import { fillBank } from './fill-bank.ts';
import { createOutput, type Output } from './output.ts';
import { choosePort } from './ports.ts';
import { isAlive, launchers } from './processes.ts';
import { endLeftovers, killServices, runningPlatform } from './running-platform.ts';
import { developmentSecrets } from './secrets.ts';
import { type Service, type ServiceDefinition, startService } from './service.ts';
import { describeServices, type Ports } from './services.ts';
import { createState, type State } from './state.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** Ctrl-C reaches us from the terminal and once more from the package manager. */
const sameSignalMs = 1_000;

export interface Flags {
  readonly state: string;
  readonly dataDirectory: string | undefined;
  readonly fill: boolean;
}

/** Starts everything, says where it is, waits to be stopped, stops everything. Resolves with the exit code. */
export async function runPlatform(flags: Flags): Promise<number> {
  const started = Date.now();
  const output = createOutput({
    write: (line) => process.stdout.write(`${line}\n`),
    colour: process.stdout.hasColors?.() ?? false,
  });
  const state = createState(flags.state);
  const running = runningPlatform(state);
  if (running) {
    output.fail(`A platform is already running here (process ${running.pid}).`);
    output.say(`backend ${running.addresses.backend}  console ${running.addresses.console}`);
    output.say(`Stop it with Ctrl-C in its terminal, or: kill ${running.pid}`);
    return 1;
  }
  await endLeftovers(state, output);
  state.writeProcesses({ pid: process.pid, children: [] });

  const stop = stopSignal(() => killServices(state));
  const closers: (() => Promise<void>)[] = [];
  try {
    const variables = loadDevVariables();
    await startAll({ variables, flags, state, output, closers, stop, started });
    await aborted(stop);
    output.say('Stopping.');
    return 0;
  } catch (error) {
    if (stop.aborted) return 0;
    const known = error instanceof ConfigError || error instanceof DatabaseError;
    output.fail(known ? error.message : String((error as Error).stack));
    return error instanceof ConfigError ? 3 : error instanceof DatabaseError ? 4 : 1;
  } finally {
    for (const close of closers.reverse()) await close().catch((e) => output.warn(String(e)));
    state.clear();
    output.say('Stopped.');
  }
}

interface Start {
  readonly variables: DevVariables;
  readonly flags: Flags;
  readonly state: State;
  readonly output: Output;
  readonly closers: (() => Promise<void>)[];
  readonly stop: AbortSignal;
  readonly started: number;
}

async function startAll(given: Start): Promise<void> {
  const { variables, flags, state, output, closers, stop, started } = given;
  const ports = await choosePorts(variables, output);
  const secrets = developmentSecrets(`${flags.state}/secrets.json`);
  const described = describeServices({ ports, secrets, variables });
  const { environment } = described;
  const services: Service[] = [];
  const noteProcesses = (): void =>
    state.writeProcesses({
      pid: process.pid,
      children: services.flatMap(({ name, pid }) => {
        const id = pid();
        return id === undefined ? [] : [{ name, pid: id }];
      }),
    });
  const start = (definition: ServiceDefinition): Service => {
    const service = startService(definition, output, noteProcesses);
    services.push(service);
    noteProcesses();
    closers.push(() => service.stop());
    return service;
  };

  const { dataDirectory } = flags;
  start(described.console()); // first up and last down: it hears what the others say at their end
  const database = await openDevDatabase({ variables, dataDirectory, output });
  closers.push(() => database.close());
  start(described.backend(database.urlFor('backend')));
  const address = (port: number): string => `http://127.0.0.1:${port}`;
  const addresses = {
    backend: address(ports.backend),
    questionService: address(ports.questionService),
    console: address(ports.console),
    postgres: database.address,
  };
  state.writeEnvironment({
    pid: process.pid,
    startedAt: new Date(started).toISOString(),
    environment,
    databaseUrls: {
      admin: database.adminUrl,
      backend: database.urlFor('backend'),
      question_service: database.urlFor('question_service'),
    },
  });
  state.writeAddresses(addresses);

  if (flags.fill) await fillBank({ database, environment, output, stop });
  const waiting = { stop, timeoutMs: 60_000 };
  // A question can be served from here on; what no test taker waits for starts after it.
  const missing = await waitUntilReady(services, waiting);
  if (stop.aborted) return;
  const questionService = start(described.questionService(database.urlFor('question_service')));
  missing.push(...(await waitUntilReady([questionService], waiting)));
  if (stop.aborted) return;
  const questions = await database.countQuestions();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (missing.length === 0) output.say(`Ready after ${seconds} s.`);
  for (const { name, url } of missing) output.fail(`${name} does not answer at ${url}.`);
  output.say(`backend           ${addresses.backend}  (API: ${addresses.backend}/docs)`);
  output.say(`question-service  ${addresses.questionService}`);
  output.say(`console           ${addresses.console}`);
  output.say(`postgres          ${addresses.postgres}  (${questions} questions)`);
  output.say('Next, in another terminal: npx pnpm@12 demo     Ctrl-C here stops everything.');
}

async function choosePorts(variables: DevVariables, output: Output): Promise<Ports> {
  const wanted = {
    console: variables.CONSOLE_PORT,
    backend: variables.BACKEND_PORT,
    questionService: variables.QUESTION_SERVICE_PORT,
  };
  const chosen = { ...wanted };
  for (const name of ['console', 'backend', 'questionService'] as const) {
    const { port, replaced } = await choosePort(wanted[name]);
    if (replaced) output.warn(`Port ${wanted[name]} is taken: ${name} uses ${port} instead.`);
    chosen[name] = port;
  }
  return chosen;
}

/**
 * Aborts at SIGINT, SIGTERM, SIGHUP, or when the package manager that started us is gone. A second signal ends
 * everything at once; one that follows at the heels of the first is the same one, passed on by a package manager.
 */
function stopSignal(onForce: () => void): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!controller.signal.aborted) {
        firstAt = Date.now();
        controller.abort(signal);
      } else if (Date.now() - firstAt > sameSignalMs) {
        onForce();
        process.exit(signal === 'SIGINT' ? 130 : 143);
      }
    });
  }
  const above = launchers();
  setInterval(() => {
    if (above.some((pid) => !isAlive(pid))) controller.abort('its launcher ended');
  }, 500).unref();
  return controller.signal;
}

async function aborted(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await sleep(60_000, undefined, { signal }).catch(() => {});
}
