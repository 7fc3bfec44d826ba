import { runProgram } from '@aiq/testing';
import { expect, test } from 'vitest';
import { repositoryRoot, systemEnvironment } from './platform/system.config.ts';

/** pnpm has commands of its own, and prefers them to a script of the same name. */
test.for([
  ['dev', /Starts the whole platform on this machine/],
  ['demo', /Shows the running platform at work/],
  ['generate', /Runs the pipeline once and shows what it did/],
  ['inventory', /Shows the 18 strata/],
  ['calibrate', /Estimates the parameters of questions/],
  ['samples', /one question of each stratum/],
  ['runs', /runs (that were|of the pipeline)|list|show/i],
  ['trace', /Prints a trace as the console received it/],
  ['bench:console', /Measures the console on this machine/],
  ['laws', /laws/i],
  ['diagnose', /Prints the telemetry configuration of a service/],
  ['test:faults', /plays every fault on the way/],
  ['telemetry:docs', /docs\/telemetry\.md/],
  ['prisma', /prisma/i],
  ['bench:generation', /Measures a run of the pipeline/],
  ['bench:deduplication', /compare candidates with a bank/],
  ['coverage', /which share of its lines/],
] as const)('npx pnpm@12 %s --help is answered by our command', async ([command, says]) => {
  const result = await runProgram('npx', ['--yes', 'pnpm@12', command, '--help'], {
    cwd: repositoryRoot,
    env: systemEnvironment(),
  });

  expect(result.code).toBe(0);
  expect(result.stdout).toMatch(says);
  expect(result.stdout).not.toContain('Visit https://pnpm.io');
});
