// SPDX-License-Identifier: Apache-2.0
// The coverage itself: the articles, and what they have from each other.

import { all } from "./api.js";
import { h } from "./dom.js";
import { link } from "./route.js";
import { count, dateText } from "./text.js";

export async function articles(route, { signal }) {
  const list = await all("v1/articles", {}, { signal });
  return {
    title: "Articles",
    element: [
      h("h1", {}, "The coverage"),
      h("p", { class: "lead" }, `${count(list.length, "article")}. Their text belongs to their publishers: here are facts in our own `
        + "words, and where they stand."),
      h("div", { class: "cards" }, list.map((article) => h("section", { class: "card article" },
        h("h2", {}, h("a", { href: link("articles", article.id) }, article.name)),
        h("p", { class: "meta" },
          article.publisher ?? (article.credit ? `Credits ${article.credit}` : "Publisher not named"), h("br"),
          `${dateText(article.published)}, ${count(article.paragraphs, "paragraph")}`),
        h("p", {}, h("a", { href: comparison(article, list) }, "Compare with another"))))),
    ],
  };
}

const comparison = (article, list) =>
  link("compare", undefined, { a: article.id, b: list.find(({ id }) => id !== article.id)?.id });
