// A field for a unit.

import { useAnswer } from "./api.js";
import { change } from "./route.js";
import { html, useEffect, useId, useState } from "./vendor/preact.js";

/**
 * A unit by its full name or id; names are proposed as one types.
 * @param {{ agency: string }} props
 */
export function AgencyField({ agency }) {
  const id = useId();
  const [words, setWords] = useState(agency);
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words.trim()), 120);
    return () => clearTimeout(timer);
  }, [words]);
  const found = useAnswer(asked && asked !== agency && "/search", { q: asked, kind: "agency", limit: 10 });
  const set = (/** @type {string} */ name) => change({ agency: name.trim() });
  const typed = (/** @type {FieldEvent} */ event) => {
    setWords(event.target.value);
    if (!event.target.value || found.rows.some((hit) => hit.name === event.target.value)) set(event.target.value);
  };
  const sent = (/** @type {Event} */ event) => {
    event.preventDefault();
    set(words);
  };
  return html`<form class="field" onSubmit=${sent}>
    <label for=${id}>机构全称</label>
    <input id=${id} type="search" list="${id}-found" value=${words} placeholder="如 长治市司法局" autocomplete="off" onInput=${typed} onChange=${(/** @type {FieldEvent} */ event) => set(event.target.value)} />
    <datalist id="${id}-found">${found.rows.map((hit) => html`<option value=${hit.name}></option>`)}</datalist>
  </form>`;
}
