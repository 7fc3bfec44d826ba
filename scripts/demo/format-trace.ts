import type { TraceNode } from './console-client.ts';

/** A trace as a tree of lines: durations on the left, nesting by box characters. */
export function formatTrace(
  nodes: readonly TraceNode[],
  style: { readonly failed: (line: string) => string } = { failed: (line) => line },
): string[] {
  const lines: string[] = [];
  const walk = (node: TraceNode, indent: string, branch: string): void => {
    const duration = `${node.durationMs.toFixed(1)} ms`.padStart(10);
    const failed = node.status === 'error';
    const who = `(${node.kind}, ${printable(node.service)})`;
    const line = `${duration}  ${indent}${branch}${printable(node.name)} ${who}${failed ? '  ✗' : ''}`;
    lines.push(failed ? style.failed(line) : line);
    const below = branch === '' ? indent : `${indent}${branch === '└─ ' ? '   ' : '│  '}`;
    node.children.forEach((child, index) => {
      walk(child, below, index === node.children.length - 1 ? '└─ ' : '├─ ');
    });
  };
  for (const node of nodes) walk(node, '', '');
  return lines;
}

/** Text that came from anywhere, on one line and without what a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
