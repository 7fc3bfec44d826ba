import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult, Patient } from './check.ts';
import { runChild } from './run-child.ts';

const name = 'termination signal';
const managers = /^(?:\S*\/)?(?:npm|npx|pnpm|pnpx|yarn|turbo|bun)(?:\.c?js)?$/;
const execAdvice =
  'Start node itself, in exec form: `node --import ./src/instrument.ts src/server.ts`. Package managers and shells do not pass SIGTERM on, and the last batch is lost.';

/** What only a shell can run; all else is started as a platform starts it in exec form. */
const shellSyntax = /[|&;<>()$`"'*?~#\\]/;

/** Whether SIGTERM reaches the service through what starts it, so that the last batch can be sent. */
export async function checkTermination(patient: Patient): Promise<readonly CheckResult[]> {
  const command = readStartCommand(patient.directory);
  return [checkFirstProcess(patient), ...(await checkStart(patient, command))];
}

/** In a container process 1 gets the signal: a package manager there keeps it to itself. */
function checkFirstProcess({ firstProcess }: Patient): CheckResult {
  const title = 'process 1';
  if (firstProcess === undefined) {
    return { name: title, status: 'skipped', message: 'cannot be read on this system' };
  }
  const isManager = firstProcess
    .split(/[\s\0]+/)
    .slice(0, 3)
    .some((word) => managers.test(word));
  const message = `process 1 is ${firstProcess.replaceAll('\0', ' ').trim().slice(0, 80)}`;
  if (!isManager) return { name: title, status: 'ok', message };
  return { name: title, status: 'failed', message, advice: execAdvice };
}

async function checkStart(
  patient: Patient,
  command: string | undefined,
): Promise<readonly CheckResult[]> {
  if (command === undefined) {
    return [{ name, status: 'skipped', message: 'the package has no `start` script' }];
  }
  const entry = /\S+\.[cm]?[jt]s\s*$/.exec(command);
  if (managers.test(command.trim().split(/\s+/)[0] ?? '') || entry === null) {
    const message = `\`start\` is \`${command}\`, which does not start node itself`;
    return [{ name, status: 'failed', message, advice: execAdvice }];
  }
  return [importOrder(command), await sendSignal(patient, command.slice(0, entry.index))];
}

function importOrder(command: string): CheckResult {
  const title = 'telemetry starts first';
  if (/--import[ =]\S+/.test(command)) {
    return { name: title, status: 'ok', message: `\`${command}\`` };
  }
  const advice =
    'Load it first: `node --import ./src/instrument.ts …`; what is imported before it is not instrumented.';
  return { name: title, status: 'failed', message: `\`${command}\` has no --import`, advice };
}

/** Starts a program of ours as the service is started, sends the launcher SIGTERM, and waits for the program to tell. */
async function sendSignal(patient: Patient, launcher: string): Promise<CheckResult> {
  const { directory, environment, timeoutMs } = patient;
  const program = join(import.meta.dirname, 'signal-program.ts');
  const [file, ...args] = shellSyntax.test(launcher)
    ? ['/bin/sh', '-c', `${launcher} '${program}'`]
    : [...launcher.trim().split(/\s+/), program];
  let isSent = false;
  const end = await runChild(file, args, {
    cwd: directory,
    env: {
      ...environment,
      OTEL_SDK_DISABLED: 'true',
      OTEL_ENABLED: undefined,
      SENTRY_DSN: undefined,
    },
    timeoutMs: timeoutMs * 2,
    onOutput(output, pid) {
      if (isSent || !output.includes('ready\n')) return;
      isSent = true;
      process.kill(pid, 'SIGTERM');
    },
  });
  if (end.stdout.includes('terminated\n')) {
    return { name, status: 'ok', message: 'SIGTERM to the launcher reaches the program' };
  }
  if (!isSent) {
    const why = end.isLate ? 'it was not ready in time' : end.stderr.trim().split('\n').at(-1);
    const advice = `Run it by hand in ${directory}: ${[file, ...args].join(' ')}`;
    return { name, status: 'failed', message: `the start command did not work: ${why}`, advice };
  }
  return {
    name,
    status: 'failed',
    message: 'the launcher got SIGTERM and the program did not',
    advice: execAdvice,
  };
}

function readStartCommand(directory: string): string | undefined {
  try {
    const text = readFileSync(join(directory, 'package.json'), 'utf8');
    return (JSON.parse(text) as { scripts?: { start?: string } }).scripts?.start;
  } catch {
    return undefined; // no package: nothing starts it
  }
}
