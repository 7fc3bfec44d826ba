import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { ConfigProblem } from './config-error.ts';
import type { ConfigNode, Origin } from './config-tree.ts';
import type { Environment } from './environment-name.ts';
import { interpolate } from './interpolation.ts';

/** What a YAML file gave: a tree, or why there is none. */
export interface YamlLayer {
  /** Absent for an optional file that does not exist, an empty file, and one that cannot be read. */
  readonly node?: ConfigNode;
  readonly problems: readonly ConfigProblem[];
}

const aliasesMax = 100;

/** Reads one YAML file (1.2, one document, a map at the top) and replaces its placeholders. */
export function readYamlLayer(
  file: { readonly path: string; readonly optional?: boolean },
  environment: Environment,
): YamlLayer {
  let text: string;
  try {
    text = readFileSync(file.path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' && file.optional) return { problems: [] };
    const actual = code === 'ENOENT' ? 'no such file' : `a file that cannot be read (${code})`;
    return { problems: [{ source: file.path, path: '', expected: 'a YAML file', actual }] };
  }
  return parseYamlLayer(text, file.path, environment);
}

/** Turns YAML text into a layer. */
export function parseYamlLayer(text: string, source: string, environment: Environment): YamlLayer {
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const originAt = (offset: number | undefined): Origin => {
    if (offset === undefined) return { source };
    const { line, col } = lines.linePos(offset);
    return { source, line, column: col };
  };
  const problems: ConfigProblem[] = document.errors.map((error) => ({
    ...originAt(error.pos[0]),
    path: '',
    expected: 'correct YAML',
    actual: withoutValues(error.message),
  }));
  const fault = (node: Node, expected: string, actual: string) => {
    problems.push({ ...originAt(node.range?.[0]), path: '', expected, actual });
    return undefined;
  };
  const ancestors = new Set<Node>();
  let aliasCount = 0;

  const convert = (node: unknown): ConfigNode | undefined => {
    if (isAlias(node)) {
      aliasCount += 1;
      const target = aliasCount > aliasesMax ? undefined : node.resolve(document);
      if (target && !ancestors.has(target)) return convert(target);
      return fault(node, 'an alias of an anchor above it', 'an alias without end or anchor');
    }
    if (isMap(node)) {
      ancestors.add(node);
      const entries = new Map<string, ConfigNode>();
      for (const pair of node.items) {
        if (!isScalar(pair.key)) {
          fault(node, 'keys that are text', 'a key that is a map or a list');
          continue;
        }
        const child = pair.value === null ? nothing(pair.key) : convert(pair.value);
        if (child) entries.set(String(pair.key.value), child);
      }
      ancestors.delete(node);
      return { kind: 'map', entries, origin: originAt(node.range?.[0]) };
    }
    if (isSeq(node)) {
      ancestors.add(node);
      const items = node.items.map(convert).filter((item) => item !== undefined);
      ancestors.delete(node);
      return { kind: 'list', items, origin: originAt(node.range?.[0]) };
    }
    return isScalar(node) ? scalar(node.value, originAt(node.range?.[0])) : undefined;
  };

  const nothing = (key: Node): ConfigNode => ({
    kind: 'scalar',
    value: null,
    origin: originAt(key.range?.[0]),
  });

  const scalar = (value: unknown, origin: Origin): ConfigNode | undefined => {
    if (typeof value !== 'string') return { kind: 'scalar', value, origin };
    const result = interpolate(value, environment);
    if (result.faults.length > 0) {
      return { kind: 'scalar', value: result.text, origin, faults: result.faults };
    }
    if (result.only === undefined) return { kind: 'scalar', value: result.text, origin };
    // An empty variable is an unset one: the key is as good as not written.
    if (result.text === '') return undefined;
    const from = { ...origin, variable: result.only };
    return { kind: 'scalar', value: result.text, origin: from, isVariableText: true };
  };

  if (problems.length > 0 || document.contents === null) return { problems };
  if (isScalar(document.contents) && document.contents.value === null) return { problems };
  const node = convert(document.contents);
  if (problems.length > 0 || !node) return { problems };
  if (node.kind === 'map') return { node, problems };
  const actual = node.kind === 'list' ? 'a list' : 'a single value';
  return { problems: [{ ...node.origin, path: '', expected: 'a map at the top', actual }] };
}

/** Messages of the parser can quote the text, and with it a secret: what follows a colon is cut. */
function withoutValues(message: string): string {
  return message.replace(/: [\s\S]*$/, '');
}
