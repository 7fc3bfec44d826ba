import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** A package of the workspace. */
export interface Package {
  readonly name: string;
  /** Folder from the root, as `libs/config`. */
  readonly folder: string;
  /** The subpaths it exports, as `.` and `./testing`; `*` stands for anything. */
  readonly exports: readonly string[];
}

/** What the laws need to know of the repository. */
export interface House {
  readonly packages: readonly Package[];
  /** Names of the database client's models, as `testSession`. */
  readonly models: ReadonlySet<string>;
}

/** A part of the house: a package, or a folder of the root. */
export interface Room {
  readonly folder: string;
  readonly floor: number;
}

const lowLibraries = ['libs/config', 'libs/testing'];
const roots = ['test', 'bench', 'scripts', 'ops'];

/** Reads the packages and the models of a repository. */
export function readHouse(root: string): House {
  const manifests = globSync('{libs,apps}/*/package.json', { cwd: root }).sort();
  const packages = manifests.map((file) => {
    const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>;
    const exported = manifest['exports'];
    const isMap = typeof exported === 'object' && exported !== null;
    return {
      name: String(manifest['name']),
      folder: dirname(file).replaceAll('\\', '/'),
      exports: isMap ? Object.keys(exported) : ['.'],
    };
  });
  const schemas = globSync('libs/database/prisma/**/*.prisma', { cwd: root });
  const models = schemas.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^model\s+(\w+)/gm)].map(([, name = '']) =>
      name.replace(/^./, (letter) => letter.toLowerCase()),
    ),
  );
  return { packages, models: new Set(models) };
}

/**
 * Tells in which room a file is, floors counted from the bottom.
 *
 * Files of the root configure tools: everything may import them, they import nothing of ours.
 */
export function roomOf(path: string): Room {
  const [top = '', second = '', ...rest] = path.split('/');
  if (top === 'libs' && rest.length > 0) {
    const folder = posix.join(top, second);
    return { folder, floor: lowLibraries.includes(folder) ? 1 : 2 };
  }
  if (top === 'apps' && rest.length > 0) return { folder: posix.join(top, second), floor: 3 };
  if (roots.includes(top)) return { folder: top, floor: 4 };
  return { folder: '', floor: 0 };
}

/** Whether a file is a test or serves tests only. */
export function isTestFile(path: string): boolean {
  return /(^|\/)test\//.test(path) || path.endsWith('.test.ts');
}
