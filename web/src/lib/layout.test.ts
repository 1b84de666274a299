import { describe, expect, it } from 'vitest';
import { bend, layOut, names } from './layout';
import type { NetworkPage } from './rows';

const actors = ['GHA', 'TGO', 'NGA', 'BEN', 'CIV', 'BFA'];
const network: NetworkPage = {
  nodes: [...actors, 'ISL'].map((entity, at) => ({ entity, name: `Name of ${entity}`, country: entity, events: 10 - at })),
  edges: actors.slice(1).map((target, at) => ({
    source: 'GHA',
    target,
    events: 5 - at,
    reports: 5,
    mean_score: at - 2,
    cooperation: at,
    conflict: 5 - at,
  })),
};

describe('the network', () => {
  it('is drawn the same each time', () => {
    expect(layOut(network, 900)).toEqual(layOut(structuredClone(network), 900));
  });

  it('lies inside its box, and leaves out who deals with nobody', () => {
    const { nodes, width, height } = layOut(network, 900);
    expect(nodes.map((node) => node.entity).sort()).toEqual([...actors].sort());
    expect(nodes.every((node) => node.x > 0 && node.x < width && node.y > 0 && node.y < height)).toBe(true);
  });

  it('draws the two directions beside each other', () => {
    const { edges } = layOut(network, 900);
    const back = { ...edges[0], from: edges[0].to, to: edges[0].from };
    expect(bend(edges[0])).not.toBe(bend(back));
    expect(bend(edges[0])).toMatch(/^M[\d.-]+ [\d.-]+ Q/);
  });

  it('writes names that do not lie over each other, the largest first', () => {
    const { nodes } = layOut(network, 900);
    const close = { nodes: nodes.map((node) => ({ ...node, x: 100, y: 100, radius: 4 })), edges: [], width: 900, height: 300 };
    expect([...names(close)]).toEqual(['GHA']);
  });

  it('is empty without lines', () => {
    expect(layOut({ nodes: network.nodes, edges: [] }, 900).nodes).toEqual([]);
  });
});
