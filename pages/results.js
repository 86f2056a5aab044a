// SPDX-License-Identifier: Apache-2.0
// What a search finds, best first, with the words it was found by.

import { get } from "./api.js";
import { h } from "./dom.js";
import { citeLink } from "./evidence.js";
import { change, go, here, link } from "./route.js";
import { capital, COLLECTIONS, count } from "./text.js";

export async function results(route, { signal }) {
  const list = h("ol", { class: "hits" });
  const total = h("p", { class: "soft total", role: "status" });
  const more = h("button", { type: "button", class: "more" }, "Show more");
  const kinds = h("select", { name: "type", change: () => go(change(here(), { type: kinds.value }), { replace: true }) },
    h("option", { value: "" }, "everything"),
    Object.entries(COLLECTIONS).map(([type, collection]) => h("option", { value: type }, collection)));
  let q = "";

  async function load(route, cursor) {
    q = route.parameters.get("q") ?? "";
    const type = route.parameters.get("type") ?? "";
    kinds.value = type;
    const answer = q ? await get("v1/search", { q, type, limit: 20, cursor }, { signal }) : { data: [], page: { total: 0 } };
    if (!cursor) list.replaceChildren();
    list.append(...answer.data.map(hit));
    const sum = `${answer.page.totalIs === "atLeast" ? "more than " : ""}${count(answer.page.total, "record")}`;
    total.textContent = !q ? "Type what you look for above."
      : answer.page.total ? `${sum} for “${q}”` : `Nothing is found for “${q}”.`;
    more.hidden = !answer.page.next;
    more.onclick = () => load(here(), answer.page.next).catch(() => load(here()));
  }

  await load(route);
  return {
    title: q ? `Search: ${q}` : "Search",
    element: [
      h("h1", {}, "Search"),
      h("form", { class: "filters" }, h("label", {}, h("span", {}, "Look for"), kinds)), total, list, more,
    ],
    update: (route) => load(route),
    changed: () => load(here()),
  };
}

function hit(record) {
  const named = record.highlights.find(({ member, text }) => member === "name" && text === record.name);
  const others = record.highlights.filter((highlight) => highlight !== named && highlight.member !== "name").slice(0, 2);
  return h("li", { class: "hit" },
    h("p", { class: "eyebrow" }, capital(record.type)),
    h("h2", {}, h("a", { href: link(COLLECTIONS[record.type], record.id) }, named ? marked(named) : record.name)),
    others.map((highlight) => h("p", { class: "gist" }, marked(highlight))),
    record.type !== "article" && h("p", { class: "meta" }, citeLink(record)));
}

/** Spans count Unicode scalars, and so do not split what JavaScript takes for two characters. */
function marked({ text, spans }) {
  const scalars = Array.from(text);
  const pieces = [];
  let position = 0;
  for (const [start, end] of spans) {
    pieces.push(scalars.slice(position, start).join(""), h("mark", {}, scalars.slice(start, end).join("")));
    position = end;
  }
  return [...pieces, scalars.slice(position).join("")];
}
