// SPDX-License-Identifier: Apache-2.0
// One record of any type: what it says, who reports it, and what is around it.

import { address, all, get } from "./api.js";
import { h } from "./dom.js";
import { accounts } from "./discrepancies.js";
import { citations } from "./evidence.js";
import { link } from "./route.js";
import { factList, recordLink, recordLinks, section, share, statementRows } from "./parts.js";
import { BASES, count, coverageText, dateText, TYPES } from "./text.js";
import { EVENT_FIELDS, eventRows } from "./timeline.js";

const aside = (text) => h("span", { class: "soft" }, ` ${text}`);
const listed = (items, tell) => items.length > 0 && h("ul", {}, items.map((item) => h("li", {}, tell(item))));

/** What of a record is told in a line of its own: the label, and what stands beside it. */
const LINES = {
  event: [
    ["When", ({ date }) => [dateText(date), date && aside(BASES[date.basis] + (date.note ? `. ${date.note}` : ""))]],
    ["Status", ({ status }) => status],
    ["Where", ({ place }) => place && recordLink(place)],
    ["Who", ({ participants }) => listed(participants, ({ person, role }) => [recordLink(person), aside(role)])],
    ["Organizations", ({ organizations }) => recordLinks(organizations)],
    ["Issues", ({ issues }) => recordLinks(issues)],
    ["Part of", ({ partOf }) => partOf && recordLink(partOf)],
  ],
  person: [
    ["Offices", ({ offices }) => listed(offices, ({ title, organization }) => [title, organization && [", ", recordLink(organization)]])],
    ["Country", ({ country }) => country && recordLink(country)],
    ["Also called", ({ aliases }) => aliases.join(", ")],
  ],
  statement: [
    ["Who", ({ speaker, speakerAs }) => [speaker && recordLink(speaker), speakerAs && aside(speakerAs)]],
    ["Form", ({ form }) => form],
    ["When", ({ date }) => date && [dateText(date), aside(date.note ?? BASES[date.basis])]],
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
    ["Published", ({ published }) => published && [dateText(published), aside(published.note ?? BASES[published.basis])]],
    ["Publisher", ({ publisher }) => publisher ?? "not named"], ["Credit", ({ credit }) => credit],
    ["Length", ({ paragraphs, words }) => `${count(paragraphs, "paragraph")}, ${count(words, "word")}`],
    ["File", ({ source }) => source],
    ["Text", ({ hasText }) => (hasText ? "imported here" : "not imported here; citations point at its paragraphs all the same")],
  ],
};

/** What is around a record: the lists to ask for. */
const AROUND = {
  event: ({ id }) => [
    events("Parts of it", { partOf: id }), statements("Said there", { event: id }), differences({ subject: `event:${id}` }),
  ],
  person: ({ id }) => [
    events("Took part in", { person: id }), statements("Said", { speaker: id }), differences({ subject: `person:${id}` }),
  ],
  statement: ({ id }) => [differences({ subject: `statement:${id}` })],
  organization: ({ id }) => [events("Took part in", { organization: id }), differences({ subject: `organization:${id}` })],
  place: ({ id }) => [events("Happened there", { place: id })],
  discrepancy: () => [],
  article: ({ id }) => [overlaps(id), events("Reports", { article: id }), statements("Quotes", { article: id })],
};
/** A list to ask for, and how it is shown. */
const events = (title, filter) => ({
  ask: (options) => all("v1/events", { ...filter, fields: EVENT_FIELDS }, options),
  show: (list) => section(title, list.length, eventRows(list)),
});
const statements = (title, filter) => ({
  ask: (options) => all("v1/statements", { ...filter, sort: "date" }, options),
  show: (list) => section(title, list.length, statementRows(list)),
});
const differences = (filter) => ({
  ask: (options) => all("v1/discrepancies", filter, options),
  show: (list) => section("Told differently", list.length, list.map((one) => accounts(one))),
});
const overlaps = (id) => ({
  ask: async (options) => (await get(`v1/articles/${encodeURIComponent(id)}/overlap`, {}, options)).data,
  show: (list) => section("Beside the others", list.length, list.map(({ article, copied, sharedFacts }) =>
    h("div", { class: "overlap" },
      h("h3", {}, recordLink(article), " ",
        h("a", { class: "beside", href: link("compare", undefined, { a: id, b: article.id }) }, "Compare")),
      share(copied, "of its words stand there too"), share(sharedFacts, "of its facts are told there too")))),
});

const moment = (text) => new Date(text).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });

export async function record(route, { signal }) {
  const path = `v1/${route.view}/${encodeURIComponent(route.id)}`;
  const one = await get(path, {}, { signal });
  const type = TYPES[route.view];
  const around = AROUND[type](one);
  const [evidence, ...lists] = await Promise.all([
    type === "article" ? [] : all(`${path}/evidence`, {}, { signal }), ...around.map(({ ask }) => ask({ signal })),
  ]);
  return {
    title: one.name,
    element: [
      h("p", { class: "eyebrow" }, [type === "discrepancy" ? undefined : one.kind, type, one.category].filter(Boolean).join(" · ")),
      h("h1", {}, one.name),
      one.summary && h("p", { class: "lead" }, one.summary),
      h("dl", { class: "lines" }, LINES[type].map(([label, tell]) => {
        const told = tell(one);
        return told && [told].flat().length > 0 && h("div", {}, h("dt", {}, label), h("dd", {}, told));
      })),
      type === "discrepancy" && accounts(one, { isAlone: true }),
      evidence.length > 0 && h("section", { class: "part" },
        h("h2", {}, "Who reports it"), h("p", { class: "soft" }, coverageText(one.coverage)),
        h("div", { class: "reports" }, citations(evidence))),
      ...around.map(({ show }, index) => show(lists[index])),
      h("p", { class: "soft foot" }, `Revision ${one.revision}, ${moment(one.updatedAt)}. `, h("a", { href: address(path) }, "As JSON"),
        ["event", "person"].includes(type)
          && [" · ", h("a", { href: link("network", undefined, { focus: `${type}:${one.id}` }) }, "In the network")]),
    ].filter(Boolean),
  };
}
