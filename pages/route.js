// SPDX-License-Identifier: Apache-2.0
// Where one is, told by the address alone, so that every view can be bookmarked and sent: `#/issues/taiwan`,
// `#/timeline?kind=visit`. `cite=events/qin-visit` on top of any view has the citations of that record open.

export function parse(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [view, id] = path.split("/").map((text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  });
  return { view: view || "timeline", id, parameters: new URLSearchParams(query) };
}

/** The link to a view, with those parameters that say something. */
export function link(view, id, parameters = {}) {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== ""));
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ""}${query.size ? `?${query}` : ""}`;
}

/** The same view with other parameters; empty ones are dropped. */
export function change(route, parameters) {
  return link(route.view, route.id, { ...Object.fromEntries(route.parameters), ...parameters });
}

export const here = () => parse(location.hash);

/** Goes there; `replace` leaves no step to go back to. */
export function go(hash, { replace = false } = {}) {
  if (hash === location.hash) return;
  if (!replace) location.hash = hash;
  else {
    history.replaceState(history.state, "", hash);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
