/** Where the actors of a network stand: forces, with no chance in them; the same data give the same picture. */

import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import type { NetworkPage } from './rows';

export interface Node {
  entity: string;
  name: string;
  events: number;
  radius: number;
  x: number;
  y: number;
}

export interface Edge {
  from: Node;
  to: Node;
  events: number;
  reports: number;
  mean_score: number | null;
}

export interface Picture {
  nodes: Node[];
  edges: Edge[];
  width: number;
  height: number;
}

const TICKS = 320;
const TALL = 680;
/** Half the width of a letter, and the height of a line, of a name. */
const LETTER = 3.6;
const LINE = 15;

/** Nodes as wide as their events are many, laid out in a box of this width. */
export function layOut(network: NetworkPage, width: number): Picture {
  const most = Math.max(1, ...network.nodes.map((node) => node.events));
  // Who deals with nobody has no place in the picture.
  const linked = new Set(network.edges.flatMap((edge) => (edge.source === edge.target ? [] : [edge.source, edge.target])));
  const nodes: Node[] = network.nodes
    .filter((node) => linked.has(node.entity))
    .sort((a, b) => b.events - a.events || a.entity.localeCompare(b.entity))
    .map((node) => ({
      entity: node.entity,
      name: node.name,
      events: node.events,
      radius: 4 + 14 * Math.sqrt(node.events / most),
      x: Number.NaN,
      y: Number.NaN,
    }));
  const byEntity = new Map(nodes.map((node) => [node.entity, node]));
  const edges = network.edges.flatMap((edge): Edge[] => {
    const from = byEntity.get(edge.source);
    const to = byEntity.get(edge.target);
    return from && to && from !== to
      ? [{ from, to, events: edge.events, reports: edge.reports, mean_score: edge.mean_score }]
      : [];
  });
  const links = edges.map((edge) => ({ source: edge.from, target: edge.to, events: edge.events }));
  const simulation = forceSimulation(nodes)
    .force(
      'link',
      forceLink<Node, (typeof links)[number]>(links)
        .distance(80)
        .strength((link) => Math.min(0.9, 0.25 + 0.1 * link.events)),
    )
    .force('charge', forceManyBody().strength(-170))
    .force('collide', forceCollide<Node>((node) => node.radius + 10))
    .force('center', forceCenter(0, 0))
    .force('x', forceX(0).strength(0.06))
    .force('y', forceY(0).strength(0.09))
    .stop();
  simulation.tick(TICKS);
  return fit(nodes, edges, width);
}

/** Moves and scales everything into a box, with room for names. */
function fit(nodes: Node[], edges: Edge[], width: number): Picture {
  if (nodes.length === 0) return { nodes, edges, width, height: 200 };
  const side = 60;
  const [left, right] = [Math.min(...nodes.map((n) => n.x)), Math.max(...nodes.map((n) => n.x))];
  const [top, bottom] = [Math.min(...nodes.map((n) => n.y)), Math.max(...nodes.map((n) => n.y))];
  const scale = Math.min(1.6, (width - 2 * side) / Math.max(1, right - left), TALL / Math.max(1, bottom - top));
  const height = Math.max(240, (bottom - top) * scale + 2 * 40);
  const over = (width - (right - left) * scale) / 2;
  for (const node of nodes) {
    node.x = over + (node.x - left) * scale;
    node.y = 40 + (node.y - top) * scale;
  }
  return { nodes, edges, width, height };
}

/** Whose names can be written without lying over each other, the largest first. */
export function names(picture: Picture): Set<string> {
  const boxes: { left: number; right: number; y: number }[] = [];
  const named = new Set<string>();
  for (const node of picture.nodes) {
    const half = node.name.length * LETTER;
    const box = { left: node.x - half, right: node.x + half, y: node.y - node.radius };
    if (boxes.some((other) => other.right > box.left && other.left < box.right && Math.abs(other.y - box.y) < LINE)) continue;
    boxes.push(box);
    named.add(node.entity);
  }
  return named;
}

/** A bent line from one node's edge to the other's, so that both directions are seen. */
export function bend(edge: Edge): string {
  const { from, to } = edge;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const bow = Math.min(28, length * 0.16);
  const [mx, my] = [(from.x + to.x) / 2 - uy * bow, (from.y + to.y) / 2 + ux * bow];
  const round = (value: number) => value.toFixed(1);
  const start = `${round(from.x + ux * from.radius)} ${round(from.y + uy * from.radius)}`;
  const end = `${round(to.x - ux * (to.radius + 5))} ${round(to.y - uy * (to.radius + 5))}`;
  return `M${start} Q${round(mx)} ${round(my)} ${end}`;
}
