// SPDX-License-Identifier: Apache-2.0
// Reading the API. A server that goes away is waited for: whoever asked gets the answer once it is back.

import { pause } from "./dom.js";

/** Where the server is, with whatever path prefix stands in front of it. */
export const home = new URL("..", import.meta.url);

/** What the server said no to: its problem document (RFC 9457). */
export class Problem extends Error {
  constructor(status, document, seconds) {
    super(document.detail ?? document.title ?? `The server answered ${status}.`);
    this.status = status;
    /** After how many seconds to ask again, where the server says so. */
    this.seconds = Number(seconds) || 0;
    this.title = document.title ?? `Status ${status}`;
  }
}

/** Whether the server answers. Sends `change`; `waiting` is how many requests hold out for it. */
export const connection = new (class extends EventTarget {
  waiting = 0;
  #wake = new EventTarget();

  /** One request more, or one less, holds out. */
  count(step) {
    this.waiting += step;
    this.dispatchEvent(new Event("change"));
  }

  /** Asks again now instead of later. */
  retry() {
    this.#wake.dispatchEvent(new Event("wake"));
  }

  /** Waits so long, unless somebody is impatient. */
  async hold(milliseconds, signal) {
    const early = new AbortController();
    this.#wake.addEventListener("wake", () => early.abort(), { once: true, signal: early.signal });
    await pause(milliseconds, AbortSignal.any([early.signal, ...(signal ? [signal] : [])])).catch(() => {});
    early.abort();
    signal?.throwIfAborted();
  }
})();
addEventListener("online", () => connection.retry());

const TOKEN = "readout-token";
/** The token that reading takes here, if any; forgotten with the tab. */
export const token = {
  get: () => sessionStorage.getItem(TOKEN),
  set: (text) => (text ? sessionStorage.setItem(TOKEN, text) : sessionStorage.removeItem(TOKEN)),
};

export function authorized(fields = {}) {
  const shown = token.get();
  return shown ? { ...fields, Authorization: `Bearer ${shown}` } : fields;
}

export function address(path, parameters) {
  const url = new URL(path, home);
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (value !== undefined && value !== null && value !== "") url.searchParams.set(name, value);
  }
  return url;
}

const PASSING = new Set([429, 502, 503, 504]);

/** How long to wait before an attempt: longer each time, never the same for everybody. */
export const backOff = (attempt) => Math.min(15000, 500 * 2 ** attempt) * (0.75 + Math.random() / 2);

/** Asks until there is an answer or a refusal; `connection` has it counted meanwhile. */
async function persist(ask, signal) {
  let isHeld = false;
  try {
    for (let attempt = 0; ; attempt++) {
      let wait = backOff(attempt);
      try {
        return await ask();
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof Problem && !PASSING.has(error.status)) throw error;
        wait = Math.max(wait, 1000 * (error.seconds ?? 0));
      }
      if (!isHeld) connection.count(1);
      isHeld = true;
      await connection.hold(wait, signal);
    }
  } finally {
    if (isHeld) connection.count(-1);
  }
}

/** @throws {Problem} what is not a success. */
async function fine(response) {
  if (response.ok) return response;
  throw new Problem(response.status, await response.json().catch(() => ({})), response.headers.get("Retry-After"));
}

/**
 * The JSON at a path such as `v1/events`.
 * @throws {Problem} what the server refuses. Waits as long as it cannot be reached or has no time.
 */
export const get = (path, parameters, { signal } = {}) => persist(async () => {
  const response = await fetch(address(path, parameters), { headers: authorized({ Accept: "application/json" }), signal });
  return (await fine(response)).json();
}, signal);

/** The text of a file of these pages, such as `pages/lib/writing.md`. */
export const text = (path, { signal } = {}) => persist(async () => (await fine(await fetch(address(path), { signal }))).text(), signal);

/**
 * A module of these pages, such as `network.js`, waited for in the same way.
 *
 * It is imported once it is known to be there: some browsers take a module that they could not fetch for missing ever after.
 */
export const load = (name, { signal } = {}) => persist(async () => {
  const url = new URL(name, import.meta.url);
  await (await fine(await fetch(url, { signal }))).text();
  return import(url);
}, signal);

/** The pages of a list, one after another: `{data, page}` each. */
export async function* pages(path, parameters, options) {
  for (let cursor; ; ) {
    const answer = await get(path, { limit: 100, ...parameters, cursor }, options);
    yield answer;
    cursor = answer.page.next;
    if (!cursor) return;
  }
}

/** How many records of a list have which value: `{kind: [{value, name, count}]}`. */
export const facets = async (path, names, parameters, options) =>
  (await get(path, { ...parameters, sort: undefined, limit: 1, fields: "name", facets: names.join(",") }, options)).facets;

/** All records of a list. */
export async function all(path, parameters, options) {
  const records = [];
  for await (const page of pages(path, parameters, options)) records.push(...page.data);
  return records;
}
