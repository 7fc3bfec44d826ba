import { findImports, type ImportedModule } from './find-imports.ts';
import { scanSource, type Token } from './scan-source.ts';

/** A file as the laws see it. */
export interface SourceFile {
  /** Path from the root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly imports: readonly ImportedModule[];
}

/** A breach of a law at an offset of a file. */
export interface Finding {
  readonly law: number;
  readonly message: string;
  readonly start: number;
}

/** Scans one file. */
export function createSourceFile(path: string, text: string): SourceFile {
  const tokens = scanSource(text);
  return { path, text, tokens, imports: findImports(tokens) };
}
