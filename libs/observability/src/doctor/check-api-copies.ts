import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CheckResult, Patient } from './check.ts';

const api = '@opentelemetry/api';
/** A whole set of instrumentations is about 700 packages. */
const packagesMax = 5_000;

/** Whether everything the service loads shares one OpenTelemetry API: spans made by a second copy record nothing. */
export function checkApiCopies({ directory }: Pick<Patient, 'directory'>): CheckResult {
  const name = 'one @opentelemetry/api';
  const copies = findCopies(directory, api);
  if (copies.size === 0) {
    const advice = 'Install the dependencies: `npx pnpm@12 install`.';
    return { name, status: 'failed', message: `none is installed below ${directory}`, advice };
  }
  const [first] = copies;
  if (copies.size === 1 && first) return { name, status: 'ok', message: `one copy, ${first[1]}` };
  const places = [...copies].map(([path, version]) => `${version} in ${path}`).join('; ');
  const advice = `Pin one version below \`overrides\` in pnpm-workspace.yaml, then install: \`npx pnpm@12 why -r ${api}\` tells who brings the others.`;
  return { name, status: 'failed', message: `${copies.size} copies: ${places}`, advice };
}

/** Walks the dependencies as Node.js resolves them; gives each copy’s folder and version. */
function findCopies(root: string, wanted: string): ReadonlyMap<string, string> {
  const copies = new Map<string, string>();
  const queue = [realpathSync(root)];
  const seen = new Set(queue);
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    const { name, version, dependencies, optionalDependencies } = readManifest(folder);
    if (name === wanted) copies.set(folder, version);
    // Peers too: a package finds the API beside it, wherever that is.
    const peers = name === wanted ? {} : { [wanted]: '*' };
    for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies, ...peers })) {
      const found = resolvePackage(folder, dependency);
      if (found === undefined || seen.has(found) || seen.size >= packagesMax) continue;
      seen.add(found);
      queue.push(found);
    }
  }
  return copies;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return { name: '', version: '' }; // not a package: it has no dependencies to follow
  }
}

function resolvePackage(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}
