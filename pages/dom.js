// SPDX-License-Identifier: Apache-2.0
// Elements, made of text alone: nothing here turns a string into markup.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. A function as an attribute listens to that event; `undefined`, `null` and `false` leave one out. */
export const h = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);

/** The same in a drawing. */
export const svg = (name, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, name), attributes, children);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** The texts with something between them. */
export const joined = (items, separator = ", ") => items.flatMap((item, index) => (index ? [separator, item] : [item]));

/** Calls once when no more calls have come for a while. */
export function calm(action, milliseconds) {
  let timer;
  return (...parameters) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...parameters), milliseconds);
  };
}

/** Waits, or rejects when the signal comes first. */
export const pause = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });

/** Tells screen readers, in their own time. */
export function announce(text) {
  const place = document.getElementById("announcements");
  if (place) place.textContent = text;
}
