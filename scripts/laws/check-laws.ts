import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFindings } from './environment-law.ts';
import { readHouse } from './house.ts';
import { importFindings } from './import-laws.ts';
import { queryFindings } from './query-law.ts';
import { createSourceFile, type Finding } from './source-file.ts';

/** A breach of a law, with its place. */
export interface Violation {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly law: number;
  readonly message: string;
  /** The text of the line. */
  readonly source: string;
}

export interface LawReport {
  readonly files: number;
  readonly violations: readonly Violation[];
}

/**
 * Checks the TypeScript files of a repository that git tracks or would track, without generated ones.
 *
 * @param paths Files and folders from the root; none means all.
 */
export function checkLaws(root: string, paths: readonly string[] = []): LawReport {
  const house = readHouse(root);
  const files = listFiles(root, paths);
  const violations = files.flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const file = createSourceFile(path, text);
    const findings = [
      ...importFindings(file, house),
      ...queryFindings(file, house),
      ...environmentFindings(file),
    ];
    return findings
      .sort((a, b) => a.start - b.start)
      .map((finding) => toViolation(path, text, finding));
  });
  return { files: files.length, violations };
}

function listFiles(root: string, paths: readonly string[]): readonly string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
  );
  return [...new Set(listed.split('\0'))]
    .filter((path) => /\.([mc]?ts|tsx)$/.test(path) && !/(^|\/)generated\//.test(path))
    .filter((path) => existsSync(join(root, path)))
    .sort();
}

function toViolation(path: string, text: string, { law, message, start }: Finding): Violation {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', start);
  return {
    path,
    line: text.slice(0, start).split('\n').length,
    column: start - lineStart + 1,
    law,
    message,
    source: text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).trim(),
  };
}
