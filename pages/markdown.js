// SPDX-License-Identifier: Apache-2.0
// The little Markdown that descriptions and guides are written in: headings, paragraphs, lists, code and links.

import { home } from "./api.js";
import { h } from "./dom.js";

export function markdown(text) {
  // What is fenced may have empty lines; everything else ends with one.
  return (text ?? "").split(/^```(.*\n[^]*?)^```$/m).flatMap((part, index) =>
    index % 2 ? h("pre", { tabindex: 0 }, part.slice(part.indexOf("\n") + 1)) : part.split(/\n{2,}/).filter((text) => text.trim()).map(block));
}

function block(text) {
  const lines = text.trim().split("\n");
  const heading = /^(#+) (.*)/.exec(text.trim());
  if (heading) return h(`h${heading[1].length}`, { id: slug(heading[2]) }, inline(heading[2]));
  if (!lines[0].startsWith("- ")) return h("p", {}, inline(lines.join(" ")));
  const items = lines.join("\n").slice(2).split(/\n- /);
  return h("ul", { class: "points" }, items.map((item) => h("li", {}, inline(item.replaceAll(/\n\s*/g, " ")))));
}

export const slug = (heading) => heading.toLowerCase().replaceAll(/\W+/g, "-");

/** Links to the server's own paths lead to where it really is, and those to a document beside to where that is read here. */
export function inline(text) {
  const pieces = [];
  let position = 0;
  for (const found of (text ?? "").matchAll(/`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)/g)) {
    pieces.push(text.slice(position, found.index));
    const [, code, name, target] = found;
    const beside = /^([\w-]+)\.md$/.exec(target ?? "");
    if (code) pieces.push(h("code", {}, code));
    else pieces.push(h("a", { href: beside ? `#/guides/${beside[1]}` : new URL(target.replace(/^\//, ""), home) }, inline(name)));
    position = found.index + found[0].length;
  }
  return [...pieces, (text ?? "").slice(position)];
}
