import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, type Program } from '@aiq/testing';
import { onTestFinished } from 'vitest';
import type { PipelineRunsRepository } from '../../src/storage/pipeline-runs-repository.ts';
import { startCli } from './run-cli.ts';

export const token = 'the-trigger-token';
const authorization = `Bearer ${token}`;

/** A file that wins over the configuration of the repository, for QUESTION_SERVICE_CONFIG. */
export function configFile(settings: object): string {
  const path = join(mkdtempSync(join(tmpdir(), 'question-service-')), 'extra.yaml');
  // JSON is YAML.
  writeFileSync(path, JSON.stringify(settings));
  return path;
}

/** `serve` or `worker` as a process of its own, once it listens; killed when the test ends. */
export async function openService(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly program: Program; readonly url: string }> {
  const ports = { QUESTION_SERVICE_PORT: '0', WORKER_PORT: '0' };
  const program = await startCli(args, { TRIGGER_TOKEN: token, ...ports, ...env });
  onTestFinished(async () => {
    await program[Symbol.asyncDispose]();
  });
  const [, url = ''] = await program.waitForLine(/"url":"([^"]+)".*"listening"/, {
    timeoutMs: 40_000,
  });
  return { program, url };
}

/** Orders a run by HTTP. */
export async function order(url: string, body: object) {
  const response = await fetch(`${url}/v1/runs`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { readonly runId: string; readonly traceId: string };
}

/** A run, once it has ended. */
export const ended = (runs: PipelineRunsRepository, runId: string) =>
  eventually(
    async () => {
      const run = await runs.find(runId);
      return run && !['planned', 'running'].includes(run.state) && run;
    },
    { timeoutMs: 30_000, message: 'the run to end' },
  );
