// A topic, such as 政务公开: who leads it in each place, and the tasks that hold its words.

import { useAnswer } from "./api.js";
import { DataTable } from "./datatable.js";
import { Agencies, Agency, Answer, Deadlines, Download, Panel, Task } from "./parts.js";
import { to } from "./route.js";
import { html } from "./vendor/preact.js";
import { number } from "./words.js";

/** @typedef {Api.LedgerRow} Row */

const LIMIT = 2000;
const SOMEWHERE = "地区不明";

/**
 * `q`: words that a task must hold in its title or text; `place`: only of this place and those below it.
 * @param {{ q: string, place?: string | null }} props
 */
export function Topic({ q, place }) {
  const answer = useAnswer("/ledger", { q, place, limit: LIMIT });
  const documents = useAnswer("/documents", { place, limit: LIMIT });
  return html`<${Answer} of=${answer} lines=${6} empty=${`${place ? "这里" : "已载入"}的文件没有写到“${q}”的任务。换个说法试试：要写任务标题或正文里的词。`}>
    ${(/** @type {Row[]} */ rows) => {
      const places = [...Map.groupBy(rows, (row) => row.place ?? SOMEWHERE)];
      const silent = new Set(
        documents.rows.map((row) => row.place).filter((name) => name && !places.some(([one]) => one === name)),
      );
      return html`
        <${Panel} title=${`“${q}”各地由谁牵头`} answer=${answer} note=${silent.size > 0 && `没有写到的：${[...silent].join("、")}。`}>
          <${DataTable} caption="各地由谁牵头" columns=${PLACES} rows=${places.map(leading)} rowKey=${(/** @type {Led} */ row) => row.place} filter=${false} />
        <//>
        <${Panel} title="逐项任务" answer=${answer} actions=${html`<${Download} url=${answer.url} />`}>
          <${DataTable} caption=${`写到“${q}”的任务`} columns=${TASKS} rows=${rows} rowKey=${(/** @type {Row} */ row) => row.task_id} of=${answer} />
        <//>
      `;
    }}
  <//>`;
}

/** @typedef {ReturnType<typeof leading>} Led */

/**
 * The units that lead in a place, the one with the most tasks first.
 * @param {[place: string, rows: Row[]]} of
 */
function leading([place, rows]) {
  const led = rows.flatMap((row) => [...new Map(row.leads.map((unit) => [unit.agency_id, unit])).values()]);
  const units = [...Map.groupBy(led, (unit) => unit.agency_id).values()]
    .map((of) => ({ ...of[0], tasks: of.length }))
    .sort((a, b) => b.tasks - a.tasks);
  return {
    place,
    code: rows[0].place_code,
    tasks: rows.length,
    unled: rows.filter((row) => row.leads.length === 0).length,
    units,
  };
}

/** @type {Column<Led>[]} */
const PLACES = [
  {
    id: "place",
    label: "地区",
    width: "8rem",
    value: (row) => row.place,
    cell: (row) => (row.code ? html`<a href=${to("place", row.code)}>${row.place}</a>` : row.place),
  },
  {
    id: "units",
    label: "牵头单位（项数）",
    about: ["LEADS"],
    value: (row) => row.units.map((unit) => unit.agency).join("、"),
    cell: (row) =>
      row.units.length === 0
        ? html`<span class="none">没有写明牵头单位</span>`
        : html`<ul class="inline">${row.units.map((unit) => html`<li><${Agency} id=${unit.agency_id} name=${unit.agency} /> <span class="said">${number(unit.tasks)}</span></li>`)}</ul>`,
  },
  { id: "tasks", label: "任务", width: "4.5rem", numeric: true, value: (row) => row.tasks },
  { id: "unled", label: "没写牵头", width: "5.5rem", numeric: true, value: (row) => row.unled },
];

/** @type {(role: "leads" | "participants") => Pick<Column<Row>, "id" | "value" | "cell" | "width">} */
const units = (role) => ({
  id: role,
  width: "20%",
  value: (row) => row[role].map((unit) => unit.agency).join("、"),
  cell: (row) =>
    html`<${Agencies} most=${4} agencies=${[...new Map(row[role].map((unit) => [unit.agency_id, unit])).values()]} />`,
});

/** @type {Column<Row>[]} */
const TASKS = [
  { id: "place", label: "地区", width: "6rem", value: (row) => row.place },
  {
    id: "task",
    label: "任务",
    value: (row) => `${row.task_number ?? ""} ${row.task ?? ""}`,
    cell: (row) => html`<${Task} row=${row} />`,
  },
  { label: "牵头", ...units("leads") },
  { label: "配合", ...units("participants") },
  {
    id: "deadlines",
    label: "时限",
    width: "9.6rem",
    value: (row) => row.deadlines.map((d) => d.due_on ?? d.quote).join(" "),
    cell: (row) => html`<${Deadlines} deadlines=${row.deadlines} document=${row.document_id} />`,
  },
];
