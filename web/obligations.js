// Tables of obligations: a row says which unit must do what, in which role, by when, and where it stands. Columns and filters.

import { Basis, Choice, Clause, Deadlines, Document, Role, Task, useGiven } from "./parts.js";
import { change, to } from "./route.js";
import { html, useId } from "./vendor/preact.js";
import { BASIS, decided, ROLE } from "./words.js";

/** @typedef {Api.AgencyObligationsRow} Obligation */

/** @type {Column<OfTask & TaskPlace>} */
export const task = {
  id: "task",
  label: "任务",
  value: (row) => `${row.task_number ?? ""} ${row.task ?? ""}`,
  cell: (row) => html`<${Task} row=${row} />`,
  width: "16%",
};
/** @type {Column<{ role: string, basis: string, corrected?: string | null }>} */
export const role = {
  id: "role",
  label: "责任",
  about: ["LEADS", "PARTICIPATES", "clause"],
  value: (row) => `${ROLE[row.role]} ${BASIS[row.basis]}`,
  cell: (row) => html`<div>
    <${Role} role=${row.role} /> ${row.basis !== "clause" && html`<${Basis} basis=${row.basis} />`}
    ${row.corrected && html` <span class="basis" title=${decided(row.corrected)}>人工更正</span>`}
  </div>`,
  width: "5.5rem",
};
/** @type {Column<Limited>} */
export const deadlines = {
  id: "deadlines",
  label: "时限",
  value: (row) => row.deadlines.map((d) => d.due_on ?? d.quote).join(" "),
  cell: (row) => html`<${TimeLimits} row=${row} />`,
  width: "9.6rem",
};
/** @type {Column<{ clause?: string | null, quote: string }>} */
export const clause = {
  id: "clause",
  label: "原文",
  value: (row) => row.clause ?? row.quote,
  cell: (row) => html`<blockquote><${Clause} row=${row} /></blockquote>`,
};
/** @type {Column<{ document_id: string, document: string | null, doc_number: string | null }>} */
export const file = {
  id: "document",
  label: "文件",
  value: (row) => row.doc_number ?? row.document,
  cell: (row) => html`<${Document} id=${row.document_id} title=${row.doc_number ?? row.document} />`,
  width: "8.5rem",
};

/** What every table of obligations shows of a row, beside whose it is. */
export const columns = [task, role, deadlines, clause, file];

/** @param {{ agency_id?: string, collective_id?: string, task_id: string, role: string, basis: string }} row */
export const rowKey = (row) => [row.agency_id ?? row.collective_id, row.task_id, row.role, row.basis].join(" ");

/** @typedef {{ document_id: string, deadlines: QuotedLimit[], document_deadlines?: QuotedLimit[] }} Limited */

/**
 * The time limits of a task; where it has none, how many its document names: of several nobody can tell which holds.
 * @param {{ row: Limited }} props
 */
export function TimeLimits({ row }) {
  const whole = row.document_deadlines ?? [];
  if (row.deadlines.length > 0 || whole.length === 0)
    return html`<${Deadlines} deadlines=${row.deadlines} document=${row.document_id} />`;
  return html`<div><span class="none">任务未写明</span>，<a href=${to("deadlines", "", { document: row.document_id })}>文件写有 ${whole.length} 个时限</a></div>`;
}

const FILTERS = ["role", "basis", "year", "due_before"];
/** @typedef {Record<string, string | null>} Chosen of FILTERS */

/**
 * What the address asks of obligations.
 * @param {URLSearchParams} params
 * @returns {Chosen}
 */
export const asked = (params) => Object.fromEntries(FILTERS.map((name) => [name, params.get(name)]));

export const clear = () => change(Object.fromEntries(FILTERS.map((name) => [name, null])));

/**
 * Controls for what there is to choose between in `rows`, the obligations without a filter.
 * @param {{ rows: Obligation[], chosen: Chosen }} props
 */
export function Filters({ rows, chosen }) {
  const id = useId();
  const latest = useGiven(chosen.due_before ?? null);
  /** @type {(name: "role" | "basis" | "year", said: (value: string) => string) => Option[]} */
  const among = (name, said) =>
    [...new Set(rows.map((row) => row[name]))]
      .filter(Boolean)
      .map(String)
      .sort()
      .map((value) => [value, said(value)]);
  /** @type {[name: string, label: string, options: Option[]][]} */
  const all = [
    ["role", "责任", among("role", (value) => ROLE[value])],
    ["basis", "依据类型", among("basis", (value) => BASIS[value])],
    ["year", "年份", among("year", (value) => `${value}年`)],
  ];
  const choices = all.filter(([name, , options]) => options.length > 1 || chosen[name]);
  const dated = chosen.due_before || rows.some((row) => row.deadlines.some((deadline) => deadline.due_on));
  if (choices.length === 0 && !dated) return null;
  return html`<div class="filters">
    ${choices.map(([name, label, options]) => html`<${Choice} label=${label} name=${name} value=${chosen[name]} options=${options} />`)}
    ${
      dated &&
      html`<div class="field">
      <label for=${id}>期限不晚于</label>
      <input id=${id} type="date" ref=${latest} onChange=${(/** @type {FieldEvent} */ event) => change({ due_before: event.target.value })} />
    </div>`
    }
  </div>`;
}
