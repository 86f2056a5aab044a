// SPDX-License-Identifier: Apache-2.0
// Two articles held against each other.

import { all, get } from "./api.js";
import { h, svg } from "./dom.js";
import { factList, section, share } from "./parts.js";
import { change, go, here, link } from "./route.js";
import { capital, COLLECTIONS, count } from "./text.js";

export async function compare(route, { signal }) {
  const articles = await all("v1/articles", {}, { signal });
  const result = h("div");
  const take = (chosen) => go(change(here(), chosen), { replace: true });
  const choice = (name) => h("select", { name, change: ({ target }) => take({ [name]: target.value }) },
    articles.map((article) => h("option", { value: article.id }, article.name)));
  const [a, b] = [choice("a"), choice("b")];
  const swap = h("button", { type: "button", class: "quiet", click: () => take({ a: b.value, b: a.value }) }, "Swap");

  const say = (text) => result.replaceChildren(h("p", { class: "lead" }, text));

  async function fill(route) {
    a.value = route.parameters.get("a") ?? articles.at(-1)?.id;
    b.value = route.parameters.get("b") ?? articles.find(({ id }) => id !== a.value)?.id;
    const asked = { a: route.parameters.get("a") ?? a.value, b: route.parameters.get("b") ?? b.value };
    if (articles.length < 2) return say("There are not two articles yet.");
    if (asked.a === asked.b) return say("These are the same article: choose another one.");
    const [found, overlaps] = await Promise.all([
      get("v1/compare", asked, { signal }),
      get(`v1/articles/${encodeURIComponent(asked.a)}/overlap`, {}, { signal }),
    ]);
    const find = (id) => articles.find((article) => article.id === id);
    const overlap = overlaps.data.find(({ article }) => article.id === asked.b);
    result.replaceChildren(...comparison(found, overlap, find(found.a.id), find(found.b.id)));
  }

  await fill(route);
  return {
    title: "Compare",
    element: [
      h("h1", {}, "Two articles compared"),
      h("form", { class: "filters pair" },
        h("label", {}, h("span", {}, "One"), a), swap, h("label", {}, h("span", {}, "Other"), b)),
      result,
    ],
    update: (route) => fill(route).catch((error) => signal.aborted || say(error.message)),
    changed: () => fill(here()),
  };
}

function comparison(found, overlap, a, b) {
  const [nameA, nameB] = [found.a.name, found.b.name];
  const column = (title, facts, text) => h("section", { class: "side" },
    h("h2", {}, title, " ", h("span", { class: "number" }, facts.length)),
    text && h("p", { class: "soft" }, text),
    [...Map.groupBy(facts, ({ type }) => type)].map(([type, those]) => [h("h3", {}, capital(COLLECTIONS[type])), factList(those)]));
  return [
    overlap && h("div", { class: "shares" },
      share(overlap.copied, `of the words of the one stand in the other`),
      share(overlap.sharedFacts, `of its facts are reported by both`),
      overlap.reason && h("p", { class: "soft" }, overlap.reason)),
    passages(found, a, b, nameA, nameB),
    section("Told differently", found.differ.length, factList(found.differ)),
    h("div", { class: "sides" },
      column("Only in the one", found.onlyA, nameA),
      column("In both", found.both),
      column("Only in the other", found.onlyB, nameB)),
  ].filter(Boolean);
}

/** The passages they share word for word: a line for each article, a ribbon for each passage, and the same as a list. */
function passages({ copied }, a, b, nameA, nameB) {
  if (!copied.length) return h("p", { class: "soft" }, "They share no passage of eight or more words.");
  const at = (side, article) => (100 * (side.paragraph - 0.5)) / Math.max(1, article.paragraphs);
  const words = copied.reduce((sum, passage) => sum + passage.words, 0);
  return h("section", { class: "part" },
    h("h2", {}, "Word for word the same ", h("span", { class: "number" }, copied.length)),
    h("figure", { class: "ribbons" },
      h("figcaption", {}, h("span", {}, nameA), h("span", {}, nameB)),
      svg("svg", {
        viewBox: "0 0 100 60", preserveAspectRatio: "none", role: "img",
        "aria-label": `${count(copied.length, "passage")}, ${count(words, "word")} in all, from the beginning of each article on the `
          + "left to its end on the right",
      },
        svg("line", { x1: 0, x2: 100, y1: 4, y2: 4 }), svg("line", { x1: 0, x2: 100, y1: 56, y2: 56 }),
        copied.map((passage) => {
          const [x, y] = [at(passage.a, a), at(passage.b, b)];
          return svg("path", { d: `M${x} 4 C${x} 30 ${y} 30 ${y} 56`, "stroke-width": Math.min(6, 1 + passage.words / 8) });
        }))),
    h("details", {}, h("summary", {}, "As a list"),
      h("table", {},
        h("thead", {}, h("tr", {}, ["Words", nameA, nameB].map((title) => h("th", { scope: "col" }, title)))),
        h("tbody", {}, copied.map((passage) => h("tr", {}, h("td", {}, passage.words),
          h("td", {}, `paragraph ${passage.a.paragraph}`), h("td", {}, `paragraph ${passage.b.paragraph}`)))))));
}
