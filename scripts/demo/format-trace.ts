import type { TraceNode } from './console-client.ts';

/** A trace as a tree of lines: durations on the left, nesting by box characters. */
export function formatTrace(nodes: readonly TraceNode[]): string[] {
  const lines: string[] = [];
  const walk = (node: TraceNode, indent: string, branch: string): void => {
    const duration = `${node.durationMs.toFixed(1)} ms`.padStart(10);
    const failed = node.status === 'error' ? '  ✗' : '';
    lines.push(
      `${duration}  ${indent}${branch}${node.name} (${node.kind}, ${node.service})${failed}`,
    );
    const below = branch === '' ? indent : `${indent}${branch === '└─ ' ? '   ' : '│  '}`;
    node.children.forEach((child, index) => {
      walk(child, below, index === node.children.length - 1 ? '└─ ' : '├─ ');
    });
  };
  for (const node of nodes) walk(node, '', '');
  return lines;
}
