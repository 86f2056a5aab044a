// SPDX-License-Identifier: Apache-2.0
// Where the names of a network stand: forces (d3-force) that push them apart and pull what is connected together.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "./lib/d3-force.js";

/** So many steps settle it; they are made at once, since a picture that wriggles tells no more. */
const STEPS = 260;
/** How far apart the lines of a name are, in pixels. */
const LINE = 13;
/** A name stands on two lines of so many characters at most. */
const LONGEST = 22;

const shortened = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1).trimEnd()}…` : name);

/** A name on one line, or broken between its words where its lines are most alike; what has no room is cut. */
function lines(name) {
  if (name.length <= LONGEST) return [name];
  const whole = name.length > 2 * LONGEST ? `${name.slice(0, 2 * LONGEST - 1).trimEnd()}…` : name;
  const breaks = [...whole.matchAll(/ /g)].map(({ index }) => index);
  const middle = whole.length / 2;
  const at = breaks.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  return at === undefined ? [whole] : [whole.slice(0, at), whole.slice(at + 1)];
}

/**
 * @param graph `{nodes, edges}` of `/v1/graph`.
 * @returns nodes with `x`, `y`, `radius`, `key`, and the lines of their `label` with where it stands; edges with `source` and `target` among them.
 */
export function layOut(graph, centre, { width, height }) {
  const isNarrow = width < 560;
  const keyOf = ({ type, id }) => `${type}:${id}`;
  const most = Math.max(1, ...graph.nodes.map(({ weight }) => weight));
  const nodes = graph.nodes.map((node, index) => {
    const radius = 5 + 9 * Math.sqrt(node.weight / most);
    return {
      ...node, radius, key: keyOf(node),
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
    .force("room", forceCollide(({ radius, name }) => radius + (isNarrow ? 9 : Math.min(44, 10 + broadest(lines(name)) * 2))))
    .force("across", forceX(width / 2).strength(({ key }) => (key === focus?.key ? 0.6 : 0.05)))
    .force("down", forceY(height / 2).strength(({ key }) => (key === focus?.key ? 0.6 : 0.1)))
    .stop();
  for (let step = 0; step < STEPS; step++) simulation.tick();
  fit(nodes, width, height);
  name(nodes, focus, width);
  return { nodes: nodes.sort((a, b) => (b === focus) - (a === focus) || a.y - b.y), edges };
}

const broadest = (label) => Math.max(...label.map(({ length }) => length));

/** Stretches the picture over the space there is. */
function fit(nodes, width, height) {
  const [left, top] = [width < 560 ? 26 : 80, 44];
  for (const [axis, from, to] of [["x", left, width - left], ["y", top, height - top]]) {
    const values = nodes.map((node) => node[axis]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    for (const node of nodes) {
      node[axis] = most - least < 1 ? (from + to) / 2 : Math.round(from + ((node[axis] - least) / (most - least)) * (to - from));
    }
  }
}

/**
 * Names the nodes whose names have room, the weightiest first: in whole, or else cut to one line. The others are named when they
 * are pointed at.
 */
function name(nodes, focus, width) {
  const taken = nodes.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  const isFree = (box, own) => taken.every(([left, top, right, bottom], index) =>
    index === own || box[2] < left || box[0] > right || box[3] < top || box[1] > bottom);
  const order = nodes.map((node, index) => ({ node, index }))
    .sort((a, b) => (b.node === focus) - (a.node === focus) || b.node.weight - a.node.weight);
  for (const { node, index } of order) {
    const places = [lines(node.name), [shortened(node.name)]].flatMap((label) => around(node, label, width));
    const place = places.find(({ box }) => isFree(box, index));
    node.isNamed = place !== undefined || node === focus;
    Object.assign(node, place ?? places[0]);
    if (node.isNamed) taken.push(node.box);
  }
}

/** Where a label can stand: in the middle above or below, moved in from the edge. */
function around({ x, y, radius }, label, width) {
  const reach = broadest(label) * 3.2;
  const middle = Math.min(Math.max(x, reach + 4), width - reach - 4);
  const height = label.length * LINE + 1;
  const box = (top) => [middle - reach, top, middle + reach, top + height];
  const shift = middle - x;
  return [
    { label, shift, baseline: 7 - radius - height, box: box(y - radius - 4 - height) },
    { label, shift, baseline: radius + LINE, box: box(y + radius + 3) },
  ];
}
