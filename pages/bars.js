// SPDX-License-Identifier: Apache-2.0
// How many events there were when: a bar for each day, month or year, each leading to what it counts.

import { h, svg } from "./dom.js";
import { change, here } from "./route.js";
import { count, dayText, ends } from "./text.js";

/** In pixels. */
const HEIGHT = 96;
/**
 * A bar each, by how many characters of a date: the finest that a third of the events fit and that gives no more bars than can be told
 * apart.
 */
const STEPS = { 10: "day", 7: "month", 4: "year" };
const mostBars = () => (innerWidth < 700 ? 40 : 80);
/** Every so many bars one has its name below; the first that gives no more names than there is room for, or else the last. */
const NAMED = { 10: [1, 2, 7, 14], 7: [1, 3, 6, 12], 4: [1, 2, 5, 10, 20] };
const MOST_NAMES = 6;

/**
 * The chart and what it shows in words; nothing for fewer than two bars, which would tell no more than the list.
 *
 * An event counts where its date lies as a whole: one that is known by its year alone has no month. The chart reaches as far as the
 * list does, with the precision of its first and its last date.
 */
export function bars(events, route) {
  const dates = events.map(({ date }) => date).filter((date) => /^\d{4}-/.test(date?.earliest ?? date?.latest ?? ""));
  if (!dates.length) return [];
  const [from, to] = reach(dates, route.parameters);
  for (const step of [10, 7, 4]) {
    const placed = dates.filter(({ earliest, latest }) => earliest && latest && earliest.slice(0, step) === latest.slice(0, step));
    const bins = placed.length * 3 > dates.length ? counted(placed, from.day.slice(0, step), to.day.slice(0, step)) : [];
    if (bins.length < 2) continue;
    const [unit, rest] = [STEPS[step], events.length - placed.length];
    return [
      h("figcaption", {},
        `Events by ${unit}, ${from.key === to.key ? `in ${dayText(to.key)}` : `from ${dayText(from.key)} to ${dayText(to.key)}`}.`,
        rest > 0 && ` ${rest} without a date, or with one longer than a ${unit}, ${rest === 1 ? "stands" : "stand"} in the list alone.`),
      drawn(bins, unit),
    ];
  }
  return [];
}

/** The first and last day that any of them may have been on, within what was asked for, and how they are called. */
function reach(dates, parameters) {
  const both = dates.map((date) => {
    const [from, to] = ends(date);
    return [{ day: date.earliest ?? date.latest, key: from ?? to }, { day: date.latest ?? date.earliest, key: to ?? from }];
  });
  const from = both.map(([from]) => from).reduce((one, other) => (other.day < one.day ? other : one));
  const to = both.map(([, to]) => to).reduce((one, other) => (other.day > one.day ? other : one));
  const [least, most] = [parameters.get("from") ?? "", parameters.get("to") ?? ""];
  const [first, last] = [least + "-01-01".slice(least.length - 4), most + "-12-31".slice(most.length - 4)];
  return [
    least && first > from.day ? { day: first, key: least } : from,
    most && last < to.day ? { day: last, key: most } : to,
  ];
}

/** Bins from the first to the last without a gap; none when they would be too many. */
function counted(dates, first, last) {
  const numbers = new Map();
  for (const { earliest } of dates) {
    const key = earliest.slice(0, first.length);
    numbers.set(key, (numbers.get(key) ?? 0) + 1);
  }
  const bins = [];
  for (let key = first; key <= last; key = next(key)) {
    if (bins.push({ key, number: numbers.get(key) ?? 0 }) > mostBars()) return [];
  }
  return bins;
}

function next(key) {
  const [year, month, day] = key.split("-").map(Number);
  if (!month) return String(year + 1).padStart(4, "0");
  const date = new Date(Date.UTC(year, day ? month - 1 : month, day ? day + 1 : 1));
  return date.toISOString().slice(0, key.length);
}

// MARK: The drawing: across in percent, down in pixels

function drawn(bins, unit) {
  const most = Math.max(...bins.map(({ number }) => number));
  const [width, scale] = [100 / bins.length, HEIGHT / most];
  const percent = (number) => `${number.toFixed(3)}%`;
  const bar = ({ key, number }, index) => number > 0 && svg("a", {
    href: change(here(), { from: key, to: key }), "aria-label": `${dayText(key)}: ${count(number, "event")}`,
  },
    svg("title", {}, `${dayText(key)}: ${count(number, "event")}`),
    svg("rect", { class: "reach", x: percent(index * width), y: 0, width: percent(width), height: HEIGHT }),
    svg("rect", {
      class: "bar", x: percent((index + 0.12) * width), width: percent(width * 0.76),
      // One among hundreds can still be seen.
      y: HEIGHT - Math.max(2, number * scale), height: Math.max(2, number * scale),
    }));
  const steps = NAMED[bins[0].key.length];
  const every = steps.find((every) => bins.length / every <= MOST_NAMES) ?? steps.at(-1);
  return svg("svg", { role: "group", "aria-label": `Events by ${unit}` },
    svg("g", { class: "axis", "aria-hidden": "true" },
      levels(most).map((number) => [
        svg("line", { x1: 0, x2: "100%", y1: HEIGHT - number * scale, y2: HEIGHT - number * scale }),
        svg("text", { x: -6, y: HEIGHT - number * scale, dy: "0.32em" }, number),
      ]),
      bins.map(({ key }, index) => isNamed(key, index, every) && svg("text", {
        class: "below", x: percent((index + 0.5) * width), y: HEIGHT + 16,
      }, short(key, every)))),
    bins.map(bar));
}

/** Up to four round numbers of a scale, and its foot. */
function levels(most) {
  let every = 1;
  for (const factors = [2, 2.5, 2]; most / every > 4; factors.push(factors.shift())) every *= factors[0];
  return Array.from({ length: Math.floor(most / every) + 1 }, (_, index) => index * every);
}

/** Months and years are named where the calendar is round. */
function isNamed(key, index, every) {
  const [year, month, day] = key.split("-").map(Number);
  return (day ? index : month ? month - 1 : year) % every === 0;
}

function short(key, every) {
  if (every === 12) return key.slice(0, 4);
  // "18 Jun", "Jun 2023", "2023".
  return dayText(key).split(" ").slice(0, 2).map((word) => (/\D/.test(word) ? word.slice(0, 3) : word)).join(" ");
}
