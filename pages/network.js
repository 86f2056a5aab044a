// SPDX-License-Identifier: Apache-2.0
// Officials, events and issues around one of them, as a drawing and as a list.

import { get, load } from "./api.js";
import { h, svg } from "./dom.js";
import { citeLink } from "./evidence.js";
import { recordLink } from "./parts.js";
import { change, go, here, link } from "./route.js";
import { suggest } from "./search.js";
import { count } from "./text.js";

const KINDS = { person: "people", event: "events", issue: "issues" };

export async function network(route, { signal }) {
  const field = h("input", {
    type: "search", id: "focus", autocomplete: "off", placeholder: "a person, event or issue",
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "focuses",
  });
  const box = h("ul", { id: "focuses", role: "listbox", "aria-label": "Suggestions", hidden: true });
  const centreOn = ({ type, id }) =>
    go(link("network", undefined, { depth: here().parameters.get("depth"), focus: `${type}:${id}` }));
  suggest(field, box, centreOn, { type: "person,event,issue" });
  const depth = h("select", { change: () => go(change(here(), { depth: depth.value }), { replace: true }) },
    ["1", "2", "3"].map((steps) => h("option", { value: steps }, count(Number(steps), "step"))));
  const drawing = h("div", { class: "drawing" });
  const list = h("details", { class: "part" });
  const title = h("h1", {});

  const say = (text) => drawing.replaceChildren(h("p", { class: "lead" }, text));
  // A build without the library has the list all the same.
  const layout = load("lib/d3-force.js", { signal }).then(() => load("layout.js", { signal }))
    .then(({ layOut }) => layOut, () => undefined);

  async function fill(route) {
    const focus = route.parameters.get("focus") ?? await mostPresent(signal);
    if (!focus) return say("There is no event with an official yet.");
    depth.value = route.parameters.get("depth") ?? (innerWidth < 700 ? "1" : "2");
    const [graph, layOut] = await Promise.all([get("v1/graph", { focus, depth: depth.value }, { signal }), layout]);
    const id = focus.split(":").at(-1);
    const centre = graph.nodes.find((node) => node.id === id) ?? graph.nodes[0];
    title.textContent = `Around ${centre.name}`;
    if (layOut) draw(graph, centre, layOut);
    else {
      say("This server was built without what draws the network; the list says the same.");
      list.open = true;
    }
    const amount = `${count(graph.nodes.length, "record")}, ${count(graph.edges.length, "connection")}`;
    list.replaceChildren(h("summary", {}, `As a list: ${amount}`), asList(graph));
  }

  function draw(graph, centre, layOut) {
    const width = Math.max(320, drawing.clientWidth || document.getElementById("main").clientWidth);
    const { nodes, edges, height } = layOut(graph, centre, { width });
    drawing.replaceChildren(picture(nodes, edges, centre, width, height));
  }

  await fill(route);
  let size = innerWidth;
  const resized = () => {
    if (Math.abs(innerWidth - size) < 40) return;
    size = innerWidth;
    fill(here());
  };
  addEventListener("resize", resized, { signal });
  return {
    title: "Network",
    element: [
      title,
      h("p", { class: "lead" }, "Who took part in what, and what it was about. Choose a name to put it in the middle."),
      h("form", { class: "filters", submit: (event) => event.preventDefault() },
        h("label", { class: "find", for: "focus" }, h("span", {}, "Around"), field, box),
        h("label", {}, h("span", {}, "As far as"), depth),
        h("p", { class: "legend" }, Object.entries(KINDS).map(([type, name]) =>
          h("span", { "data-type": type }, sign(type, 6, true), name)))),
      drawing, list,
    ],
    update: (route) => fill(route).catch((error) => signal.aborted || say(error.message)),
    changed: () => fill(here()),
  };
}

/** The official with most events: a good place to begin. */
async function mostPresent(signal) {
  const { facets } = await get("v1/events", { limit: 1, fields: "name", facets: "official" }, { signal });
  const first = facets.official.find(({ value }) => value !== null);
  return first && `person:${first.value}`;
}

