// SPDX-License-Identifier: Apache-2.0
// The little Markdown that descriptions are written in: paragraphs, lists, `code` and links.

import { home } from "./api.js";
import { h } from "./dom.js";

export function markdown(text) {
  return (text ?? "").split(/\n{2,}/).filter(Boolean).map((block) => {
    const lines = block.split("\n");
    if (!lines.every((line) => line.startsWith("- "))) return h("p", {}, inline(block));
    return h("ul", { class: "points" }, lines.map((line) => h("li", {}, inline(line.slice(2)))));
  });
}

/** Links to the server's own paths lead to where it really is. */
export function inline(text) {
  const pieces = [];
  let position = 0;
  for (const found of (text ?? "").matchAll(/`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)/g)) {
    pieces.push(text.slice(position, found.index));
    if (found[1]) pieces.push(h("code", {}, found[1]));
    else pieces.push(h("a", { href: new URL(found[3].replace(/^\//, ""), home) }, inline(found[2])));
    position = found.index + found[0].length;
  }
  return [...pieces, (text ?? "").slice(position)];
}
