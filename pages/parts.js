// SPDX-License-Identifier: Apache-2.0
// What several views show alike.

import { h, joined } from "./dom.js";
import { citeLink } from "./evidence.js";
import { link } from "./route.js";
import { COLLECTIONS, count, dateText } from "./text.js";

/** A part of a page under a heading; nothing when it is empty. */
export const section = (title, number, ...content) =>
  number > 0 && h("section", { class: "part" }, h("h2", {}, title, " ", h("span", { class: "number" }, number)), content);

export const recordLink = (record) => h("a", { href: link(COLLECTIONS[record.type], record.id) }, record.name);

export const recordLinks = (records) => joined(records.map(recordLink));

export function statementRows(statements) {
  return h("ol", { class: "events" }, statements.map((statement) => h("li", { class: "event" },
    h("p", { class: "when" }, statement.date ? dateText(statement.date) : "no day given"),
    h("div", { class: "what" },
      h("p", { class: "speaker" }, statement.speaker ? recordLink(statement.speaker) : (statement.speakerAs ?? "Nobody named")),
      h("h3", {}, h("a", { href: link("statements", statement.id) }, statement.gist)),
      h("p", { class: "meta" }, h("span", { class: "kind" }, statement.form),
        statement.variants.length > 0 && h("span", {}, `told in ${count(statement.variants.length + 1, "version")}`),
        citeLink(statement))))));
}

/** Records by name, each with its citations one click away; with their types where they have several. */
export function factList(facts) {
  const isMixed = new Set(facts.map(({ type }) => type)).size > 1;
  return h("ul", { class: "facts" }, facts.map((fact) => h("li", {},
    isMixed && h("span", { class: "type" }, fact.type), recordLink(fact), fact.type !== "article" && citeLink(fact))));
}

/** A share as words and as a bar. */
export const share = (value, text) => h("p", { class: "share" },
  h("meter", { min: 0, max: 1, value, "aria-label": text }, `${Math.round(value * 100)}%`),
  h("span", {}, `${Math.round(value * 100)}% ${text}`));
