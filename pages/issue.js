// SPDX-License-Identifier: Apache-2.0
// One issue, with the positions of its sides face to face.

import { all, get } from "./api.js";
import { h, joined } from "./dom.js";
import { citationList, citeLink } from "./evidence.js";
import { link } from "./route.js";
import { EVENT_FIELDS, eventRows } from "./timeline.js";
import { accounts } from "./discrepancies.js";
import { section, statementRows } from "./parts.js";

export async function issue(route, { signal }) {
  const id = route.id;
  const [record, events, statements, differences] = await Promise.all([
    get(`v1/issues/${encodeURIComponent(id)}`, {}, { signal }),
    all("v1/events", { issue: id, fields: EVENT_FIELDS }, { signal }),
    all("v1/statements", { issue: id, sort: "date" }, { signal }),
    all("v1/discrepancies", { subject: `issue:${id}` }, { signal }),
  ]);
  return {
    title: record.name,
    element: [
      h("p", { class: "eyebrow" }, h("a", { href: "#/issues" }, "Issues"),
        record.broader && [" › ", h("a", { href: link("issues", record.broader.id) }, record.broader.name)]),
      h("h1", {}, record.name),
      h("p", { class: "lead" }, record.summary),
      h("p", { class: "meta" },
        record.aliases.length > 0 && h("span", {}, "Also: ", record.aliases.join(", ")),
        citeLink(record), h("a", { href: link("network", undefined, { focus: `issue:${id}` }) }, "In the network")),
      record.narrower.length > 0 && h("p", { class: "narrower" }, "In it: ",
        joined(record.narrower.map((issue) => h("a", { href: link("issues", issue.id) }, issue.name)))),
      faceToFace(record),
      section("What happened about it", events.length, eventRows(events)),
      section("What was said about it", statements.length, statementRows(statements)),
      section("What is told differently", differences.length, differences.map((difference) => accounts(difference))),
    ].filter(Boolean),
  };
}

/** A column for each side. The parts of `positions` are numbered as they stand in the record. */
function faceToFace(record) {
  if (!record.positions.length) return h("p", { class: "soft" }, "No article reports a position of either side.");
  const numbered = record.positions.map((position, index) => ({ ...position, part: `positions/${index}` }));
  const sides = [...Map.groupBy(numbered, ({ party }) => party.id).values()];
  return h("section", { class: "faces", "aria-label": "Positions" }, sides.map((positions) => h("div", { class: "face" },
    h("h2", {}, h("a", { href: link("organizations", positions[0].party.id) }, positions[0].party.name)),
    h("ul", {}, positions.map((position) => h("li", {},
      h("p", { class: "gist" }, position.gist),
      citationList(position.evidence),
      citeLink(record, { part: position.part, label: "Check" })))))));
}
