// SPDX-License-Identifier: Apache-2.0
// One record of any type: what it says, who reports it, and what is around it.

import { address, all, get } from "./api.js";
import { h } from "./dom.js";
import { accounts } from "./discrepancies.js";
import { citations } from "./evidence.js";
import { link } from "./route.js";
import { factList, recordLink, recordLinks, section, share, statementRows } from "./parts.js";
import { BASES, capital, count, coverageText, dateText, nameOf, TYPES } from "./text.js";
import { EVENT_FIELDS, eventRows } from "./timeline.js";

/** What of a record is told in a line of its own: the label, and what stands beside it. */
const LINES = {
  event: [
    ["When", ({ date }) => [dateText(date), date && h("span", { class: "soft" }, ` ${BASES[date.basis]}${date.note ? `. ${date.note}` : ""}`)]],
    ["Status", ({ status }) => status],
    ["Where", ({ place }) => place && recordLink(place)],
    ["Who", ({ participants }) => participants.length > 0 && h("ul", {}, participants.map(({ person, role }) => h("li", {}, recordLink(person), h("span", { class: "soft" }, ` ${role}`))))],
    ["Organizations", ({ organizations }) => recordLinks(organizations)],
    ["Issues", ({ issues }) => recordLinks(issues)],
    ["Part of", ({ partOf }) => partOf && recordLink(partOf)],
  ],
  person: [
    ["Offices", ({ offices }) => offices.length > 0 && h("ul", {}, offices.map(({ title, organization }) => h("li", {}, title, organization && [", ", recordLink(organization)])))],
    ["Country", ({ country }) => country && recordLink(country)],
    ["Also called", ({ aliases }) => aliases.join(", ")],
  ],
  statement: [
    ["Who", ({ speaker, speakerAs }) => [speaker && recordLink(speaker), speakerAs && h("span", { class: "soft" }, ` ${speakerAs}`)]],
    ["Form", ({ form }) => form],
    ["When", ({ date }) => date && [dateText(date), h("span", { class: "soft" }, ` ${date.note ?? BASES[date.basis]}`)]],
    ["At", ({ event }) => event && recordLink(event)],
    ["Issues", ({ issues }) => recordLinks(issues)],
    ["Told otherwise", ({ variants }) => variants.length > 0 && factList(variants)],
  ],
  organization: [
    ["Kind", ({ kind }) => kind], ["Country", ({ country }) => country && recordLink(country)],
    ["Member of", ({ memberOf }) => recordLinks(memberOf)], ["Also called", ({ aliases }) => aliases.join(", ")],
  ],
  place: [
    ["Kind", ({ kind }) => kind], ["Within", ({ within }) => within && recordLink(within)],
    ["Also called", ({ aliases }) => aliases.join(", ")],
    ["Coordinates", ({ latitude, longitude }) => latitude !== null && `${latitude}, ${longitude}`],
  ],
  discrepancy: [["Subject", ({ subject }) => recordLink(subject)], ["Kind", ({ kind }) => kind]],
  article: [
    ["Published", ({ published }) => published && [dateText(published), h("span", { class: "soft" }, ` ${published.note ?? BASES[published.basis]}`)]],
    ["Publisher", ({ publisher }) => publisher ?? "not named"], ["Credit", ({ credit }) => credit],
    ["Length", ({ paragraphs, words }) => `${count(paragraphs, "paragraph")}, ${count(words, "word")}`],
    ["File", ({ source }) => source], ["Text", ({ hasText }) => (hasText ? "imported here" : "not imported here; citations point at its paragraphs all the same")],
  ],
};

/** What is around a record: the lists to ask for. */
const AROUND = {
  event: ({ id }) => [events("Parts of it", { partOf: id }), statements("Said there", { event: id }), differences({ subject: `event:${id}` })],
  person: ({ id }) => [events("Took part in", { person: id }), statements("Said", { speaker: id }), differences({ subject: `person:${id}` })],
  statement: ({ id }) => [differences({ subject: `statement:${id}` })],
  organization: ({ id }) => [events("Took part in", { organization: id }), differences({ subject: `organization:${id}` })],
  place: ({ id }) => [events("Happened there", { place: id })],
  discrepancy: () => [],
  article: ({ id }) => [overlaps(id), events("Reports", { article: id }), statements("Quotes", { article: id })],
};
const events = (title, filter) => ["v1/events", { ...filter, fields: EVENT_FIELDS }, (list) => section(title, list.length, eventRows(list))];
const statements = (title, filter) => ["v1/statements", { ...filter, sort: "date" }, (list) => section(title, list.length, statementRows(list))];
const differences = (filter) => ["v1/discrepancies", filter, (list) => section("Told differently", list.length, list.map((one) => accounts(one)))];
const overlaps = (id) => [`v1/articles/${encodeURIComponent(id)}/overlap`, {}, (list) => section("Beside the others", list.length,
  list.map(({ article, copied, sharedFacts }) => h("div", { class: "overlap" },
    h("h3", {}, recordLink(article), " ", h("a", { class: "cite", href: link("compare", undefined, { a: id, b: article.id }) }, "Compare")),
    share(copied, "of its words stand there too"), share(sharedFacts, "of its facts are told there too"))))];

export async function record(route, { signal }) {
  const path = `v1/${route.view}/${encodeURIComponent(route.id)}`;
  const one = await get(path, {}, { signal });
  const type = TYPES[route.view];
  const [evidence, ...around] = await Promise.all([
    type === "article" ? [] : all(`${path}/evidence`, {}, { signal }),
    ...AROUND[type](one).map(([path, filter]) => (path.endsWith("/overlap") ? get(path, {}, { signal }).then(({ data }) => data) : all(path, filter, { signal }))),
  ]);
  return {
    title: nameOf(one),
    element: [
      h("p", { class: "eyebrow" }, capital(one.kind && type !== "discrepancy" ? `${one.kind} · ${type}` : one.category ? `${type} · ${one.category}` : type)),
      h("h1", {}, nameOf(one)),
      one.summary && h("p", { class: "lead" }, one.summary),
      h("dl", { class: "lines" }, LINES[type].map(([label, tell]) => {
        const told = tell(one);
        return told && [told].flat().length > 0 && h("div", {}, h("dt", {}, label), h("dd", {}, told));
      })),
      type === "discrepancy" && accounts(one, { heading: "h2" }),
      evidence.length > 0 && h("section", { class: "part" },
        h("h2", {}, "Who reports it"), h("p", { class: "soft" }, coverageText(one.coverage)),
        h("div", { class: "reports" }, citations(evidence))),
      ...AROUND[type](one).map(([, , show], index) => show(around[index])),
      h("p", { class: "soft foot" }, `Revision ${one.revision}, ${new Date(one.updatedAt).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })}. `,
        h("a", { href: address(path) }, "As JSON"),
        ["event", "person"].includes(type) && [" · ", h("a", { href: link("network", undefined, { focus: `${type}:${one.id}` }) }, "In the network")]),
    ].filter(Boolean),
  };
}
