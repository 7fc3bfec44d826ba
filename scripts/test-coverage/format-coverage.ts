import { dirname, relative } from 'node:path';
import type { CoveredFile } from './covered-lines.ts';

export interface PackageCoverage {
  readonly folder: string;
  readonly files: readonly CoveredFile[];
  /** Percent of lines below which the package fails; absent: any will do. */
  readonly linesMin?: number | undefined;
}

/** Percent of the lines that ran; a package without any has nothing to miss. */
export function percentOf(files: readonly CoveredFile[]): number {
  const lines = sum(files, (file) => file.lines);
  return lines === 0 ? 100 : (100 * (lines - missed(files))) / lines;
}

/** False where a package has less than it must have. */
export function isEnough({ files, linesMin = 0 }: PackageCoverage): boolean {
  return percentOf(files) >= linesMin;
}

/**
 * Writes a package's table: a row for each folder, and their sum.
 *
 * @param root Paths are shown from it.
 * @param showsFiles Whether the files with lines that did not run follow, with those lines.
 */
export function formatCoverage(
  coverage: PackageCoverage,
  { root, showsFiles }: { readonly root: string; readonly showsFiles: boolean },
): string {
  const { folder, files, linesMin } = coverage;
  const shown = files.map((file) => ({ ...file, path: relative(root, file.path) }));
  const byFolder = Map.groupBy(shown, ({ path }) => dirname(path));
  const rows = [...byFolder].sort(([a], [b]) => (a < b ? -1 : 1));
  const verdict =
    linesMin === undefined
      ? ''
      : `  (at least ${linesMin} %: ${isEnough(coverage) ? 'reached' : 'NOT REACHED'})`;
  return [
    row('', 'lines', 'not run', 'run'),
    ...rows.map(([name, of]) => rowOf(name, of)),
    `${rowOf(`all of ${folder}`, shown)}${verdict}`,
    ...(showsFiles ? shown.flatMap(missedLines) : []),
  ].join('\n');
}

function rowOf(name: string, files: readonly CoveredFile[]): string {
  const lines = sum(files, (file) => file.lines);
  return row(name, String(lines), String(missed(files)), `${percentOf(files).toFixed(1)} %`);
}

function row(name: string, lines: string, notRun: string, percent: string): string {
  return `${name.padEnd(56)}${lines.padStart(7)}${notRun.padStart(9)}${percent.padStart(9)}`;
}

function missedLines({ path, uncovered }: CoveredFile): string[] {
  return uncovered.length === 0 ? [] : [`  ${path}: ${uncovered.join(', ')}`];
}

function missed(files: readonly CoveredFile[]): number {
  return sum(files, ({ uncovered }) => uncovered.length);
}

function sum(files: readonly CoveredFile[], read: (file: CoveredFile) => number): number {
  return files.reduce((total, file) => total + read(file), 0);
}
