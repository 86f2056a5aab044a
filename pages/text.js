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

/** What an article is called: those without a headline have a file name, which tells nobody anything. */
export function articleName(article) {
  if (!/^\w+\.txt$/.test(article.name)) return article.name;
  return `${article.id.split("-").map((word) => (word.length > 3 ? capital(word) : word)).join(" ")} (no headline)`;
}

export const nameOf = (record) => (record.type === "article" ? articleName(record) : record.name);

const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];
const parts = (day) => day.split("-").map(Number);
const dayText = (day) => {
  const [year, month, date] = parts(day);
  return `${date} ${MONTHS[month - 1]} ${year}`;
};

export function monthText(key) {
  const [year, month] = parts(key);
  return month ? `${MONTHS[month - 1]} ${year}` : String(year);
}

/** A date object in words: "18 June 2023", "18 – 19 June 2023", "since 2018", "about February 2023". */
export function dateText(date) {
  if (!date || (!date.earliest && !date.latest)) return "no day given";
  const about = /[~?%]/.test(date.edtf) ? "about " : "";
  const cut = (day) => (date.precision === "day" ? day : date.precision === "month" ? day.slice(0, 7) : day.slice(0, 4));
  const word = (key) => (key.length === 10 ? dayText(key) : monthText(key));
  if (!date.latest) return `${about}since ${word(cut(date.earliest))}`;
  if (!date.earliest) return `${about}until ${word(cut(date.latest))}`;
  if (date.precision === "season") return about + [date.earliest, date.latest].map((day) => monthText(day.slice(0, 7))).join(" – ");
  if (date.precision === "decade") return `${about}the ${date.earliest.slice(0, 4)}s`;
  const [from, to] = [cut(date.earliest), cut(date.latest)];
  if (from === to) return about + word(from);
  if (from.length === 10 && from.slice(0, 7) === to.slice(0, 7)) return `${about}${parts(from)[2]} – ${word(to)}`;
  return `${about}${word(from)} – ${word(to)}`;
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

