// SPDX-License-Identifier: Apache-2.0
// The events in order, shown once all are there. With other filters the first hundred are shown as soon as they are there, and the
// rest are added as they come.

import { facets, get, pages } from "./api.js";
import { calm, h } from "./dom.js";
import { bars } from "./bars.js";
import { citeLink } from "./evidence.js";
import { filterForm } from "./filters.js";
import { change, go, here, link } from "./route.js";
import { count, dateText, dayText, ends } from "./text.js";

const FIELDS = "name,summary,kind,status,date,place,coverage";
const FACETS = ["kind", "status", "person", "issue", "place", "article"];

/** What the API is asked for: whatever of the address it knows. */
function filters(route) {
  const asked = Object.fromEntries(route.parameters);
  delete asked.cite;
  // Ranked by relevance the order would be another one.
  return asked.q ? { sort: "date", ...asked } : asked;
}

export async function timeline(route, { signal }) {
  const { counts } = await get("v1", {}, { signal });
  const list = h("div", { class: "days" });
  const chart = h("figure", { class: "chart" });
  const total = h("p", { class: "soft total", role: "status" });
  const form = filterForm(FACETS, (parameters) => go(change(here(), parameters), { replace: true }));
  let stop = new AbortController();

  /** Reads everything, and puts it into the list from the first page on. What was there stays until then. */
  async function fill(route, touched = new Set()) {
    stop.abort();
    stop = new AbortController();
    const events = [];
    const both = AbortSignal.any([signal, stop.signal]);
    // Asked for once, not with every page.
    const counted = facets("v1/events", FACETS, filters(route), { signal: both });
    counted.catch(() => {});
    let shown;
    for await (const page of pages("v1/events", { ...filters(route), fields: FIELDS }, { signal: both })) {
      events.push(...page.data);
      if (!shown) {
        form.show(route.parameters, await counted);
        total.textContent = page.page.total ? count(page.page.total, "event") : "No event fits these filters.";
        shown = new Groups(touched);
        list.replaceChildren(shown.element);
      }
      shown.add(page.data);
      // The chart of what has come so far would jump about.
      if (!page.page.next || events.length === page.data.length) chart.replaceChildren(...bars(events, route));
      if (page.page.next) await afterPaint();
    }
  }
  const quiet = (error) => {
    if (error.name !== "AbortError") throw error;
  };

  await fill(route);
  return {
    title: "Timeline",
    element: [
      h("h1", {}, "What the coverage reports"),
      h("p", { class: "lead" }, `${count(counts.events, "event")} told by ${count(counts.articles, "article")}. `
        + "Every fact leads to the paragraphs that report it."),
      form.element, chart, total, list,
    ],
    update: (route) => fill(route).catch((error) => refused(error, total, list)).catch(quiet),
    changed: (changes) => fill(here(), new Set(changes.map(({ id }) => id))).catch(quiet),
  };
}

/** A filter that the server refuses: it says which, and the form is still there to mend it. */
function refused(error, total, list) {
  if (error.name === "AbortError") throw error;
  total.textContent = error.message;
  list.replaceChildren();
}

const afterPaint = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** So many events a browser lays out in the time between two frames. */
const MOST = 12;
/** About how high one is, in rem: the scroll bar is right before they are laid out. */
const HEIGHT = 6.4;

/** The events by month, undated ones last. Browsers lay out only what is in sight (`content-visibility`). */
class Groups {
  element = h("div");
  #key;
  #list;

  /** @param touched ids of what has just changed. */
  constructor(touched) {
    this.touched = touched;
  }

  add(events) {
    for (const event of events) {
      const key = this.#keyOf(event.date);
      if (key !== this.#key || this.#list.childElementCount === MOST) this.#begin(key);
      this.#list.append(row(event, this.touched.has(event.id)));
      this.#list.parentElement.style.containIntrinsicBlockSize = `auto ${4 + this.#list.childElementCount * HEIGHT}rem`;
    }
  }

  #begin(key) {
    const goesOn = key === this.#key;
    this.#key = key;
    this.#list = h("ol", { class: "events" });
    const heading = goesOn ? undefined : h("h2", {}, /^\d/.test(key) ? dayText(key) : key);
    this.element.append(h("section", { class: "month" }, heading ?? h("div"), this.#list));
  }

  #keyOf(date) {
    // Those come last, whenever they ended.
    if (!date?.earliest) return date?.latest ? "No beginning known" : "No day given";
    return ends(date)[0].slice(0, 7);
  }
}

function row(event, isTouched) {
  return h("li", { class: `event${isTouched ? " touched" : ""}`, "data-kind": event.kind },
    h("p", { class: "when" }, dateText(event.date)),
    h("div", { class: "what" },
      h("h3", {}, h("a", { href: link("events", event.id) }, event.name)),
      event.summary && h("p", { class: "gist" }, event.summary),
      h("p", { class: "meta" },
        h("span", { class: "kind" }, event.kind),
        event.status && event.status !== "occurred" && h("span", { class: "status", "data-status": event.status }, event.status),
        event.place && h("span", {}, event.place.name),
        citeLink(event))));
}

/** Other views show events in the same way. */
export const eventRows = (events) => h("ol", { class: "events" }, events.map((event) => row(event, false)));
export { FIELDS as EVENT_FIELDS };
