// Words that a reader marks in the text, and what they can be made.

import { about, citing, dayIn, newTask, taskAround } from "./decide.js";
import { Copying, selected } from "./quoting.js";
import { html, useEffect, useState } from "./vendor/preact.js";
import { ROLE } from "./words.js";

/** @import { Body, Entry, Picked } from "./decide.js" */

/**
 * The words that are marked in `text`; they stay until others are, or `clear` is called.
 * @param {{ current: HTMLElement | null }} text
 * @returns {[picked: Picked | null, clear: () => void]}
 */
export function usePicked(text) {
  const [picked, setPicked] = useState(/** @type {Picked | null} */ (null));
  useEffect(() => {
    const marked = () => {
      const passage = text.current && selected(text.current);
      if (passage) setPicked({ quote: passage.quote, start: passage.start, end: passage.end });
    };
    document.addEventListener("selectionchange", marked);
    return () => document.removeEventListener("selectionchange", marked);
  }, []);
  const clear = () => {
    getSelection()?.removeAllRanges();
    setPicked(null);
  };
  return [picked, clear];
}

/**
 * What marked words can be made.
 * @param {{ picked: Picked, body: Body, open: (entry: Entry) => void, close: () => void }} props
 */
export function Made({ picked, body, open, close }) {
  const words = about(picked, body);
  const task = taskAround(picked, body);
  const unit = (/** @type {string} */ role) => open({ change: "add", ...words, role, agency: "", reason: "漏读" });
  const time = () =>
    open({
      change: "deadline",
      ...words,
      kind: "by",
      start: "",
      due: dayIn(picked.quote),
      every: "",
      within: "",
      reason: "漏读",
    });
  const bound = (/** @type {"first" | "last"} */ end) =>
    task &&
    open({
      change: "task",
      document: body.document_id,
      quote: task.name ?? "",
      task: task.id,
      kind: "",
      first: "",
      last: "",
      [end]: picked.quote,
      title: "",
      reason: "任务起止读错",
    });
  return html`<section class="card picked" aria-label="选中的文字">
    <p>选中：<strong>${picked.quote}</strong></p>
    <p class="actions">
      ${Object.entries(ROLE).map(([role, word]) => html`<button onClick=${() => unit(role)}>${word}</button>`)}
      <button onClick=${time}>时限</button>
      <button onClick=${() => open({ change: "principle", ...words, kind: "principle", words: "", reason: "漏读" })}>原则</button>
      <button onClick=${() => open({ ...citing(words), reason: "漏读" })}>引用</button>
      ${(!task || task.start < picked.start) && html`<button onClick=${() => open(newTask(picked, body))}>${task ? "从这里分出新任务" : "新任务"}</button>`}
      ${task && html`<button onClick=${() => bound("first")}>任务从这里开始</button> <button onClick=${() => bound("last")}>任务到这里为止</button>`}
      <button class="text" onClick=${close}>不用</button>
    </p>
    <${Copying} body=${body} passage=${picked} />
  </section>`;
}
