// SPDX-License-Identifier: Apache-2.0
// The issues as the tree they are, with how much is told about each.

import { all } from "./api.js";
import { h } from "./dom.js";
import { link } from "./route.js";
import { count } from "./text.js";

export async function issues(route, { signal }) {
  const list = await all("v1/issues", { fields: "name,summary,broader,positions,counts" }, { signal });
  const below = Map.groupBy(list, ({ broader }) => broader?.id);
  const heft = ({ counts }) => counts.events + counts.statements;
  const sorted = (id) => (below.get(id) ?? []).sort((a, b) => heft(b) - heft(a));
  const tree = (id) => {
    const found = sorted(id);
    return found.length > 0 && h("ul", { class: "tree" }, found.map((issue) => h("li", {}, entry(issue), tree(issue.id))));
  };
  return {
    title: "Issues",
    element: [
      h("h1", {}, "What the sides talk and quarrel about"),
      h("p", { class: "lead" },
        `${count(list.length, "issue")}, those told of most first. Where it says so, both sides have taken a position.`),
      h("div", { class: "cards flow" }, sorted(undefined).map((issue) =>
        h("section", { class: "card" }, entry(issue, "h2"), tree(issue.id)))),
    ],
  };
}

function entry(issue, heading) {
  const parties = new Set(issue.positions.map(({ party }) => party.id)).size;
  const name = h("a", { href: link("issues", issue.id) }, issue.name);
  const { events, statements } = issue.counts;
  const amount = [events && count(events, "event"), statements && count(statements, "statement")];
  return [
    h(heading ?? "p", { class: "entry" }, name, parties > 1 && h("span", { class: "badge" }, "both sides")),
    heading && h("p", { class: "gist" }, issue.summary),
    h("p", { class: "meta" }, amount.filter(Boolean).join(", ") || "no event"),
  ];
}
