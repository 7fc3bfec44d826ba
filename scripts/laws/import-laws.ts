import { posix } from 'node:path';
import type { ImportedModule } from './find-imports.ts';
import { type House, type Package, type Room, roomOf } from './house.ts';
import type { Finding, SourceFile } from './source-file.ts';

const telemetryPackage = /^@(?:sentry(?:-internal)?\/|opentelemetry\/|fastify\/otel(?:\/|$))/;
const ownScope = '@aiq/';

/** Law 1: an import never points up. Law 2: telemetry packages. Law 5: no package's internals. */
export function importFindings(file: SourceFile, house: House): readonly Finding[] {
  return file.imports.flatMap((imported) => {
    const finding = telemetryFinding(file.path, imported) ?? ownFinding(file.path, imported, house);
    return finding ? [{ ...finding, start: imported.start }] : [];
  });
}

type Verdict = Pick<Finding, 'law' | 'message'> | undefined;

function telemetryFinding(path: string, { specifier }: ImportedModule): Verdict {
  const isAllowed = path.startsWith('libs/observability/') || path.startsWith('bench/');
  if (isAllowed || !telemetryPackage.test(specifier)) return undefined;
  const message = `only libs/observability imports ${specifier}; use @aiq/observability`;
  return { law: 2, message };
}

function ownFinding(path: string, { specifier }: ImportedModule, house: House): Verdict {
  if (specifier.startsWith('.')) return relativeFinding(path, specifier, house);
  if (!specifier.startsWith(ownScope)) return undefined;
  const [scope, name, ...rest] = specifier.split('/');
  const target = house.packages.find((candidate) => candidate.name === `${scope}/${name}`);
  if (!target) return { law: 5, message: `${specifier} is no package of this workspace` };
  const up = floorFinding(path, roomOf(`${target.folder}/package.json`));
  if (up) return up;
  const subpath = ['.', ...rest].join('/');
  if (target.exports.some((exported) => covers(exported, subpath))) return undefined;
  const message = `${target.name} does not export ${subpath}; it exports ${target.exports.join(', ')}`;
  return { law: 5, message };
}

function relativeFinding(path: string, specifier: string, house: House): Verdict {
  const target = posix.normalize(posix.join(posix.dirname(path), specifier));
  const up = floorFinding(path, roomOf(target));
  if (up) return up;
  const from = packageOf(path, house);
  const to = packageOf(target, house);
  if (!to || from === to) return undefined;
  return { law: 5, message: `${target} is inside ${to.name}; import what the package exports` };
}

function floorFinding(path: string, target: Room): Verdict {
  const own = roomOf(path);
  if (own.folder === target.folder) return undefined;
  if (target.floor < own.floor) return undefined;
  // test, bench, scripts and ops share the top floor, with nobody above.
  if (own.floor === 4 && target.floor === 4) return undefined;
  const name = own.folder || 'a file of the root';
  const direction = target.floor === own.floor ? 'sideways' : 'up';
  return { law: 1, message: `${name} imports ${target.folder}, which points ${direction}` };
}

function packageOf(path: string, house: House): Package | undefined {
  return house.packages.find((candidate) => path.startsWith(`${candidate.folder}/`));
}

function covers(exported: string, subpath: string): boolean {
  const [head = '', tail] = exported.split('*');
  if (tail === undefined) return exported === subpath;
  return subpath.startsWith(head) && subpath.endsWith(tail) && subpath.length > head.length;
}
