// SPDX-License-Identifier: Apache-2.0
// How things are called.

/** The types of records, the plural being the last part of their path: `v1/events`. */
export const COLLECTIONS = {
  event: "events", person: "people", issue: "issues", statement: "statements", organization: "organizations",
  place: "places", discrepancy: "discrepancies", article: "articles",
};
export const TYPES = Object.fromEntries(Object.entries(COLLECTIONS).map(([type, collection]) => [collection, type]));

export const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];
const parts = (key) => key.split("-").map(Number);

/** A day, a month or a year: "2023-06-18", "2023-06", "2023". */
export function dayText(key) {
  const [year, month, day] = parts(key);
  return [day, MONTHS[month - 1], year].filter(Boolean).join(" ");
}

/**
 * The first and the last day that a date object stands for, as exactly as they are known: "2023-06-18", "2023-06" or "2023", undefined
 * where one is not. Either side of an interval has a precision of its own. What is left open ("2023-06-XX") is not known; seasons
 * ("2023-21") are told by their months.
 */
export function ends({ edtf, earliest, latest }) {
  const sides = edtf.replaceAll(/[~?%]|-XX/g, "").split("/");
  return [[earliest, sides[0]], [latest, sides.at(-1)]].map(([day, side]) =>
    day && (day.startsWith(side) ? side : day.slice(0, /^\d{4}-2[1-4]$/.test(side) ? 7 : 4)) || undefined);
}

/** A date object in words: "18 June 2023", "18 – 19 June 2023", "since 2018", "from 17 June 2023" (no end is known), "about 2023". */
export function dateText(date) {
  if (!date || (!date.earliest && !date.latest)) return "no day given";
  const about = /[~?%]/.test(date.edtf) ? "about " : "";
  const [from, to] = ends(date);
  if (!to) return `${date.edtf.endsWith("..") ? "since" : "from"} ${about}${dayText(from)}`;
  if (!from) return `until ${about}${dayText(to)}`;
  // One that an interval begins or ends with is told by its first or its last year.
  if (date.precision === "decade" && !date.edtf.includes("/")) return `${about}the ${from}s`;
  if (from === to) return about + dayText(from);
  const isOneMonth = from.length === 10 && to.length === 10 && from.slice(0, 7) === to.slice(0, 7);
  return `${about}${isOneMonth ? parts(from)[2] : dayText(from)} – ${dayText(to)}`;
}

export const BASES = {
  stated: "stated by an article",
  inferred: "inferred from an article's words and its day of publication",
  background: "known from outside the coverage",
};

export function coverageText({ articles, independent }) {
  if (articles === 0) return "no article";
  return independent === articles ? count(articles, "article") : `${count(articles, "article")}, ${independent} independent`;
}

