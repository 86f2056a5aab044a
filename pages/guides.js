// SPDX-License-Identifier: Apache-2.0
// The project's guides to the API, from the files that the build copies beside these pages.

import { Problem, text } from "./api.js";
import { h } from "./dom.js";
import { markdown, slug } from "./markdown.js";

/** By the name of the file: what the guide is called and is about, and the headings that are looked for most. */
export const GUIDES = {
  "for-front-ends": {
    title: "For front ends",
    about: "From nothing to a typed list of events that is paged, cached and live: TypeScript that runs as it stands.",
    headings: ["Types", "Fetching and errors", "Paging", "Caching", "Live updates", "Calendars and maps"],
  },
  writing: {
    title: "For editors",
    about: "An afternoon's work by curl: how records are made, mended and taken back, and what is said when that cannot be.",
    headings: ["Create", "Correct", "Retract", "Restore"],
  },
};

export const guideLink = (name, heading) => `#/guides/${name}${heading ? `/${slug(heading)}` : ""}`;

/** What the introduction says of the guides. */
export const guideCards = () => h("ul", { class: "guides" }, Object.entries(GUIDES).map(([name, { title, about, headings }]) =>
  h("li", { class: "card" }, h("h3", {}, h("a", { href: guideLink(name) }, title)), h("p", {}, about),
    h("p", { class: "parts" }, headings.map((heading) => h("a", { href: guideLink(name, heading) }, heading))))));

/** A guide, and its heading of that slug in sight. */
export function guidePage(name, heading, signal) {
  const content = h("div", { class: "prose guide" }, h("p", { class: "soft" }, "Asking …"));
  fill(content, { name, heading, signal });
  return [h("p", { class: "eyebrow" }, "Guide"), h("h1", {}, GUIDES[name].title), content];
}

async function fill(content, { name, heading, signal }) {
  try {
    // Its first heading is the title above.
    content.replaceChildren(...markdown((await text(`pages/lib/${name}.md`, { signal })).replace(/^# .*/, "")));
    goOn(heading && content.querySelector(`[id="${CSS.escape(heading)}"]`));
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Problem)) throw error;
    content.replaceChildren(h("p", {}, error.status === 404
      ? `This server was built without its guides: it is docs/${name}.md of the project.` : error.message));
  }
}

/** Reading begins at the heading, for the keyboard and for screen readers too. */
function goOn(heading) {
  if (!heading) return;
  heading.scrollIntoView();
  // Nobody who is typing again already is taken away from it.
  if (document.activeElement.matches("input, textarea, select")) return;
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
}
