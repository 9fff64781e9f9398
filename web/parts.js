// The pieces all views are made of: links that lead to the words, badges, and what stands where an answer is not there yet.

import { hasKey, save } from "./api.js";
import { change, to } from "./route.js";
import { html, useEffect, useId, useState } from "./vendor/preact.js";
import { BASIS, due, explain, MEANING, ROLE } from "./words.js";

// Links

/** @param {{ id: string, name: Components }} props */
export const Agency = ({ id, name }) => html`<a class="agency" href=${to("agency", id)}>${name}</a>`;
/** @param {{ id: string, title?: Components }} props */
export const Document = ({ id, title }) => html`<a class="document" href=${to("document", id)}>${title ?? id}</a>`;

/**
 * The exact words, as a link to their place in the document's text.
 * @param {{ document: string, start: number, end: number, children: Components }} props
 */
export const Quote = ({ document, start, end, children }) =>
  html`<a class="quote" href=${to("document", document, { at: `${start}-${end}` })} title="看原文">${children}</a>`;

/**
 * A task's number and title, as a link to its place: `start` and `end`, where those are not of words that name a unit.
 * @param {{ row: TaskPlace }} props
 */
export const Task = ({ row }) =>
  html`<${Quote} document=${row.document_id} start=${row.task_start ?? row.start} end=${row.task_end ?? row.end}>
    ${row.task_number && html`<span class="number">${row.task_number}</span> `}${row.task ?? "（无标题）"}
  <//>`;

/**
 * The clause or sentence of a row with its quote marked, as a link to it.
 * @param {{ row: { clause?: string | null, quote: string, document_id: string, start: number, end: number } }} props
 */
export function Clause({ row }) {
  const clause = row.clause ?? row.quote;
  const at = clause.indexOf(row.quote);
  const [before, after] = at < 0 ? [clause, ""] : [clause.slice(0, at), clause.slice(at + row.quote.length)];
  return html`<${Quote} document=${row.document_id} start=${row.start} end=${row.end}>${before}${at >= 0 && html`<mark>${row.quote}</mark>`}${after}<//>`;
}

/**
 * Where the figures come from: the call of the API that gave them.
 * @param {{ url?: string, children?: Components }} props
 */
export const Source = ({ url, children }) =>
  url &&
  html`<a class="source" href=${url} target="_blank" rel="noopener" title=${`数据来自接口 ${decodeURI(url)}`} onClick=${(/** @type {Event} */ event) => openWithKey(event, url)}>
    ${children ?? "接口"}
  </a>`;

/**
 * With a key, a plain link would be refused: the answer is saved instead.
 * @param {Event} event
 * @param {string} url
 */
function openWithKey(event, url) {
  if (!hasKey()) return;
  event.preventDefault();
  save(url).catch((problem) => alert(explain(problem).join("。")));
}

/**
 * An address of the service that gives a file.
 * @param {{ url: string, children: Components }} props
 */
export const File = ({ url, children }) =>
  html`<a href=${url} onClick=${(/** @type {Event} */ event) => openWithKey(event, url)}>${children}</a>`;

/**
 * All rows of an answer as a file, for Excel and other tools.
 * @param {{ url: string }} props
 */
export const Download = ({ url }) => {
  const all = url.replace(/([?&])limit=\d+(&|$)/, "$1").replace(/[?&]$/, "");
  const form = (/** @type {string} */ name) => `${all}${all.includes("?") ? "&" : "?"}format=${name}`;
  return html`<span class="download">下载 <${File} url=${form("xlsx")}>Excel<//> <${File} url=${form("csv")}>CSV<//></span>`;
};

// Badges: each says its word, so that no meaning hangs on a colour.

/** @param {{ role: string }} props */
export const Role = ({ role }) => html`<span class="role ${role.toLowerCase()}" title=${MEANING[role]}>${ROLE[role]}</span>`;
/** @param {{ basis: string }} props */
export const Basis = ({ basis }) => html`<span class="basis" title=${MEANING[basis]}>${BASIS[basis]}</span>`;

/**
 * The time limits of a task, each a link to its words.
 * @param {{ deadlines: QuotedLimit[], document: string }} props
 */
