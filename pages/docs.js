// SPDX-License-Identifier: Apache-2.0
// The reference: the contents at the left, and what of `/openapi.json` the address names.

import { connection, get, Problem, token } from "./api.js";
import { announce, calm, h } from "./dom.js";
import { guideCards, guideLink, guidePage, GUIDES } from "./guides.js";
import { markdown, inline } from "./markdown.js";
import { method, operationPage } from "./operation.js";
import { arrive, step } from "./place.js";
import { members, typeText } from "./schema.js";
import { count } from "./text.js";

const main = document.getElementById("main");
const contents = document.getElementById("contents");
const words = document.getElementById("words");
const isNarrow = matchMedia("(max-width: 50rem)");

/** Every operation, in the order of the document, under its tag. */
function operationsOf(api) {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })));
}

async function start() {
  let api;
  try {
    api = await get("openapi.json");
  } catch (error) {
    return refused(error);
  }
  const operations = operationsOf(api);
  const { schemas } = api.components;
  const entries = listContents(api, operations, Object.keys(schemas));

  let leaving = new AbortController();

  function obey() {
    const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
    const [name, ...parts] = path.split("/");
    const operation = operations.find(({ operationId }) => operationId === name);
    // By its bare name too.
    const schema = [name, parts[0]].find((name) => Object.hasOwn(schemas, name));
    const page = operation ? operationPage(api, operation, new URLSearchParams(query))
      : schema ? schemaPage(api, schema)
        : name === "guides" && Object.hasOwn(GUIDES, parts[0]) ? guidePage(parts[0], parts[1], leaving.signal)
          : name ? missing(parts.at(-1) ?? name) : introduction(api, operations);
    main.classList.toggle("wide", Boolean(operation));
    main.replaceChildren(...[page].flat());
    const title = main.querySelector("h1");
    document.title = `${title.textContent} – Readout API`;
    entries.point(schema ? `schemas/${schema}` : path.split("/").slice(0, 2).join("/"));
    return title;
  }

  function turn() {
    leaving.abort();
    leaving = new AbortController();
    const place = step();
    const title = obey();
    arrive(place);
    return title;
  }

  turn();
  addEventListener("hashchange", () => {
    const title = turn();
    title.setAttribute("tabindex", "-1");
    title.focus({ preventScroll: true });
  });
  words.addEventListener("input", calm(() => entries.search(words.value), 60));
  entries.search(words.value);
}

// MARK: The contents

function listContents(api, operations, schemas) {
  const link = (href, text, ...more) => h("a", { href, title: text }, ...more, h("span", {}, text));
  const groups = api.tags.map((tag) => {
    const those = operations.filter(({ tags }) => tags[0] === tag.name);
    return { title: tag.name, items: those.map((operation) => ({
      key: operation.operationId, link: link(`#/${operation.operationId}`, operation.summary, method(operation.method)),
      text: [operation.summary, operation.path, operation.operationId, ...(operation.parameters ?? []).map(({ name }) => name)]
        .join(" ").toLowerCase(),
    })) };
  });
  groups.push({ title: "schemas", items: schemas.map((name) => (
    { key: `schemas/${name}`, link: link(`#/schemas/${name}`, name), text: name.toLowerCase() })) });
  groups.unshift({ title: "guides", items: Object.entries(GUIDES).map(([name, { title, headings }]) => (
    { key: `guides/${name}`, link: link(guideLink(name), title), text: [title, ...headings].join(" ").toLowerCase() })) });
  for (const group of groups) {
    for (const item of group.items) item.element = h("li", {}, item.link);
    group.element = h("details", {}, h("summary", {}, group.title), h("ul", {}, group.items.map(({ element }) => element)));
  }
  const none = h("p", { class: "soft", hidden: true }, "Nothing is called that.");
  const all = h("details", { class: "all", open: !isNarrow.matches }, h("summary", {}, "Contents"),
    h("a", { class: "first", href: "#/" }, "Introduction"), groups.map(({ element }) => element), none);
  contents.replaceChildren(all);
  isNarrow.addEventListener("change", () => (all.open = !isNarrow.matches));
  let here = "";

  function point(path) {
    here = path;
    if (isNarrow.matches) all.open = false;
    contents.querySelector(".first").toggleAttribute("aria-current", path === "");
    for (const group of groups) {
      for (const { key, link } of group.items) {
        if (key === path) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      if (group.items.some(({ key }) => key === path)) group.element.open = true;
    }
    contents.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  }

  /** Keeps what has all the words. */
  function search(text) {
    const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const group of groups) {
      let shown = 0;
      for (const item of group.items) {
        const fits = wanted.every((word) => item.text.includes(word) || group.title.includes(word));
        item.element.hidden = !fits;
        shown += fits;
      }
      group.element.hidden = shown === 0;
      group.element.open = wanted.length > 0 || group.items.some(({ key }) => key === here);
      found += shown;
    }
    none.hidden = found > 0;
    if (isNarrow.matches) all.open = wanted.length > 0;
    if (wanted.length) announce(`${found} found`);
  }
  return { point, search };
}

document.getElementById("find").addEventListener("submit", (event) => {
  event.preventDefault();
  contents.querySelector("details:not([hidden]) li:not([hidden]) a")?.click();
});
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
  event.preventDefault();
  words.focus();
});

// MARK: What is not an operation

function introduction(api, operations) {
  return [
    h("p", { class: "eyebrow" }, `Version ${api.info.version}`),
    h("h1", {}, "API reference"),
    h("p", { class: "lead" }, api.info.summary, "."),
    h("div", { class: "prose" }, markdown(api.info.description)),
    h("h2", {}, "Guides"), guideCards(),
    h("h2", {}, "What there is"),
    h("ul", { class: "cards" }, api.tags.map((tag) => {
      const those = operations.filter(({ tags }) => tags[0] === tag.name);
      return those.length > 0 && h("li", { class: "card" }, h("h3", {}, h("a", { href: `#/${those[0].operationId}` }, tag.name)),
        h("p", {}, inline(tag.description)), h("p", { class: "soft" }, count(those.length, "operation")));
    })),
    h("h2", {}, "Tokens"), h("div", { class: "prose" }, markdown(api.components.securitySchemes.token.description)),
  ];
}

function schemaPage(api, name) {
  const schema = api.components.schemas[name];
  return [
    h("p", { class: "eyebrow" }, "Schema"), h("h1", {}, name),
    h("div", { class: "prose" }, markdown(schema.description)),
    h("p", { class: "limits" }, typeText(schema)), members(api, schema),
  ];
}

function missing(name) {
  return [
    h("h1", {}, "There is no such page"),
    h("p", { class: "lead" }, `Nothing here is called “${name}”. The link may be old: search above, or begin with the `,
      h("a", { href: "#/" }, "introduction"), "."),
  ];
}

function refused(error) {
  if (!(error instanceof Problem)) throw error;
  const field = h("input", { type: "password", id: "token", autocomplete: "off" });
  main.replaceChildren(h("h1", {}, error.title), h("p", { class: "lead" }, error.message),
    h("form", {
      class: "try", submit: (event) => {
        event.preventDefault();
        token.set(field.value.trim());
        start();
      },
    }, h("label", { for: "token" }, h("span", {}, "Token"), field), h("button", {}, "Read with it")));
}

const away = document.getElementById("away");
connection.addEventListener("change", () => {
  away.hidden = connection.waiting === 0;
  away.replaceChildren("The server does not answer at the moment; this goes on by itself as soon as it is back. ",
    h("button", { type: "button", click: () => connection.retry() }, "Try now"));
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
start();
