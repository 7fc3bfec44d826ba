import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort, startProgram } from '@aiq/testing';
import { z } from 'zod';

type Labels = Readonly<Record<string, string>>;

const alertsSchema = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    status: z.object({ state: z.string(), inhibitedBy: z.array(z.string()) }),
  }),
);

/** Debian's Alertmanager with a configuration, on a free port, until `stop`. */
export async function startAlertmanager(configFile: string) {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-alertmanager-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const program = await startProgram('prometheus-alertmanager', [
    `--config.file=${configFile}`,
    `--storage.path=${directory}`,
    `--web.listen-address=${new URL(url).host}`,
    '--cluster.listen-address=',
  ]);
  await eventually(async () => (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok, {
    message: 'Alertmanager to be ready',
  });
  const api = `${url}/api/v2/alerts`;
  return {
    url,
    async send(alerts: readonly Labels[]): Promise<void> {
      const response = await fetch(api, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(alerts.map((labels) => ({ labels }))),
      });
      if (!response.ok) throw new Error(`Alertmanager refuses alerts: ${await response.text()}`);
    },
    /** Alerts that are told, and those that others hold back, once all have been decided on. */
    async states(count: number) {
      const alerts = await eventually(
        async () => {
          const found = alertsSchema.parse(await (await fetch(api)).json());
          const isDecided = found.every(({ status }) => status.state !== 'unprocessed');
          return found.length === count && isDecided ? found : undefined;
        },
        { timeoutMs: 30_000, message: `${count} alerts that Alertmanager has decided on` },
      );
      const names = (state: string) =>
        alerts
          .filter(({ status }) => status.state === state)
          .map(({ labels }) => labels)
          .map(toText)
          .sort();
      return { told: names('active'), heldBack: names('suppressed') };
    },
    async stop(): Promise<void> {
      await program.stop('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The name, and what tells it from others of that name. */
const toText = ({ alertname, severity, ...labels }: Record<string, string>): string =>
  [alertname, ...Object.values(labels)].join(' ');
