// SPDX-License-Identifier: Apache-2.0
// Where one was at each entry of the history, so that a step back leads there again. A height is not enough: on the way back what
// is out of sight has not been laid out, and some of it may not have come yet. So it is kept which link stood topmost, and how far
// down.

const KEPT = "readout-places";
/** What a hand does when it goes on by itself: nobody is pulled back then. */
const ACTS = ["wheel", "touchstart", "pointerdown", "keydown"];
/** In milliseconds: what has not come by then has been deleted. */
const LONGEST = 10_000;
/** So many places are kept, those left last. */
const MOST = 100;

const main = document.getElementById("main");
/** By the key of an entry of the history. */
const places = new Map(kept());
let entry;
/** What leads back to a place just now, until there is another step. */
let arrival;
/** Not while the view of an entry is still on its way: what can be seen then belongs to the one before. */
let isThere = false;

history.scrollRestoration = "manual";
addEventListener("pagehide", () => {
  leave();
  keep();
});

// Browsers may be told to store nothing; then a place is known until the page is left.
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}

function keep() {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([...places].slice(-MOST)));
  } catch {
    // See above.
  }
}

/**
 * To be called at each step through the history, while the page that is left can still be seen.
 * @returns where one was when the entry stepped to was left; undefined when it is new, or the step is none.
 */
export function step() {
  const key = history.state?.key ?? String(Math.random());
  if (key === entry) return undefined;
  leave();
  arrival?.abort();
  arrival = undefined;
  entry = key;
  isThere = false;
  if (!history.state?.key) history.replaceState({ key }, "");
  return places.get(key);
}

function leave() {
  if (!isThere) return;
  // The one left last stands last.
  places.delete(entry);
  places.set(entry, { y: scrollY, ...topmost() });
}

/** The first link below the header that begins in sight, among those of its address. */
function topmost() {
  const { left, width } = main.getBoundingClientRect();
  const edge = Math.max(0, document.querySelector(".top").getBoundingClientRect().bottom);
  for (let y = edge; y < innerHeight; y += 16) {
    const part = document.elementFromPoint(left + width / 2, y)?.closest("main :is(li, dl > div, section, article)");
    const link = part?.querySelector("a[href]");
    const top = link?.getBoundingClientRect().top;
    if (top >= edge) return { href: link.getAttribute("href"), nth: alike(link.getAttribute("href")).indexOf(link), top };
  }
  return {};
}

const alike = (href) => [...main.querySelectorAll(`a[href="${CSS.escape(href)}"]`)];

/** To be called when a step has not changed what is shown. */
export function stay() {
  isThere = true;
}

/**
 * To be called when the view of an entry is shown: leads back to the place as soon as it is there, or else to the top.
 * @returns the link that leads on from there, as soon as it stands where it stood, unless somebody went on by themselves meanwhile.
 */
export async function arrive(place) {
  arrival?.abort();
  isThere = !place;
  if (!place) return void scrollTo(0, 0);
  const own = (arrival = new AbortController());
  for (const act of ACTS) addEventListener(act, () => own.abort(), { passive: true, signal: own.signal });
  const ends = AbortSignal.any([own.signal, AbortSignal.timeout(LONGEST)]);
  while (!putBack(place) && !ends.aborted) await grown(ends);
  // What has come into sight is laid out in the frames that follow, which moves what is below it.
  let isBack = false;
  for (let still = 0; still < 3 && !ends.aborted;) {
    await new Promise(requestAnimationFrame);
    if (ends.aborted) break;
    const y = scrollY;
    isBack = putBack(place);
    still = scrollY === y ? still + 1 : 0;
  }
  if (arrival === own) isThere = true;
  own.abort();
  return isBack ? linkOf(place) : undefined;
}

const linkOf = ({ href, nth }) => (href === undefined ? undefined : alike(href)[nth]);

/** @returns whether what stood there is there again; where no link did, whether the page is long enough again. */
function putBack(place) {
  const link = linkOf(place);
  if (link) scrollBy(0, link.getBoundingClientRect().top - place.top);
  else scrollTo(0, place.y);
  return link !== undefined || (place.href === undefined && scrollY > place.y - 1);
}

/** Kept as soon as the page has more or other content, or nobody waits for it any more. */
const grown = (ends) => new Promise((resolve) => {
  const observer = new MutationObserver(done);
  observer.observe(main, { childList: true, subtree: true });
  ends.addEventListener("abort", done, { once: true });
  function done() {
    observer.disconnect();
    resolve();
  }
});
