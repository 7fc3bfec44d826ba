/** Places for a map of who calls whom: callers on the left, what they call to the right of them. */

export interface MapPlace {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, MapPlace>;
}

export const nodeSize = { width: 196, height: 74 } as const;
const gap = { x: 190, y: 34 } as const;
const margin = 24;

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** Layers by the longest way from a node that nobody calls; calls that close a ring do not count. Same input, same picture. */
export function layoutMap(ids: readonly string[], edges: readonly Edge[]): MapLayout {
  const layers = toLayers(ids, withoutRings(ids, edges));
  orderLayers(layers, edges);
  const rows = Math.max(1, ...layers.map((layer) => layer.length));
  const height = 2 * margin + rows * nodeSize.height + (rows - 1) * gap.y;
  const places = new Map<string, MapPlace>();
  layers.forEach((layer, column) => {
    const tall = layer.length * nodeSize.height + (layer.length - 1) * gap.y;
    layer.forEach((id, row) => {
      places.set(id, {
        id,
        x: margin + column * (nodeSize.width + gap.x),
        y: (height - tall) / 2 + row * (nodeSize.height + gap.y),
      });
    });
  });
  const columns = Math.max(1, layers.length);
  const width = 2 * margin + columns * nodeSize.width + (columns - 1) * gap.x;
  return { width, height, places };
}

/** Edges that lead to a node on the way that is being walked are left out. */
function withoutRings(ids: readonly string[], edges: readonly Edge[]): readonly Edge[] {
  const state = new Map<string, 'open' | 'done'>();
  const kept: Edge[] = [];
  const visit = (id: string) => {
    state.set(id, 'open');
    for (const edge of edges.filter(({ from }) => from === id)) {
      const seen = state.get(edge.to);
      if (seen === 'open') continue;
      kept.push(edge);
      if (seen === undefined) visit(edge.to);
    }
    state.set(id, 'done');
  };
  const called = new Set(edges.map(({ to }) => to));
  for (const id of [...ids].sort((a, b) => Number(called.has(a)) - Number(called.has(b)))) {
    if (!state.has(id)) visit(id);
  }
  return kept;
}

function toLayers(ids: readonly string[], edges: readonly Edge[]): string[][] {
  const depths = new Map<string, number>();
  const depthOf = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    const above = edges.filter(({ to }) => to === id).map(({ from }) => depthOf(from) + 1);
    const depth = Math.max(0, ...above);
    depths.set(id, depth);
    return depth;
  };
  const layers: string[][] = [];
  for (const id of [...ids].sort()) {
    const depth = depthOf(id);
    while (layers.length <= depth) layers.push([]);
    layers[depth]?.push(id);
  }
  return layers;
}

/** Each node stands near the middle of its callers: fewer edges cross. */
function orderLayers(layers: string[][], edges: readonly Edge[]): void {
  for (let column = 1; column < layers.length; column += 1) {
    const places = new Map(layers[column - 1]?.map((id, index) => [id, index]));
    const middle = (id: string) => {
      const callers = edges
        .filter(({ to }) => to === id)
        .flatMap(({ from }) => places.get(from) ?? []);
      return callers.length === 0
        ? Number.POSITIVE_INFINITY
        : callers.reduce((sum, place) => sum + place, 0) / callers.length;
    };
    const ranks = new Map(layers[column]?.map((id) => [id, middle(id)]));
    layers[column]?.sort((a, b) => compare(ranks.get(a), ranks.get(b)) || (a < b ? -1 : 1));
  }
}

function compare(a = 0, b = 0): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
