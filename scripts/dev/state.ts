import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const addressesSchema = z.object({
  backend: z.string(),
  questionService: z.string(),
  console: z.string(),
  /** Host and port only: the password stays in environment.json. */
  postgres: z.string(),
});

const environmentSchema = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  /** What a command needs to talk to this platform: addresses, database roles, tokens. Readable by its owner only. */
  environment: z.record(z.string(), z.string()),
  databaseUrls: z.object({
    admin: z.string(),
    backend: z.string(),
    question_service: z.string(),
  }),
});

export type Addresses = z.output<typeof addressesSchema>;
export type DevEnvironment = z.output<typeof environmentSchema>;

const files = {
  addresses: 'addresses.json',
  environment: 'environment.json',
  processes: 'processes.json',
} as const;

/** The directory in which a running platform says where it is; see README, "Where is ...?". */
export function createState(directory: string) {
  const path = (name: keyof typeof files): string => join(directory, files[name]);

  /** Whole or not at all: readers never see half a file. */
  function write(name: keyof typeof files, value: unknown): void {
    mkdirSync(directory, { recursive: true });
    const temporary = `${path(name)}.${process.pid}`;
    writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
    renameSync(temporary, path(name));
  }

  function read<S extends z.ZodType>(name: keyof typeof files, schema: S): z.output<S> | undefined {
    try {
      return schema.parse(JSON.parse(readFileSync(path(name), 'utf8')));
    } catch {
      return undefined; // absent, or left half-written by another version: as good as absent
    }
  }

  return {
    directory,
    writeAddresses: (addresses: Addresses) => write('addresses', addresses),
    readAddresses: () => read('addresses', addressesSchema),
    writeEnvironment: (environment: DevEnvironment) => write('environment', environment),
    readEnvironment: () => read('environment', environmentSchema),
    writeProcesses: (processes: Processes) => write('processes', processes),
    readProcesses: () => read('processes', processesSchema),
    clear(): void {
      for (const name of Object.values(files)) rmSync(join(directory, name), { force: true });
    },
  };
}

const processesSchema = z.object({
  pid: z.number().int(),
  children: z.array(z.object({ name: z.string(), pid: z.number().int() })),
});
export type Processes = z.output<typeof processesSchema>;
export type State = ReturnType<typeof createState>;
