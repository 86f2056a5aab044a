// SPDX-License-Identifier: Apache-2.0
// How many events there are when: a bar for each day, month or year, each leading to what it counts.

import { h, svg } from "./dom.js";
import { change, here } from "./route.js";
import { count, dateText, monthText } from "./text.js";

const HEIGHT = 72;
/** By how many characters of a date the events are counted; the finest that gives no more bars than that. */
const STEPS = [10, 7, 4];
const MOST = 80;

/** Nothing for fewer than two bars: those would tell no more than the list. */
export function bars(events, route) {
  const dated = events.filter(({ date }) => date?.earliest && date.precision !== "unknown");
  const found = STEPS.map((step) => counted(dated, step)).find((bins) => bins && bins.length <= MOST);
  if (!found || found.length < 2) return [];
  const most = Math.max(...found.map(({ number }) => number));
  const width = 100 / found.length;
  // Many a month has one event and one has forty: by their roots both can be seen.
  const height = (number) => (number ? Math.max(4, HEIGHT * Math.sqrt(number / most)) : 0);
  const drawn = svg("svg", {
    viewBox: `0 0 100 ${HEIGHT}`, preserveAspectRatio: "none", role: "group", "aria-label": "Events over time",
  },
    found.map(({ key, number }, index) => number > 0 && svg("a", {
      href: change(here(), { from: key, to: key }), "aria-label": `${name(key)}: ${count(number, "event")}`,
    },
      svg("title", {}, `${name(key)}: ${count(number, "event")}`),
      svg("rect", { class: "reach", x: index * width, y: 0, width, height: HEIGHT }),
      svg("rect", {
        class: "bar", x: (index + 0.12) * width, y: HEIGHT - height(number), width: width * 0.76, height: height(number),
      }))));
  const [first, last] = [found[0].key, found.at(-1).key];
  return [drawn, h("p", { class: "axis", "aria-hidden": "true" }, h("span", {}, name(first)), h("span", {}, name(last)))];
}

const name = (key) =>
  key.length === 10 ? dateText({ earliest: key, latest: key, precision: "day", edtf: key }) : monthText(key);

/** Bins from the first to the last without a gap; nil when a day is wanted and only the month is known. */
function counted(events, step) {
  const fine = events.filter(({ date }) => step === 4 || date.precision === "day" || (step === 7 && date.precision === "month"));
  if (fine.length < events.length * 0.8 || !fine.length) return undefined;
  const numbers = new Map();
  for (const { date } of fine) {
    const key = date.earliest.slice(0, step);
    numbers.set(key, (numbers.get(key) ?? 0) + 1);
  }
  const keys = [...numbers.keys()].sort();
  const bins = [];
  for (let key = keys[0]; key <= keys.at(-1) && bins.length <= MOST; key = next(key)) {
    bins.push({ key, number: numbers.get(key) ?? 0 });
  }
  return bins;
}

function next(key) {
  const [year, month, day] = key.split("-").map(Number);
  if (!month) return String(year + 1).padStart(4, "0");
  const date = new Date(Date.UTC(year, day ? month - 1 : month, day ? day + 1 : 1));
  return date.toISOString().slice(0, key.length);
}
