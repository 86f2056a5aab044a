// SPDX-License-Identifier: Apache-2.0
// The little Markdown that descriptions and guides are written in: headings, paragraphs, lists, code and links.

import { home } from "./api.js";
import { h } from "./dom.js";

export function markdown(text) {
  // What is fenced may have empty lines; everything else ends with one.
  return (text ?? "").split(/^```(.*\n[^]*?)^```$/m).flatMap((part, index) =>
    index % 2 ? example(part.slice(part.indexOf("\n") + 1)) : part.split(/\n{2,}/).filter((text) => text.trim()).flatMap(block));
}

/** Wide ones are scrolled, by the keyboard too. */
const example = (code) => h("pre", { tabindex: 0, role: "group", "aria-label": "Example" }, code);

function block(text) {
  const lines = text.trim().split("\n");
  const [, marks, title] = /^(#+) (.*)/.exec(lines[0]) ?? [];
  // A paragraph may follow at once.
  if (marks) return [h(`h${marks.length}`, { id: slug(title) }, inline(title)), ...(lines[1] ? block(lines.slice(1).join("\n")) : [])];
  if (!lines[0].startsWith("- ")) return [h("p", {}, inline(lines.join(" ")))];
  const items = lines.join("\n").slice(2).split(/\n- /);
  return [h("ul", { class: "points" }, items.map((item) => h("li", {}, inline(item.replaceAll(/\n\s*/g, " ")))))];
}

export const slug = (heading) => heading.toLowerCase().replaceAll(/\W+/g, "-");

export function inline(text) {
  const pieces = [];
  let position = 0;
  for (const found of (text ?? "").matchAll(/`([^`]+)`|\*([\w ]+)\*|\[([^\]]+)\]\(([^)]+)\)/g)) {
    pieces.push(text.slice(position, found.index));
    const [, code, stress, name, target] = found;
    pieces.push(code ? h("code", {}, code) : stress ? h("em", {}, stress) : linked(inline(name), target));
    position = found.index + found[0].length;
  }
  return [...pieces, (text ?? "").slice(position)];
}

/** Links to the server's own paths lead to where it really is, and those to a guide beside to where that is read here. */
function linked(name, target) {
  const [, guide, heading] = /^([\w-]+)\.md(?:#(.*))?$/.exec(target) ?? [];
  if (guide) return h("a", { href: `#/guides/${guide}${heading ? `/${heading}` : ""}` }, name);
  const url = new URL(target.replace(/^\//, ""), home);
  return /^https?:$/.test(url.protocol) ? h("a", { href: url }, name) : name;
}
