// SPDX-License-Identifier: Apache-2.0
// The way from a fact to the paragraphs that report it.

import { all, Problem } from "./api.js";
import { h } from "./dom.js";
import { change, go, here, link } from "./route.js";
import { count, coverageText, COLLECTIONS, TYPES } from "./text.js";

const STATES = {
  verified: ["verified", "The text at hand is the one that was read."],
  stale: ["stale", "The article has been revised since it was read."],
  textAbsent: ["not at hand", "The article's text has not been imported here, so the citation was not checked."],
};

/**
 * What opens the citations of a record, one click away from wherever it stands.
 * @param part of the record, such as `positions/0`, to show those citations alone.
 */
export function citeLink(record, { part, label } = {}) {
  const path = `${COLLECTIONS[record.type]}/${record.id}${part ? `#${part}` : ""}`;
  const text = label ?? (record.coverage ? coverageText(record.coverage) : "Citations");
  return h("a", {
    class: "cite", href: change(here(), { cite: path }), "aria-label": `${text}: who reports “${record.name}”`,
    // The address of the view may have changed since the link was made.
    click: (event) => {
      event.preventDefault();
      go(change(here(), { cite: path }));
    },
  }, text);
}

/** The citations that stand in a record, by article: "Article, paragraphs 3 and 5". */
export function citationList(evidence) {
  const articles = Map.groupBy(evidence, (citation) => citation.article.id);
  return h("ul", { class: "sources" }, [...articles.values()].map((citations) => h("li", {},
    h("a", { href: link("articles", citations[0].article.id) }, citations[0].article.name), " ",
    h("span", { class: "paragraphs" }, paragraphs(citations)))));
}

function paragraphs(citations) {
  const numbers = [...new Set(citations.map((citation) => citation.paragraph))].sort((a, b) => a - b);
  return `${numbers.length === 1 ? "paragraph" : "paragraphs"} ${numbers.join(", ")}`;
}

/** Every citation of a record, or of a part of it, as it was checked just now. Where no text is at hand, one line says so for all. */
export function citations(list) {
  const articles = Map.groupBy(list, (citation) => citation.article.id);
  const isUnread = list.length > 0 && list.every(({ state }) => state === "textAbsent");
  return [
    ...[...articles.values()].map((group) => h("section", { class: "source" },
      h("h3", {}, h("a", { href: link("articles", group[0].article.id) }, group[0].article.name)),
      h("ol", {}, group.sort((a, b) => a.paragraph - b.paragraph).map((one) => citation(one, isUnread))))),
    ...(isUnread ? [h("p", { class: "soft unread" }, "The articles' texts have not been imported here, so this was not checked.")] : []),
  ];
}

function citation({ paragraph, status, state, text, part }, isUnread) {
  const [word, meaning] = STATES[state] ?? [state, ""];
  return h("li", {},
    h("span", { class: "number" }, `Paragraph ${paragraph}`),
    status && h("span", { class: "how" }, `has it as ${status}`),
    part && h("span", { class: "how" }, `for ${partText(part)}`),
    !isUnread && h("span", { class: "state", "data-state": state, title: meaning }, word),
    text && h("blockquote", {}, text));
}

/** `positions/0` is the first position, `offices/1` the second office. */
function partText(part) {
  const [member, index] = part.split("/");
  return `${member.replace(/s$/, "")} ${Number(index) + 1}`;
}

/** The dialog over the view, as the address has it. */
export class EvidenceDialog {
  #dialog = document.getElementById("evidence");
  #shown;
  #asked = new AbortController();

  constructor() {
    // Esc, and a click beside it.
    this.#dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#leave();
    });
    this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.#leave());
  }

  #leave() {
    go(change(here(), { cite: "" }), { replace: true });
  }

  obey(route) {
    const cite = route.parameters.get("cite");
    if (cite === this.#shown) return;
    this.#shown = cite;
    this.#asked.abort();
    if (!cite) return this.#dialog.close();
    this.#asked = new AbortController();
    const [path, part] = cite.split("#");
    const [collection, id] = path.split("/");
    const body = h("div", { class: "sheet" }, h("p", { class: "soft" }, "Asking …"));
    this.#dialog.replaceChildren(
      h("header", {},
        h("h2", { id: "evidence-title" }, "Who reports this"),
        h("button", { type: "button", class: "close", "aria-label": "Close", click: () => this.#leave() }, "×")),
      body);
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#fill(body, collection, id, part, this.#asked.signal);
  }

  async #fill(body, collection, id, part, signal) {
    try {
      if (!TYPES[collection] || !id) throw new Problem(404, { detail: "This bookmark names no record." });
      const found = await all(`v1/${collection}/${encodeURIComponent(id)}/evidence`, {}, { signal });
      const list = part ? found.filter((citation) => citation.part === part) : found;
      const articles = new Set(list.map((citation) => citation.article.id)).size;
      body.replaceChildren(
        h("p", { class: "soft" },
          list.length ? `${count(list.length, "citation")} in ${count(articles, "article")}. ` : "No article reports it. ",
          h("a", { href: link(collection, id) }, "The whole record")),
        ...citations(list));
    } catch (error) {
      if (!signal.aborted) body.replaceChildren(h("p", {}, error.message));
    }
  }
}
