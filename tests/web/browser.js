// What the page's modules take from a browser as they are imported, as far as their pure functions need it; and what an older
// Node lacks of the language. `node --import` loads it before the tests.

const events = new EventTarget();

export const location = { hash: "" };
export const history = { state: null, scrollRestoration: "auto", replaceState: (_state, _title, href) => href && here(href) };

/** Goes to an address, as if the reader had. */
export function here(hash) {
  location.hash = hash;
}

const stored = new Map();
const given = {
  location,
  history,
  addEventListener: events.addEventListener.bind(events),
  removeEventListener: events.removeEventListener.bind(events),
  dispatchEvent: events.dispatchEvent.bind(events),
  HashChangeEvent: Event,
  matchMedia: () => ({ matches: false }),
  sessionStorage: { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value) },
};
for (const [name, value] of Object.entries(given)) Object.defineProperty(globalThis, name, { value, configurable: true });

Map.groupBy ??= (list, of) => {
  const groups = new Map();
  for (const one of list) groups.set(of(one), [...(groups.get(of(one)) ?? []), one]);
  return groups;
};
const copied = {
  toSorted(order) {
    return [...this].sort(order);
  },
  toReversed() {
    return [...this].reverse();
  },
};
for (const [name, value] of Object.entries(copied)) {
  if (!(name in Array.prototype)) Object.defineProperty(Array.prototype, name, { value });
}
