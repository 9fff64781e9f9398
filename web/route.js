// Addresses within the page: #/view/id?name=value. Every state worth sharing stands in them.
import { useEffect, useState } from "./vendor/preact.js";

/**
 * The href of a view. Empty values are left out; a list is repeated.
 * @param {string} view
 * @param {string | null} [id]
 * @param {Given} [params]
 */
export function to(view, id, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== null && one !== undefined && one !== "" && one !== false) query.append(name, String(one));
  }
  const path = id ? `${view}/${encodeURIComponent(id).replaceAll("%3A", ":")}` : view;
  const said = query.toString();
  return `#/${path}${said ? `?${said}` : ""}`;
}

/**
 * What stands in the address bar.
 * @returns {Route}
 */
export function here() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [view, ...rest] = path.split("/");
  let id = rest.join("/");
  try {
    id = decodeURIComponent(id);
  } catch {
    // a broken escape: taken as it stands, and not found
  }
  return { view: view || "home", id, params: new URLSearchParams(query) };
}

/** The current address; the component is drawn again when it changes. */
export function useRoute() {
  const [route, setRoute] = useState(here);
  useEffect(() => {
    const changed = () => setRoute(here());
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}

// How far each step of the history was scrolled, kept with it: the browser's own way comes before the answers do.

const PATIENCE = 3000; // milliseconds until a view must be as high as it was
history.scrollRestoration = "manual";
/** @type {number | undefined} */
let note;
addEventListener("scroll", () => {
  clearTimeout(note);
  note = setTimeout(() => history.replaceState({ scrolled: scrollY }, ""), 100);
});
addEventListener("hashchange", () => clearTimeout(note));

/** Scrolls to where this step of the history was left, once the view is high enough; to the top if it is new. */
export function scrollToLast() {
  const last = history.state?.scrolled ?? 0;
  const until = performance.now() + PATIENCE;
  const ended = new AbortController();
  for (const moved of ["wheel", "touchstart", "keydown", "hashchange"])
    addEventListener(moved, () => ended.abort(), { signal: ended.signal, once: true });
  const step = () => {
    if (ended.signal.aborted) return;
    const high = document.documentElement.scrollHeight - innerHeight >= last;
    if (high || performance.now() > until) {
      scrollTo(0, last);
      ended.abort();
    } else requestAnimationFrame(step);
  };
  if (last === 0) scrollTo(0, 0);
  step();
}

/** @param {string} href */
export function go(href) {
  location.hash = href;
}

/**
 * The current address with other parameters; null takes one away.
 * @param {Given} params
 */
export function changed(params) {
  const { view, id, params: old } = here();
  const kept = Object.fromEntries([...new Set(old.keys())].map((name) => [name, old.getAll(name)]));
  return to(view === "home" ? "" : view, id, { ...kept, ...params });
}

/**
 * Goes there. `quiet`: the back button skips this step (as of typing).
 * @param {Given} params
 */
export function change(params, quiet = false) {
  const href = changed(params);
  if (href === location.hash) return;
  if (!quiet) location.hash = href;
  else {
    history.replaceState(history.state, "", href);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
