// Who acts: the name that decisions are kept under. The page remembers it.

const KEY = "kg-by";

/** The name of who sits at this page; "" where nobody has said. */
export const actor = () => localStorage.getItem(KEY) ?? "";

/** @param {string} name */
export function keepActor(name) {
  if (name.trim()) localStorage.setItem(KEY, name.trim());
  else localStorage.removeItem(KEY);
}
