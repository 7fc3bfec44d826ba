import type { Command } from 'commander';
import type { ProgramContext } from './program.ts';

const serveHelp = `
Examples:
  $ question-service serve              orders at POST /v1/runs, and a worker in the same process
  $ question-service serve --no-work    orders alone: the runs are left to workers

It listens on QUESTION_SERVICE_PORT, and needs TRIGGER_TOKEN for /v1/runs. SIGTERM and SIGINT finish the batches
in hand; the rest of an unfinished run is taken up by another worker.`;

const workerHelp = `
Examples:
  $ question-service worker
  $ WORKER_PORT=9100 question-service worker    health and metrics at a port of your choice

Start as many as you like, on as many machines as you like: each works on one run at a time, and takes up what a
worker that is gone has left. There is no other API than /health/live, /health/ready and /metrics.`;

/** `serve` and `worker`: what runs until a signal ends it. */
export function addServices(program: Command, context: ProgramContext): void {
  program
    .command('serve')
    .description('Takes orders for runs by HTTP, and works on them.')
    .option('--no-work', 'leave the runs to workers')
    .addHelpText('after', serveHelp)
    .action(({ work }: { work: boolean }) => context.serve({ api: true, work }));
  program
    .command('worker')
    .description('Works on the runs that were ordered, one at a time.')
    .addHelpText('after', workerHelp)
    .action(() => context.serve({ api: false, work: true }));
}
