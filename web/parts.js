// The pieces all views are made of: links that lead to the words, badges, controls, panels.

import { address, useAnswer } from "./api.js";
import { carried } from "./quoting.js";
import { change, to } from "./route.js";
import { html, options, useEffect, useId, useLayoutEffect, useRef, useState } from "./vendor/preact.js";
import { BASIS, due, MEANING, ROLE } from "./words.js";

export { Answer, Checked, Empty, EmptyBase, Failure, Loading, Reviewed } from "./states.js";

// Links

/** @param {{ id: string, name: Components }} props */
export const Agency = ({ id, name }) => html`<a class="agency" href=${to("agency", id)}>${name}</a>`;
/** @param {{ id: string, title?: Components }} props */
export const Document = ({ id, title }) => html`<a class="document" href=${to("document", id)}>${title ?? id}</a>`;

/**
 * A document by its title, where only its id is known.
 * @param {{ id: string }} props
 */
export const Titled = ({ id }) => {
  const [row] = useAnswer("/documents", { document: id }).rows;
  return html`<${Document} id=${id} title=${row?.document} />`;
};

/**
 * The exact words, as a link to their place in the document's text; `words` are those that stand there, where they are known.
 * @param {{ document: string, start: number, end: number, words?: string | null, children: Components }} props
 */
export const Quote = ({ document, start, end, words, children }) =>
  html`<a class="quote" href=${to("document", document, { at: `${start}-${end}`, words: carried(words) })} title="看原文">${children}</a>`;

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
  return html`<${Quote} document=${row.document_id} start=${row.start} end=${row.end} words=${row.quote}>${before}${at >= 0 && html`<mark>${row.quote}</mark>`}${after}<//>`;
}

/**
 * Where the figures come from: the call of the API that gave them, behind a quiet mark.
 * @param {{ url?: string }} props
 */
export const Source = ({ url }) =>
  url &&
  html`<a class="source" href=${url} target="_blank" rel="noopener" aria-label="数据接口" title=${`这些数据来自接口 ${decodeURI(url)}`}>
    ${"{}"}
  </a>`;

/**
 * An address of the service that gives a file.
 * @param {{ url: string, children: Components }} props
 */
export const File = ({ url, children }) => html`<a href=${url} download>${children}</a>`;

/**
 * What a program follows by itself: the days in a calendar, and news in a feed reader.
 * @param {{ agency?: string, place?: string, function?: string }} whose
 */
export const Follow = (whose) =>
  html`<li><${File} url=${address("/calendar.ics", whose)}>日历文件<//></li><li><${File} url=${address("/feed.atom", whose)}>订阅动态（Atom）<//></li>`;

/**
 * The ledger: as a page to print, for Excel and for Word.
 * @param {{ of: Given }} props
 */
export const Lists = ({ of }) =>
  html`<li><a href=${to("ledger", "", of)}>责任清单（打印）</a></li>
    <li><${File} url=${address("/ledger", { ...of, format: "xlsx" })}>责任清单（Excel）<//></li>
    <li><${File} url=${address("/ledger", { ...of, format: "docx" })}>责任清单（Word）<//></li>`;

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
 * What terms mean, where they stand: a mark that opens it.
 * @param {{ of: string[] }} props keys of MEANING
 */
export function Explained({ of }) {
  const id = useId();
  const named = of.map((term) => MEANING[term].split("：")[0]).join("、");
  return html`<button type="button" class="explained" popovertarget=${id} aria-label=${`${named}是什么意思`}>?</button>
    <span class="meaning" id=${id} popover>${of.map((term) => html`<span>${MEANING[term]}</span>`)}</span>`;
}

/**
 * The time limits of a task, each a link to its words; those that say the same are one.
 * @param {{ deadlines: QuotedLimit[], document: string }} props
 */
export function Deadlines({ deadlines, document }) {
  if (deadlines.length === 0) return html`<span class="none">未写明</span>`;
  const same = [...Map.groupBy(deadlines, (d) => `${Boolean(d.inherited)} ${due(d)}`).values()];
  const quoted = (/** @type {QuotedLimit} */ d, /** @type {Components} */ said) =>
    html`<${Quote} document=${document} start=${d.start} end=${d.end} words=${d.quote}>${said}<//>`;
  return html`<ul class="plain">
    ${same.map(
      ([first, ...others]) => html`<li>
        ${first.inherited && html`<span class="said">文件总时限</span> `}${quoted(first, due(first))}
        ${others.length > 0 && html`<span class="said">（又见${others.map((d, n) => html` ${quoted(d, `第 ${n + 2} 处`)}`)}）</span>`}
      </li>`,
    )}
  </ul>`;
}

/**
 * Units as links, after each other.
 * @param {{ agencies: { agency_id: string, agency: string }[], most?: number }} props
 */
export const Agencies = ({ agencies, most = 6 }) => {
  const [all, setAll] = useState(false);
  const shown = usePrinting() || all ? agencies : agencies.slice(0, most);
  if (agencies.length === 0) return html`<span class="none">无</span>`;
  return html`<ul class="inline">
    ${shown.map((a) => html`<li><${Agency} id=${a.agency_id} name=${a.agency} /></li>`)}
    ${
      agencies.length > shown.length &&
      html`<li><button class="text" onClick=${() => setAll(true)}>另有 ${agencies.length - shown.length} 个</button></li>`
    }
  </ul>`;
};

/**
 * For `ref` of an input that starts with a value: what is typed stays while the view is drawn anew, until another value is given.
 * @param {string | null} value
 */
export function useGiven(value) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  useLayoutEffect(() => {
    if (input.current) input.current.value = value ?? "";
  }, [value]);
  return input;
}

// Controls that keep what is chosen in the address

/**
 * A choice; "" is no filter. `about`: the terms that it chooses between.
 * @param {{ label: string, name: string, value: string | null, options: Option[], all?: string | null, about?: string[] }} props
 */
export function Choice({ label, name, value, options, all = "全部", about }) {
  const id = useId();
  return html`<div class="field">
    <span><label for=${id}>${label}</label>${about && html` <${Explained} of=${about} />`}</span>
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
 * @param {{ value: Components, label: string, href?: string, url?: string, mark?: string, about?: string[] }} props
 */
export const Figure = ({ value, label, href, url, mark, about }) =>
  html`<div class="figure">
    <dt>${label}${about && html` <${Explained} of=${about} />`}</dt>
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

let isPrinting = false;
addEventListener("beforeprint", () => {
  isPrinting = true;
});
addEventListener("afterprint", () => {
  isPrinting = false;
});

/**
 * Whether the page is being printed: then all is drawn that waits to be asked for, at once, since a printer does not wait; rows too
 * that are drawn only now.
 */
export function usePrinting() {
  const [printing, setPrinting] = useState(isPrinting);
  useLayoutEffect(() => {
    const set = (/** @type {boolean} */ now) => () => {
      const later = options.debounceRendering;
      options.debounceRendering = (draw) => draw();
      setPrinting(now);
      options.debounceRendering = later;
    };
    const [before, after] = [set(true), set(false)];
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  return printing;
}
