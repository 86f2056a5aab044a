// SPDX-License-Identifier: Apache-2.0
// Where the nodes of a network stand: forces (d3-force) pull together what is connected, and no two take each other's room, that of
// their names included.

import { forceLink, forceManyBody, forceSimulation, forceX, forceY } from "./lib/d3-force.js";

/** So many steps settle it; they are made at once, since a picture that wriggles tells no more. */
const STEPS = 260;
/** What is left free around a node and its name, in pixels. */
const GAP = 5;
/** How names are written, as `.node text` in the style sheet says, and how far apart their lines are, in pixels. */
const NAME = { font: "11.5px", line: 13 };
const CENTRE_NAME = { font: "700 14px", line: 16 };
/** A name is broken into lines of about so many characters; what three of them do not hold is cut, and so is a longer word. */
const LONGEST = 20;
const MOST_LINES = 3;
const cut = (word) => (word.length > LONGEST + 5 ? `${word.slice(0, LONGEST + 4)}…` : word);

/** A name in lines as alike as its words allow. */
function lines(name) {
  const words = name.split(" ").map(cut);
  let most = Math.ceil(name.length / Math.min(MOST_LINES, Math.ceil(name.length / LONGEST)));
  while (broken(words, most).length > MOST_LINES && most < LONGEST + 5) most++;
  const found = broken(words, most);
  return found.length > MOST_LINES ? [...found.slice(0, MOST_LINES - 1), `${found[MOST_LINES - 1]} …`] : found;
}

function broken(words, most) {
  const found = [];
  for (const word of words) {
    if (found.length && found.at(-1).length + word.length < most) found.push(`${found.pop()} ${word}`);
    else found.push(word);
  }
  return found;
}

/**
 * @param graph `{nodes, edges}` of `/v1/graph`.
 * @returns how high the picture is; nodes with `x`, `y`, `radius`, `key` and the lines of their `label`, each with its `y` below the node;
 *   edges with `source` and `target` among them. No label is covered by another node or label.
 */
export function layOut(graph, centre, { width }) {
  const isNarrow = width < 560;
  const keyOf = ({ type, id }) => `${type}:${id}`;
  const most = Math.max(1, ...graph.nodes.map(({ weight }) => weight));
  const nodes = graph.nodes.map((node, index) => ({
    ...node, key: keyOf(node), ...room(node, 5 + 9 * Math.sqrt(node.weight / most), keyOf(node) === keyOf(centre)),
    // On a circle to begin with: the same data makes the same picture.
    x: width / 2 + Math.cos(index * 2.4) * 90, y: Math.sin(index * 2.4) * 90,
  }));
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const edges = graph.edges.map(({ a, b, weight }) => ({ source: byKey.get(keyOf(a)), target: byKey.get(keyOf(b)), weight }))
    .filter(({ source, target }) => source && target);
  const focus = byKey.get(keyOf(centre));
  const pull = (weak) => ({ key }) => (key === focus?.key ? 0.6 : weak);
  const simulation = forceSimulation(nodes)
    .force("apart", forceManyBody().strength(isNarrow ? -160 : -340))
    .force("together", forceLink(edges).distance(isNarrow ? 46 : 84).strength(0.25))
    .force("across", forceX(width / 2).strength(pull(0.05)))
    .force("down", forceY(0).strength(pull(0.1)))
    .force("room", () => part(nodes, width))
    .stop();
  for (let step = 0; step < STEPS; step++) simulation.tick();
  widen(nodes, width);
  settle(nodes);
  const top = Math.min(...nodes.map((node) => node.y - node.above)) - 4 * GAP;
  for (const node of nodes) node.y -= top;
  const height = Math.max(...nodes.map((node) => node.y + node.below)) + 4 * GAP;
  return { nodes: nodes.sort((a, b) => (b === focus) - (a === focus) || a.y - b.y), edges, height };
}

const pen = document.createElement("canvas").getContext("2d");

/** The label of a node, and how far the node reaches with it: to both sides, above and below. */
function room({ name }, radius, isCentre) {
  const { font, line } = isCentre ? CENTRE_NAME : NAME;
  pen.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  const label = lines(name).map((text, index) => ({ text, y: radius + line * (index + 1) }));
  const broadest = Math.max(...label.map(({ text }) => pen.measureText(text).width));
  return { radius, label, beside: Math.max(radius, broadest / 2) + GAP, above: radius + GAP, below: label.at(-1).y + GAP };
}

/** Moves apart what takes the same room, the shorter way, and keeps everything within the width. */
function part(nodes, width) {
  nodes.forEach((a, index) => {
    for (const b of nodes.slice(index + 1)) {
      const [across, down] = [b.x - a.x, b.y + (b.below - b.above) / 2 - a.y - (a.below - a.above) / 2];
      const [x, y] = [a.beside + b.beside - Math.abs(across), (a.above + a.below + b.above + b.below) / 2 - Math.abs(down)];
      if (x <= 0 || y <= 0) continue;
      const [axis, step] = x < y ? ["x", across < 0 ? -x / 2 : x / 2] : ["y", down < 0 ? -y / 2 : y / 2];
      a[axis] -= step;
      b[axis] += step;
    }
  });
  for (const node of nodes) node.x = Math.min(Math.max(node.x, node.beside), width - node.beside);
}

/** Stretches the picture over the width there is. */
function widen(nodes, width) {
  const factor = Math.min(2, ...nodes.map(({ x, beside }) => (width / 2 - beside) / Math.max(1, Math.abs(x - width / 2))));
  for (const node of nodes) node.x = width / 2 + (node.x - width / 2) * Math.max(1, factor);
}

/** From the top down, what still takes another's room moves below it. */
function settle(nodes) {
  const placed = [];
  for (const node of nodes.toSorted((a, b) => a.y - b.y)) {
    for (const other of placed) {
      const isBeside = Math.abs(other.x - node.x) >= other.beside + node.beside;
      if (!isBeside && node.y - node.above < other.y + other.below) node.y = other.y + other.below + node.above;
    }
    placed.push(node);
    placed.sort((a, b) => a.y + a.below - b.y - b.below);
  }
}
