// SPDX-License-Identifier: Apache-2.0
// Where the names of a network stand: forces (d3-force) that push them apart and pull what is connected together.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "./lib/d3-force.js";

/** So many steps settle it; they are made at once, since a picture that wriggles tells no more. */
const STEPS = 260;
const LONGEST = 26;

const shortened = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1).trimEnd()}…` : name);

/**
 * @param graph `{nodes, edges}` of `/v1/graph`.
 * @returns nodes with `x`, `y`, `radius`, `key` and `label`; edges with `source` and `target` among them.
 */
export function layOut(graph, centre, { width, height }) {
  const isNarrow = width < 560;
  const keyOf = ({ type, id }) => `${type}:${id}`;
  const most = Math.max(1, ...graph.nodes.map(({ weight }) => weight));
  const nodes = graph.nodes.map((node, index) => {
    const radius = 5 + 9 * Math.sqrt(node.weight / most);
    return {
      ...node, radius, key: keyOf(node), label: shortened(node.name),
      // On a circle to begin with: the same data makes the same picture.
      x: width / 2 + Math.cos(index * 2.4) * 90, y: height / 2 + Math.sin(index * 2.4) * 90,
    };
  });
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const edges = graph.edges.map(({ a, b, weight }) => ({ source: byKey.get(keyOf(a)), target: byKey.get(keyOf(b)), weight }))
    .filter(({ source, target }) => source && target);
  const focus = byKey.get(keyOf(centre));
  const simulation = forceSimulation(nodes)
    .force("apart", forceManyBody().strength(isNarrow ? -160 : -340))
    .force("together", forceLink(edges).distance(isNarrow ? 46 : 84).strength(0.25))
    .force("room", forceCollide(({ radius, label }) => radius + (isNarrow ? 9 : Math.min(44, 10 + label.length * 1.7))))
    .force("across", forceX(width / 2).strength(({ key }) => (key === focus?.key ? 0.6 : 0.05)))
    .force("down", forceY(height / 2).strength(({ key }) => (key === focus?.key ? 0.6 : 0.1)))
    .stop();
  for (let step = 0; step < STEPS; step++) simulation.tick();
  fit(nodes, width, height);
  name(nodes, focus, width);
  return { nodes: nodes.sort((a, b) => (b === focus) - (a === focus) || a.y - b.y), edges };
}

/** Stretches the picture over the space there is. */
function fit(nodes, width, height) {
  const [left, top] = [width < 560 ? 26 : 80, 34];
  for (const [axis, from, to] of [["x", left, width - left], ["y", top, height - top]]) {
    const values = nodes.map((node) => node[axis]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    for (const node of nodes) {
      node[axis] = most - least < 1 ? (from + to) / 2 : Math.round(from + ((node[axis] - least) / (most - least)) * (to - from));
    }
  }
}

/** Names the nodes whose names have room, the weightiest first; the others are named when they are pointed at. */
function name(nodes, focus, width) {
  const taken = nodes.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  const free = (box, own) => taken.every(([left, top, right, bottom], index) =>
    index === own || box[2] < left || box[0] > right || box[3] < top || box[1] > bottom);
  const half = (label) => label.length * 3.2;
  const order = nodes.map((node, index) => ({ node, index }))
    .sort((a, b) => (b.node === focus) - (a.node === focus) || b.node.weight - a.node.weight);
  for (const { node, index } of order) {
    // In the middle above or below, moved in from the edge.
    const reach = half(node.label);
    const x = Math.min(Math.max(node.x, reach + 4), width - reach - 4);
    const above = [x - reach, node.y - node.radius - 17, x + reach, node.y - node.radius - 3];
    const below = [above[0], node.y + node.radius + 3, above[2], node.y + node.radius + 17];
    const box = [above, below].find((box) => free(box, index));
    node.below = box === below;
    node.shift = x - node.x;
    node.isNamed = box !== undefined || node === focus;
    if (node.isNamed) taken.push(box ?? above);
  }
}