export const Deadlines = ({ deadlines, document }) =>
  deadlines.length === 0
    ? html`<span class="none">未写明</span>`
    : html`<ul class="plain">
        ${deadlines.map((d) => html`<li>${d.inherited && html`<span class="said">文件总时限</span>`}<${Quote} document=${document} start=${d.start} end=${d.end}>${due(d)}<//></li>`)}
      </ul>`;

/**
 * Units as links, after each other.
 * @param {{ agencies: { agency_id: string, agency: string }[], most?: number }} props
 */
export const Agencies = ({ agencies, most = 6 }) => {
  const [all, setAll] = useState(false);
  const shown = all ? agencies : agencies.slice(0, most);
  if (agencies.length === 0) return html`<span class="none">无</span>`;
  return html`<ul class="inline">
    ${shown.map((a) => html`<li><${Agency} id=${a.agency_id} name=${a.agency} /></li>`)}
    ${
      agencies.length > shown.length &&
      html`<li><button class="text" onClick=${() => setAll(true)}>另有 ${agencies.length - shown.length} 个</button></li>`
    }
  </ul>`;
};

// An answer on its way

/**
 * Draws children(rows, answer) once the answer is there; what stands there before, instead, and where it is empty, is said.
 * `whole`: whether rows left out are to be spoken of.
 * @template {object} Body
 * @param {{
 *   of: Answered<Body>, empty?: Components, children: (rows: Rows<Body>, answer: Answered<Body>) => Components,
 *   lines?: number, whole?: boolean,
 * }} props
 */
export function Answer({ of: answer, empty = "没有符合条件的结果。", children, lines = 3, whole = true }) {
  if (answer.state === "failed") return html`<${Failure} problem=${answer.problem} again=${answer.again} />`;
  if (!answer.body) return html`<${Loading} lines=${lines} />`;
  const nothing = answer.rows.length === 0 && "rows" in answer.body;
  return html`<div aria-busy=${answer.state === "loading"} class=${answer.state === "loading" ? "stale" : ""}>
    ${nothing ? html`<${Empty}>${empty}<//>` : children(answer.rows, answer)}
    ${whole && answer.truncated && html`<p class="note">只显示前 ${answer.rows.length} 行，其余被省略：请缩小范围，或下载全部。</p>`}
  </div>`;
}

/** @param {{ lines?: number }} props */
export const Loading = ({ lines = 3 }) =>
  html`<div class="loading" role="status">
    <span class="unseen">正在读取……</span>
    ${Array.from({ length: lines }, () => html`<span class="bone"></span>`)}
  </div>`;

/** @param {{ children: Components }} props */
export const Empty = ({ children }) => html`<p class="empty">${children}</p>`;

/** @param {{ problem: Trouble, again?: () => void }} props */
export function Failure({ problem, again }) {
  const [what, todo] = explain(problem);
  const { candidates = [] } = problem;
  return html`<div class="failure" role="alert">
    <p><strong>${what}</strong> ${todo}</p>
    ${candidates.length > 0 && html`<p>是不是要找：${candidates.slice(0, 8).map((name, index) => html`${index > 0 && "、"}<a href=${to("", "", { q: name })}>${name}</a>`)}</p>`}
    ${problem.message && !what.startsWith(problem.message) && html`<details><summary>详细信息</summary><p lang="en">${problem.message} ${problem.hint}</p></details>`}
    ${again && html`<button onClick=${again}>重试</button>`}
  </div>`;
}

/**
 * How much of what is shown comes from documents that people have checked.
 * @param {{ rows: { review: string }[] }} props
 */
export const Checked = ({ rows }) =>
  html`<p class="note">共 ${rows.length} 行，其中 ${rows.filter((row) => row.review === "checked").length} 行出自已核的文件。</p>`;

// Controls that keep what is chosen in the address

/**
 * A choice; "" is no filter.
 * @param {{ label: string, name: string, value: string | null, options: Option[], all?: string | null }} props
 */
export function Choice({ label, name, value, options, all = "全部" }) {
  const id = useId();
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} value=${value ?? ""} onChange=${(/** @type {SelectEvent} */ event) => change({ [name]: event.target.value })}>
      ${all !== null && html`<option value="">${all}</option>`}
      ${options.map(([v, said]) => html`<option value=${v} selected=${v === (value ?? "")}>${said}</option>`)}
    </select>
  </div>`;
}

/**
 * A line of tabs; each is a link.
 * @param {{ label: string, name: string, value: string, tabs: Tab[], view: string, id?: string, keep?: Given }} props
 */
export const Tabs = ({ label, name, value, tabs, view, id, keep = {} }) =>
  html`<nav class="tabs" aria-label=${label}>
    ${tabs.map(
      ([v, said, count]) =>
        html`<a href=${to(view, id, { ...keep, [name]: v })} aria-current=${v === value ? "page" : undefined}>
          ${said}${count !== undefined && html` <span class="count">${count}</span>`}
        </a>`,
    )}
  </nav>`;

/**
 * A part of a view with its title and the call behind its figures.
 * @param {{
 *   title: Components, answer?: { url: string }, note?: Components, actions?: Components, children: Components,
 * }} props
 */
export const Panel = ({ title, answer, note, actions, children }) => {
  const id = useId();
  return html`<section class="panel" aria-labelledby=${id}>
    <header>
      <h2 id=${id}>${title}</h2>
      ${actions}${answer && html`<${Source} url=${answer.url} />`}
    </header>
    ${note && html`<p class="note">${note}</p>`} ${children}
  </section>`;
};

/**
 * A figure with its name, a link where there is something behind it.
 * @param {{ value: Components, label: string, href?: string, url?: string, mark?: string }} props
 */
export const Figure = ({ value, label, href, url, mark }) =>
  html`<div class="figure">
    <dt>${label}</dt>
    <dd class=${mark ?? ""}>${href ? html`<a href=${href}>${value}</a>` : value} <${Source} url=${url} /></dd>
  </div>`;

/**
 * The title of the view, for the tab and for who listens.
 * @param {string | false | null | undefined} title
 */
export function useTitle(title) {
  useEffect(() => {
    document.title = title ? `${title} · 责任图谱` : "责任图谱";
  }, [title]);
}
