// The tables of time limits: which task falls due when, who answers for it, and how far it is.

import { DATED } from "./calendar.js";
import { Agencies, Document, Quote } from "./parts.js";
import { Reports } from "./progress.js";
import { to } from "./route.js";
import { html } from "./vendor/preact.js";
import { BASIS, day, EVERY, LIGHT, number, STATE } from "./words.js";

/** @import { Due } from "./calendar.js" */

/** What a notice issues, else its own title, cut where it is long. @param {string} title */
export function short(title) {
  const named = /关于(?:印发|公布|下发|发布)《?(.{2,}?)》?的(?:通知|函)$/.exec(title)?.[1] ?? title;
  return named.length > 30 ? `${named.slice(0, 30)}…` : named;
}

const left = (/** @type {number} */ days) =>
  days < 0 ? `已过 ${number(-days)} 天` : days === 0 ? "就是这天" : `还有 ${number(days)} 天`;

const words = (/** @type {Due} */ row) =>
  html`<${Quote} document=${row.document_id} start=${row.start} end=${row.end}>${row.quote}<//>`;

/** @type {Column<Due>} */
const TASK = {
  id: "task",
  label: "任务",
  width: "20%",
  value: (row) => row.task ?? "",
  cell: (row) =>
    row.task_id
      ? html`<div>
          <a href=${to("document", row.document_id, { task: row.task_id, at: !row.inherited && `${row.start}-${row.end}` })}>
            ${row.task ?? "（无标题）"}
          </a>
          ${row.inherited && html` <span class="basis">沿用全文时限</span>`}
        </div>`
      : html`<span class="none">约束全文</span>`,
};

/** @type {(id: "leads" | "participants", label: string, unsaid: string) => Column<Due>} */
const units = (id, label, unsaid) => ({
  id,
  label,
  width: "14%",
  value: (row) => row[id].map((unit) => unit.agency).join("、"),
  cell: (row) => {
    const named = [...new Map(row[id].map((unit) => [unit.agency_id, unit])).values()];
    if (named.length > 0) return html`<${Agencies} most=${3} agencies=${named} />`;
    return html`<span class="none">${row.task_id ? unsaid : "见各项任务"}</span>`;
  },
});

/**
 * The number of a task stands beside its document: alone, those of several would read as one list.
 * @type {Column<Due>}
 */
const DOCUMENT = {
  id: "document",
  label: "文件及序号",
  value: (row) => `${row.place ?? ""} ${row.document ?? ""}`,
  cell: (row) =>
    html`<div><${Document} id=${row.document_id} title=${short(row.document ?? row.document_id)} />${row.task_number && html` <span class="number">${row.task_number}</span>`}<div class="said">${row.place}</div></div>`,
};

/** @type {Column<Due>} */
const PROGRESS = {
  id: "progress",
  label: "进展",
  width: "15%",
  value: (row) => row.reports.map((report) => `${STATE[report.state]} ${report.progress ?? ""}`).join("、"),
  cell: (row) =>
    row.task_id && html`<${Reports} task=${row.task_id} reports=${row.reports} units=${[...row.leads, ...row.participants]} />`,
};

/** @type {Column<Due>[]} */
const DUE = [
  {
    id: "light",
    label: "时限状态",
    width: "7.5rem",
    value: (row) => DATED.indexOf(row.light),
    cell: (row) => html`<span class="light ${row.light}">${LIGHT[row.light]}</span>`,
  },
  {
    id: "due",
    label: "期限",
    width: "10rem",
    value: (row) => row.due_on,
    cell: (row) => html`<div>${day(row.due_on)}<br /><strong>${left(row.days_left ?? 0)}</strong><br />${words(row)}</div>`,
  },
];

const often = (/** @type {Due} */ row) => EVERY[row.every ?? ""] ?? row.every;

/** @type {Column<Due>[]} */
const RECURRING = [
  {
    id: "every",
    label: "周期",
    width: "7.5rem",
    value: often,
    cell: (row) => html`<span class="light recurring">${often(row)}</span>`,
  },
  {
    id: "next",
    label: "下次",
    width: "10rem",
    value: (row) => row.next_on,
    cell: (row) =>
      html`<div>
        ${row.next_on ? html`${day(row.next_on)}<br /><span class="said">一年内到期 ${row.times} 次</span>` : html`<span class="none">文件所定期限内不再有</span>`}<br />${words(row)}
      </div>`,
  },
];

/** @type {Column<Due>[]} */
const RELATIVE = [{ id: "within", label: "时限", width: "17.5rem", value: (row) => row.quote, cell: words }];

/**
 * The columns of the tables; `unsaid` stands where a task names no unit.
 * @param {string} unsaid
 */
function columns(unsaid) {
  const rest = [TASK, units("leads", "牵头", unsaid), units("participants", "配合", unsaid), PROGRESS, DOCUMENT];
  return { dated: [...DUE, ...rest], recurring: [...RECURRING, ...rest], relative: [...RELATIVE, ...rest] };
}

export const COLUMNS = { clause: columns(`${BASIS.clause}未写明`), all: columns("未写明") };
