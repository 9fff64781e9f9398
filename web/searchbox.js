// The box that finds agencies, tasks and documents as one types: words, names, or their pinyin initials.

import { address, ask } from "./api.js";
import { go, to } from "./route.js";
import { html, useEffect, useId, useRef, useState } from "./vendor/preact.js";
import { FOUND } from "./words.js";

const PAUSE = 120; // milliseconds after a key before the service is asked
const MOST = 12;

export const LONGEST = 100; // characters of a question

/**
 * Where a hit leads.
 * @param {Api.SearchRow} hit
 */
export function target(hit) {
  if (hit.kind === "agency") return to("agency", hit.id);
  if (hit.kind === "place") return to("place", hit.id);
  if (hit.kind === "function") return to("function", hit.id);
  if (hit.kind === "document") return to("document", hit.id);
  const at = hit.source_spans[0];
  return to("document", hit.document_id, { task: hit.id, at: at && `${at.start}-${at.end}` });
}

/**
 * The words of a hit with what was looked for marked.
 * @param {{ segments: { text: string, match: boolean }[] }} props
 */
export const Marked = ({ segments }) => segments.map((s) => (s.match ? html`<mark>${s.text}</mark>` : s.text));

/** A combobox (WAI-ARIA 1.2): the list opens below, arrows choose, Enter opens, Escape closes. */
export function SearchBox({ small = false, q = "" }) {
  const list = useId();
  const [words, setWords] = useState(q);
  const [found, setFound] = useState({ rows: /** @type {Api.SearchRow[]} */ ([]), of: "" });
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const asked = words.trim();
    if (!asked) {
      setFound({ rows: [], of: "" });
      return undefined;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      ask(address("/search", { q: asked, limit: MOST })).then(
        (body) => {
          if (!wanted) return;
          setFound({ rows: body.rows, of: asked });
          setChosen(-1);
        },
        () => wanted && setFound({ rows: [], of: asked }),
      );
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [words]);
  useEffect(() => {
    const away = (/** @type {PointerEvent} */ event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    addEventListener("pointerdown", away);
    return () => removeEventListener("pointerdown", away);
  }, []);
  const leave = (/** @type {string} */ href) => {
    setOpen(false);
    if (small) setWords("");
    go(href);
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return; // an input method is at work
    const last = found.rows.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen((at) => (at + step < -1 ? last : at + step > last ? -1 : at + step));
    } else if (event.key === "Escape") setOpen(false);
    else if (event.key === "Enter") {
      event.preventDefault();
      if (open && chosen >= 0) leave(target(found.rows[chosen]));
      else if (words.trim()) leave(to("", "", { q: words.trim() }));
    }
  };
  const typed = (/** @type {FieldEvent} */ event) => {
    setWords(event.target.value);
    setOpen(true);
  };
  const showing = open && words.trim() !== "" && found.of !== "";
  return html`<div class=${`searchbox ${small ? "small" : ""}`} role="search" ref=${box}>
    <input
      type="search"
      role="combobox"
      aria-label="搜索机构、任务和文件"
      aria-expanded=${showing}
      aria-controls=${list}
      aria-autocomplete="list"
      aria-activedescendant=${showing && chosen >= 0 ? `${list}-${chosen}` : undefined}
      placeholder=${small ? "搜索" : "搜索机构、任务、文件，可用拼音首字母，如 czssfj"}
      autocomplete="off"
      maxlength=${LONGEST}
      spellcheck="false"
      value=${words}
      onInput=${typed}
      onFocus=${() => setOpen(true)}
      onKeyDown=${pressed}
    />
    <ul id=${list} role="listbox" aria-label="搜索结果" hidden=${!showing}>
      ${found.rows.map(
        (hit, index) => html`<li
          id=${`${list}-${index}`}
          role="option"
          aria-selected=${index === chosen}
          onPointerMove=${() => setChosen(index)}
          onClick=${() => leave(target(hit))}
        >
          <span class="kind">${FOUND[hit.kind]}</span>
          <span class="name">${hit.name ?? hit.id}</span>
          <span class="where">${hit.kind === "task" ? hit.document : hit.place}</span>
        </li>`,
      )}
      ${showing && found.rows.length === 0 && html`<li class="nothing" role="option" aria-disabled="true" aria-selected="false">没有找到“${found.of}”</li>`}
    </ul>
  </div>`;
}
