// SPDX-License-Identifier: Apache-2.0
// The stream of changes (server-sent events), taken up again where it broke off. Read by fetch, since EventSource can show no
// token and gives up for good when a server that is starting says 503.

import { address, authorized, backOff, connection } from "./api.js";

/** Sends `change` with the change as its `detail`, `reset` when everything is to be read anew, and `state`. */
export const live = new (class extends EventTarget {
  /** "connecting", "live" or "paused". */
  state = "connecting";
  #position;
  #stop;
  #begin;
  /** Kept once the stream has begun, or could not: what is read from then on misses nothing that the stream does not tell. */
  begun = new Promise((resolve) => (this.#begin = resolve));

  /** Listens for as long as the page is seen: a browser has few connections, and hidden pages must not use them up. */
  start() {
    const obey = () => {
      clearTimeout(this.rest);
      if (document.visibilityState === "visible") this.#run();
      else this.rest = setTimeout(() => this.#stop?.abort(), 20000);
    };
    // Whatever stands between and holds the stream back must not hold back the page.
    setTimeout(this.#begin, 500);
    document.addEventListener("visibilitychange", obey);
    addEventListener("pagehide", () => this.#stop?.abort());
    addEventListener("pageshow", obey);
    obey();
  }

  async #run() {
    if (this.#stop && !this.#stop.signal.aborted) return;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await this.#listen(signal, () => (attempt = 0));
      } catch {
        // The next attempt tells.
      }
      this.#begin();
      if (signal.aborted) break;
      this.#become("connecting");
      await connection.hold(backOff(attempt), signal).catch(() => {});
    }
    this.#become("paused");
  }

  async #listen(signal, connected) {
    const fields = authorized({ Accept: "text/event-stream" });
    if (this.#position) fields["Last-Event-ID"] = this.#position;
    const response = await fetch(address("v1/changes"), { headers: fields, signal, cache: "no-store" });
    if (!response.ok) throw new Error(`status ${response.status}`);
    connected();
    this.#begin();
    this.#become("live");
    connection.retry();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block) {
    const fields = {};
    for (const line of block.split("\n")) {
      const colon = line.indexOf(":");
      if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
    }
    if (fields.id) this.#position = fields.id;
    if (fields.event) this.dispatchEvent(new CustomEvent(fields.event, { detail: JSON.parse(fields.data ?? "null") }));
  }

  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
})();
