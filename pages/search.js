// SPDX-License-Identifier: Apache-2.0
// The field in the header: completes while one types (the combobox of the ARIA practices), and searches on Enter.

import { get } from "./api.js";
import { announce, calm, h } from "./dom.js";
import { go, link } from "./route.js";
import { COLLECTIONS, count } from "./text.js";

export function search() {
  const field = document.getElementById("words");
  const form = document.getElementById("find");
  const box = document.getElementById("suggestions");
  suggest(field, box, (record) => go(link(COLLECTIONS[record.type], record.id)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const q = field.value.trim();
    if (!q) return;
    field.blur();
    go(link("search", undefined, { q }));
  });
  // The slash goes to the search, as in many places, unless one is writing.
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    field.focus();
  });
}

/** Completes what is typed into a field; `choose` gets the record that is taken. */
export function suggest(field, box, choose, parameters = {}) {
  let stop = new AbortController();
  let found = [];
  let active = -1;

  const close = () => {
    box.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const take = (index) => {
    const record = found[index];
    field.value = "";
    field.blur();
    choose(record);
  };
  const point = (index) => {
    active = (index + found.length) % found.length;
    [...box.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    field.setAttribute("aria-activedescendant", box.children[active].id);
    box.children[active].scrollIntoView({ block: "nearest" });
  };
  const ask = calm(async () => {
    stop.abort();
    const q = field.value.trim();
    if (!q) return close();
    stop = new AbortController();
    const { signal } = stop;
    try {
      found = (await get("v1/suggest", { q, limit: 8, ...parameters }, { signal })).data;
    } catch {
      if (signal.aborted) return;
      found = [];
    }
    if (document.activeElement !== field) return;
    box.replaceChildren(...found.map((record, index) => h("li", {
      id: `${box.id}-${index}`, role: "option", "aria-selected": "false",
      // Before the field loses the focus.
      pointerdown: (event) => {
        event.preventDefault();
        take(index);
      },
    }, h("span", {}, record.name), h("span", { class: "type" }, record.type))));
    box.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(found.length > 0));
    active = -1;
    announce(found.length ? count(found.length, "suggestion") : "No suggestion");
  }, 120);

  field.addEventListener("input", ask);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Enter") {
      stop.abort();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length && !box.hidden) {
      event.preventDefault();
      point(active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1));
    }
  });
}
