// SPDX-License-Identifier: Apache-2.0
// What articles tell differently, their accounts side by side.

import { all, facets, get } from "./api.js";
import { h } from "./dom.js";
import { citationList, citeLink } from "./evidence.js";
import { filterForm } from "./filters.js";
import { change, go, here, link } from "./route.js";
import { recordLink } from "./parts.js";
import { count } from "./text.js";

const FACETS = ["kind", "article"];

export async function discrepancies(route, { signal }) {
  const { discrepancyKind } = await get("v1/vocabularies", {}, { signal });
  const vocabulary = Object.fromEntries(discrepancyKind.map(({ value, meaning }) => [value, meaning]));
  const list = h("div", { class: "differences" });
  const total = h("p", { class: "soft total", role: "status" });
  const form = filterForm(FACETS, (parameters) => go(change(here(), parameters), { replace: true }), { dates: false });

  async function fill(route) {
    const asked = Object.fromEntries(route.parameters);
    delete asked.cite;
    const [found, counted] = await Promise.all([
      all("v1/discrepancies", asked, { signal }), facets("v1/discrepancies", FACETS, asked, { signal }),
    ]);
    form.show(route.parameters, counted);
    const kind = route.parameters.get("kind");
    total.textContent = found.length
      ? `${count(found.length, "difference")}${kind ? `: ${vocabulary[kind]}` : ""}` : "None fits these filters.";
    list.replaceChildren(...found.map((difference) => accounts(difference, { heading: "h2", vocabulary })));
  }

  await fill(route);
  return {
    title: "Discrepancies",
    element: [
      h("h1", {}, "Where the articles differ"),
      h("p", { class: "lead" },
        "The same matter as different articles have it, side by side. Which of them is right is not judged here."),
      form.element, total, list,
    ],
    update: (route) => fill(route).catch((error) => {
      if (signal.aborted) return;
      total.textContent = error.message;
      list.replaceChildren();
    }),
    changed: () => fill(here()),
  };
}

/** One discrepancy: a column for each account. `isAlone` where what it is about is told already. */
export function accounts(difference, { heading = "h3", vocabulary = {}, isAlone = false } = {}) {
  return h("article", { class: "difference" },
    !isAlone && h("header", {},
      h(heading, {}, h("a", { href: link("discrepancies", difference.id) }, difference.aspect)),
      h("p", { class: "meta" },
        h("span", { class: "kind", title: vocabulary[difference.kind] }, difference.kind),
        difference.subject && h("span", {}, "about ", recordLink(difference.subject)), citeLink(difference))),
    h("div", { class: "accounts" }, difference.accounts.map((account, index) => h("section", { class: "account" },
      h("p", { class: "claim" }, account.claim),
      citationList(account.evidence),
      citeLink(difference, { part: `accounts/${index}`, label: "Check" })))));
}
