import { useMemo } from 'react';
import { Link } from 'wouter';
import type { MapEdge, MapNode, ServiceMapAnswer } from '../../../src/api/contract/overview.ts';
import { formatDuration, formatNumber } from '../shared/format.ts';
import { pathWith } from '../shared/search-params.ts';
import { layoutMap, type MapPlace, nodeSize } from './layout-map.ts';

const kindShapes: Record<MapNode['kind'], string> = {
  service: '▣',
  database: '⛁',
  model: '✦',
  messaging: '⇄',
  external: '◇',
};

export function MapDrawing({ map }: { map: ServiceMapAnswer }) {
  const layout = useMemo(
    () =>
      layoutMap(
        map.nodes.map(({ id }) => id),
        map.edges,
      ),
    [map.nodes, map.edges],
  );
  const callsMax = Math.max(1, ...map.edges.map(({ callCount }) => callCount));
  return (
    <div className="map-scroller panel">
      <div className="map" style={{ width: layout.width, height: layout.height }}>
        <svg width={layout.width} height={layout.height} aria-hidden="true">
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0,0L8,4L0,8Z" className="arrow" />
            </marker>
          </defs>
          {map.edges.map((edge) => (
            <EdgeLine
              key={`${edge.from} ${edge.to}`}
              edge={edge}
              from={layout.places.get(edge.from)}
              to={layout.places.get(edge.to)}
              share={edge.callCount / callsMax}
            />
          ))}
        </svg>
        {map.nodes.map((node) => (
          <NodeBox key={node.id} node={node} place={layout.places.get(node.id)} />
        ))}
      </div>
    </div>
  );
}

function EdgeLine(props: {
  readonly edge: MapEdge;
  readonly from: MapPlace | undefined;
  readonly to: MapPlace | undefined;
  /** Of the calls of the busiest edge, 0..1. */
  readonly share: number;
}) {
  const { edge, from, to, share } = props;
  if (!from || !to) return null;
  const start = { x: from.x + nodeSize.width, y: from.y + nodeSize.height / 2 };
  const end = { x: to.x - 4, y: to.y + nodeSize.height / 2 };
  const bend = Math.max(60, Math.abs(end.x - start.x) / 2);
  const path = `M${start.x},${start.y}C${start.x + bend},${start.y} ${end.x - bend},${end.y} ${end.x},${end.y}`;
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  const isBad = edge.errorCount > 0;
  return (
    <g className={isBad ? 'edge edge-bad' : 'edge'}>
      <path d={path} markerEnd="url(#arrow)" strokeWidth={1 + 2.5 * share} />
      <text x={middle.x} y={middle.y - 8} textAnchor="middle">
        {formatNumber(edge.callsPerSecond)}/s · p95 {formatDuration(edge.p95Ms)}
      </text>
      {isBad && (
        <text x={middle.x} y={middle.y + 16} textAnchor="middle" className="bad">
          ✖ {formatNumber(edge.errorCount)} failed
        </text>
      )}
    </g>
  );
}

function NodeBox({ node, place }: { node: MapNode; place: MapPlace | undefined }) {
  if (!place) return null;
  const style = { transform: `translate(${place.x}px, ${place.y}px)`, ...nodeSize };
  const isBad = node.errorCount > 0;
  const className = `map-node map-node-${node.kind}${isBad ? ' map-node-bad' : ''}`;
  const content = (
    <>
      <span className="map-name">
        <span aria-hidden="true">{kindShapes[node.kind]}</span> {node.name}
      </span>
      <span className="map-numbers">
        {formatNumber(node.requestsPerSecond)}/s · p95 {formatDuration(node.p95Ms)}
      </span>
      <span className={isBad ? 'map-numbers bad' : 'map-numbers'}>
        {isBad ? `✖ ${formatNumber(node.errorCount)} failed` : node.kind}
      </span>
    </>
  );
  if (node.kind !== 'service') {
    return (
      <div className={className} style={style}>
        {content}
      </div>
    );
  }
  return (
    <Link
      className={className}
      style={style}
      href={pathWith('/traces', { service: node.name, status: isBad ? 'error' : null })}
    >
      {content}
    </Link>
  );
}
