// SPDX-License-Identifier: Apache-2.0
// A form whose choices are what the server counts (facets): it never offers what leads to an empty list.

import { calm, h } from "./dom.js";
import { capital } from "./text.js";

const LABELS = { person: "who", issue: "issue", place: "where", article: "told by", kind: "kind", status: "status" };

/** @param {(parameters) => void} choose told what was chosen, empty for what is not filtered by. */
export function filterForm(facets, choose, { dates = true, words = true } = {}) {
  const choices = Object.fromEntries(facets.map((name) => [name, h("select", { name }, h("option", { value: "" }, "any"))]));
  const q = words && h("input", { type: "search", name: "q", placeholder: "any words", spellcheck: "false" });
  const [from, to] = ["from", "to"].map((name) => dates && h("input", {
    name, placeholder: name === "from" ? "2023-02" : "2023-06-18", spellcheck: "false", autocomplete: "off",
    pattern: "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", title: "a year, a month or a day: 2023, 2023-06 or 2023-06-18",
  }));
  const fields = [q, from, to, ...Object.values(choices)].filter(Boolean);
  const send = () => form.checkValidity() && choose(Object.fromEntries(fields.map(({ name, value }) => [name, value.trim()])));
  const clear = h("button", { type: "reset", class: "quiet" }, "Clear");
  const label = (name, field) => h("label", {}, h("span", {}, capital(name)), field);
  const form = h("form", {
    class: "filters", "aria-label": "Filters",
    submit: (event) => {
      event.preventDefault();
      form.reportValidity();
      send();
    },
    change: send,
    input: calm((event) => event.target.type === "search" && send(), 250),
    // After the fields are empty.
    reset: () => setTimeout(send),
  },
    q && label("words", q), from && label("from", from), to && label("to", to),
    facets.map((name) => label(LABELS[name] ?? name, choices[name])), clear);
  const summary = h("summary", {}, "Filters");
  const box = h("details", { class: "filtering", open: !matchMedia("(max-width: 44rem)").matches }, summary, form);

  /** @param {URLSearchParams} parameters what is chosen. */
  function show(parameters, counted = {}) {
    for (const field of [q, from, to].filter(Boolean)) {
      if (field !== document.activeElement) field.value = parameters.get(field.name) ?? "";
    }
    for (const [name, select] of Object.entries(choices)) fill(select, parameters.get(name) ?? "", counted[name] ?? []);
    const chosen = fields.filter(({ value }) => value).length;
    clear.hidden = !chosen;
    summary.textContent = chosen ? `Filters (${chosen})` : "Filters";
  }
  return { element: box, show };
}

function fill(select, chosen, values) {
  const options = values.filter(({ value }) => value !== null).map(({ value, name, count }) =>
    h("option", { value }, `${name ?? value} (${count})`));
  if (chosen && !values.some(({ value }) => value === chosen)) options.push(h("option", { value: chosen }, chosen));
  select.replaceChildren(h("option", { value: "" }, "any"), ...options);
  select.value = chosen;
}
