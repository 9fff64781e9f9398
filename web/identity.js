// Which unit a name means: merged with another, or one of its own; for every document at once.

import { Deciding } from "./deciding.js";
import { go, to } from "./route.js";
import { useMay } from "./session.js";
import { html, useState } from "./vendor/preact.js";
import { DECISION } from "./words.js";

/** @import { Entry } from "./decide.js" */

/**
 * The buttons that begin these decisions, and the form of the one that was begun; nothing where nothing may be decided.
 * @param {{ begun: [label: string, entry: Entry][], after?: (kept: Entry) => void }} props
 */
export function Identity({ begun, after }) {
  const allowed = useMay("check");
  const [entry, setEntry] = useState(/** @type {Entry | null} */ (null));
  const [said, setSaid] = useState("");
  const done = (/** @type {string} */ what, /** @type {Entry} */ kept) => {
    setEntry(null);
    setSaid(`已保存：${what}`);
    after?.(kept);
  };
  if (!allowed) return null;
  return html`<div class="identity">
    ${!entry && html`<p class="actions">${begun.map(([label, one]) => html`<button onClick=${() => setEntry(one)}>${label}</button>`)}</p>`}
    ${said && !entry && html`<p role="status">${said}</p>`}
    ${entry && html`<${Deciding} entry=${entry} done=${done} close=${() => setEntry(null)} />`}
  </div>`;
}

/**
 * For the page of a unit.
 * @param {{ id: string, name: string }} props
 */
export function OfUnit({ id, name }) {
  const [place] = id.split(":");
  const allowed = useMay("check");
  if (!allowed || !/^(\d{6}|-)$/.test(place)) return null; // a collective, or one whose place nobody knows
  const of = { place, surface: name, into: "" };
  /** There is no such unit any more: on to those that are called as it is now. @param {Entry} kept */
  const leave = (kept) => {
    if (kept.surface === name) go(to("", "", { q: String(kept.into) }));
  };
  return html`<details class="panel"><summary>合并或拆分</summary>
    <p class="note">对所有文件一起生效；保存以前会列出改动了哪些文件里的哪些责任。</p>
    <${Identity} begun=${[
      ["和另一个单位是同一个", { change: "merge", ...of, reason: "同一单位" }],
      ["有的写法是另一个单位", { change: "split", ...of, function: "", reason: "另一个单位" }],
    ]} after=${leave} />
  </details>`;
}

/**
 * For a finding of the audit.
 * @param {{ entry: Record<string, string> }} props
 */
export const OfFinding = ({ entry }) => {
  const whole = { ...entry, change: entry.change, reason: "核对后改" };
  return html`<${Identity} begun=${[[DECISION[whole.change], whole]]} />`;
};
