// SPDX-License-Identifier: Apache-2.0
// The frame around the views: which is shown, what changed on the server, and what to say when something is not there.

import { connection, load, Problem, token } from "./api.js";
import { announce, calm, h } from "./dom.js";
import { EvidenceDialog } from "./evidence.js";
import { live } from "./live.js";
import { arrive, stay, step } from "./place.js";
import { here } from "./route.js";
import { search } from "./search.js";
import { count, TYPES } from "./text.js";
import { timeline } from "./timeline.js";

/**
 * What shows a view: `(route, context) => {element, title, update?, changed?}`, once it has something to show.
 * - `update(route)` takes other parameters of the same view, so that what was typed in stays where it is.
 * - `changed(changes)` takes what happened on the server; without one the view is shown anew.
 */
const VIEWS = {
  timeline: async () => timeline,
  search: from("results"),
  network: from("network"),
  issues: (id, options) => from(id ? "issue" : "issues")(id, options),
  discrepancies: (id, options) => from(id ? "record" : "discrepancies")(id, options),
  compare: from("compare"),
  articles: (id, options) => from(id ? "record" : "articles")(id, options),
};
const record = from("record");
/** What is exported under the name of its module, which is fetched when it is first wanted. */
function from(name) {
  return async (id, options) => (await load(`${name}.js`, options))[name];
}

const main = document.getElementById("main");
const evidence = new EvidenceDialog();
let shown = { key: undefined, view: undefined };
let leaving = new AbortController();

const keyOf = ({ view, id }) => `${view}/${id ?? ""}`;

/** Shows what the address says. */
async function obey() {
  const route = here();
  evidence.obey(route);
  const place = step();
  const query = queryOf(route);
  const { key, view } = shown;
  if (keyOf(route) === key && query === shown.query) {
    // One that is still on its way keeps the place it is to lead to.
    if (view) stay();
    return;
  }
  if (keyOf(route) !== key || !view?.update) return show(route, { isMove: key !== undefined, place });
  shown.query = query;
  await view.update(route);
  if (shown.view !== view || shown.query !== query) return;
  if (place) arrive(place);
  else stay();
}

/** The parameters that are the view's own. */
function queryOf(route) {
  const own = new URLSearchParams(route.parameters);
  own.delete("cite");
  return own.toString();
}

/** @param options `place`: where one was there; `isAnew`: what is shown already, read once more. */
async function show(route, { isMove = false, isAnew = false, place } = {}) {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  shown = {
    key: keyOf(route), query: queryOf(route), view: isAnew ? shown.view : undefined,
    /** How it was to be shown, for whoever reads it once more while it is on its way. */
    owed: isAnew ? undefined : { isMove, place },
  };
  mark(route);
  main.setAttribute("aria-busy", "true");
  let view;
  try {
    const find = VIEWS[route.view] ?? (TYPES[route.view] && route.id ? record : undefined);
    view = find ? await (await find(route.id, { signal }))(route, { signal }) : unknown(route);
  } catch (error) {
    if (signal.aborted) return;
    view = sorry(error, route);
  }
  if (signal.aborted) return;
  shown.view = view;
  shown.owed = undefined;
  document.title = `${view.title} – Readout`;
  main.replaceChildren(...[view.element].flat());
  main.removeAttribute("aria-busy");
  if (isAnew) return;
  if (isMove) tell(main.querySelector("h1"));
  const link = await arrive(place);
  if (isMove && link) tell(link);
}

const showAnew = () => show(here(), shown.owed ?? { isAnew: true });

/** Tells screen readers what is shown now, and has the keyboard go on from there. */
function tell(part) {
  // Nobody who is typing again already is taken away from it.
  if (document.getElementById("evidence").open || document.activeElement.matches("input, textarea, select")) return;
  if (part?.matches("h1")) part.setAttribute("tabindex", "-1");
  part?.focus({ preventScroll: true });
}

