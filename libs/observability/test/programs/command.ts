import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from '@aiq/config';
import { runMain, startObservability, toTraceEnvironment } from '../../src/index.ts';

/** A command that runs itself as a child so many times, each within its own span, then fails where it is told to. */
const [children = '0', end = 'return'] = process.argv.slice(2);
const observability = await startObservability({
  service: 'aiq-command',
  metrics: {},
  logStream: 'stderr',
});

await runMain(observability, async () => {
  await observability.startSpan('command.run', { attributes: { children } }, async () => {
    process.stdout.write(`context ${JSON.stringify(observability.traceContext())}\n`);
    if (children === '0') return;
    const child = spawn(
      process.execPath,
      [import.meta.filename, String(Number(children) - 1), end],
      {
        env: childEnvironment({ ...toTraceEnvironment(observability.traceContext()) }),
        stdio: 'inherit',
      },
    );
    await once(child, 'exit');
  });
  if (end === 'throw') throw new Error('thrown by a command');
});