/** People are circles, events squares and issues diamonds: colour alone tells nobody who cannot see it. */
function sign(type, size, isAlone = false) {
  const shape = type === "person" ? svg("circle", { r: size })
    : type === "event" ? svg("rect", { x: -size * 0.85, y: -size * 0.85, width: size * 1.7, height: size * 1.7, rx: 2 })
      : svg("path", { d: `M0 ${-size * 1.15} L${size * 1.15} 0 L0 ${size * 1.15} L${-size * 1.15} 0Z` });
  return isAlone ? svg("svg", { viewBox: "-9 -9 18 18", class: "sign", "aria-hidden": "true" }, shape) : shape;
}

function picture(nodes, edges, centre, width, height) {
  const lines = edges.map(({ source, target, weight }) => svg("line", {
    x1: source.x, y1: source.y, x2: target.x, y2: target.y,
    "stroke-width": Math.min(3.5, 0.6 + weight / 3), "data-ends": `${source.key} ${target.key}`,
  }));
  const drawn = nodes.map((node) => svg("a", {
    class: "node", href: change(here(), { focus: node.key }), transform: `translate(${node.x} ${node.y})`,
    tabindex: node === nodes[0] ? 0 : -1, "aria-label": `${node.name}, ${node.type}`,
    "data-type": node.type, "data-key": node.key, "data-centre": String(node.id === centre.id),
  },
    svg("title", {}, node.name), sign(node.type, node.radius),
    svg("text", {}, node.label.map(({ text, y }) => svg("tspan", { x: 0, y }, text)))));
  const root = svg("svg", {
    viewBox: `0 0 ${width} ${height}`, class: "network", role: "group",
    "aria-label": `Network around ${centre.name}. The arrow keys move from one name to the next.`,
  },
    svg("g", { class: "lines" }, lines), svg("g", {}, drawn));
  lightUp(root, lines, drawn);
  rove(root, nodes, drawn);
  return root;
}

/** What is connected with the one that is pointed at stands out. */
function lightUp(root, lines, drawn) {
  const show = (key) => {
    const near = new Set([key]);
    for (const line of lines) {
      const ends = line.dataset.ends.split(" ");
      const isLit = key !== undefined && ends.includes(key);
      line.classList.toggle("lit", isLit);
      if (isLit) for (const end of ends) near.add(end);
    }
    root.classList.toggle("dim", key !== undefined);
    for (const node of drawn) node.classList.toggle("lit", near.has(node.dataset.key));
  };
  for (const name of ["pointerover", "focusin"]) {
    root.addEventListener(name, ({ target }) => show(target.closest(".node")?.dataset.key));
  }
  for (const name of ["pointerleave", "focusout"]) root.addEventListener(name, () => show(undefined));
}

/** One stop of the tab key; the arrows go to the nearest name that way. */
function rove(root, nodes, drawn) {
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  root.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    const from = drawn.indexOf(event.target.closest(".node"));
    if (!way || from < 0) return;
    event.preventDefault();
    let best;
    nodes.forEach((node, index) => {
      const [dx, dy] = [node.x - nodes[from].x, node.y - nodes[from].y];
      const along = dx * way[0] + dy * way[1];
      const cost = along + 2 * Math.abs(dx * way[1] - dy * way[0]);
      if (along > 1 && (!best || cost < best.cost)) best = { index, cost };
    });
    if (!best) return;
    drawn[from].setAttribute("tabindex", -1);
    drawn[best.index].setAttribute("tabindex", 0);
    drawn[best.index].focus();
  });
}

function asList({ nodes, edges }) {
  const keyOf = ({ type, id }) => `${type}:${id}`;
  const beside = new Map(nodes.map((node) => [keyOf(node), []]));
  for (const { a, b } of edges) {
    beside.get(keyOf(a))?.push(b);
    beside.get(keyOf(b))?.push(a);
  }
  const names = (node) => beside.get(keyOf(node)).map((other) => other.name).join(", ") || "nobody";
  return h("div", { class: "reports" }, Object.entries(KINDS).map(([type, name]) => {
    const those = nodes.filter((node) => node.type === type);
    return those.length > 0 && h("section", {}, h("h2", {}, name), h("ul", { class: "facts" }, those.map((node) =>
      h("li", {}, recordLink(node), citeLink(node), h("span", { class: "soft" }, `with ${names(node)}`)))));
  }));
}