function mark(route) {
  const view = VIEWS[route.view] ? route.view : undefined;
  for (const way of document.querySelectorAll(".ways a")) {
    const isHere = way.getAttribute("href") === `#/${view}`;
    if (isHere) way.setAttribute("aria-current", route.id ? "true" : "page");
    else way.removeAttribute("aria-current");
  }
}

// MARK: What cannot be shown

const WAYS_ON = [["#/timeline", "the timeline"], ["#/issues", "the issues"], ["#/network", "the network"]];
const waysOn = () => h("p", {}, "Go on with ", WAYS_ON.map(([href, name], index) =>
  [index ? ", " : "", h("a", { href }, name)]), ", or search above.");

function unknown(route) {
  return {
    title: "No such page",
    element: [h("h1", {}, "There is no such page"),
      h("p", { class: "lead" }, `Nothing here is called “${route.view}”. The link may be old, or misspelt.`), waysOn()],
  };
}

function sorry(error, route) {
  if (!(error instanceof Problem)) {
    console.error(error);
    return {
      title: "Something went wrong",
      element: [h("h1", {}, "This page has failed"), h("p", { class: "lead" }, String(error.message ?? error)),
        h("p", {}, h("button", { type: "button", click: () => show(here()) }, "Try again"))],
    };
  }
  if (error.status === 401 || error.status === 403) return locked(error);
  if (error.status === 404 || error.status === 410) {
    const title = error.status === 410 ? "This was deleted" : "This is not here";
    return { title, element: [h("h1", {}, title), h("p", { class: "lead" }, error.message), waysOn()] };
  }
  return {
    title: error.title,
    element: [h("h1", {}, error.status === 400 ? "This bookmark no longer works" : error.title),
      h("p", { class: "lead" }, error.message),
      h("p", {}, h("a", { href: `#/${route.view}` }, "Show it without the filters"))],
  };
}

/** Where reading takes a token. */
function locked(error) {
  const field = h("input", { type: "password", id: "token", autocomplete: "off", required: true });
  return {
    title: "A token is needed",
    element: [h("h1", {}, "This server asks for a token"), h("p", { class: "lead" }, error.message),
      h("form", {
        class: "filters", submit: (event) => {
          event.preventDefault();
          token.set(field.value.trim());
          show(here());
        },
      }, h("label", {}, "Token", field), h("button", { type: "submit" }, "Read with it")),
      h("p", { class: "soft" }, "It is kept for this tab alone.")],
  };
}

// MARK: What happens meanwhile

let changes = [];
const takeChanges = calm(() => {
  const taken = changes;
  changes = [];
  announce(`${count(taken.length, "change")} on the server, shown here.`);
  bringUp(shown, taken);
}, 400);

/** Lets a view take what has changed. Where it cannot (what it shows has been deleted), it is shown anew, and says so. */
async function bringUp({ view }, taken) {
  try {
    if (view?.changed) return await view.changed(taken);
  } catch {
    if (shown.view !== view) return;
  }
  showAnew();
}

live.addEventListener("change", ({ detail }) => {
  changes.push(detail);
  takeChanges();
});
live.addEventListener("reset", showAnew);

const PULSE = { live: "Live", connecting: "Connecting", paused: "Paused" };
live.addEventListener("state", () => {
  document.getElementById("pulse").dataset.state = live.state;
  document.getElementById("pulse-text").textContent = PULSE[live.state];
  tellAway();
});

/** Says that the server does not answer, for as long as that is so. */
const away = document.getElementById("away");
function tellAway() {
  const isAway = connection.waiting > 0 || (wasLive && live.state === "connecting");
  if (live.state === "live") wasLive = true;
  if (away.hidden === !isAway) return;
  away.hidden = !isAway;
  away.replaceChildren(...(isAway
    ? ["The server does not answer at the moment. What is shown stays; it goes on by itself as soon as the server is back. ",
      h("button", { type: "button", click: () => connection.retry() }, "Try now")]
    : []));
}
let wasLive = false;
connection.addEventListener("change", tellAway);

// Not a way to another view.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", obey);
search();
main.setAttribute("aria-busy", "true");
live.start();
await live.begun;
obey();
