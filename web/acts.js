// The log of acts: who did what, when, to which document.

import { useAnswer } from "./api.js";
import { DataTable } from "./datatable.js";
import { Answer, Document, Panel } from "./parts.js";
import { html } from "./vendor/preact.js";
import { ACT, DECISION, LABEL, moment, OUTCOME, REVIEW, RIGHT, STATE } from "./words.js";

export function Acts() {
  const answer = useAnswer("/acts");
  return html`<${Panel} title="操作记录" answer=${answer} note="谁在什么时候对哪份文件做了什么。只记名称和编号，不记内容。">
    <${Answer} of=${answer} lines=${6} empty="还没有记录。">
      ${(/** @type {Api.ActRow[]} */ rows) => html`<${DataTable} columns=${COLUMNS} rows=${rows} caption="操作记录" />`}
    <//>
  <//>`;
}

/** @type {Record<string, string>} */
const WHO = { owner: "服务器上", KG_API_KEY: "管理员", removed: "（已删除）" };

/** @type {Record<string, string>} */
const NOTE = { ...DECISION, ...REVIEW, ...OUTCOME, ...STATE };

/** @param {string} note @param {string} act */
const inWords = (note, act) =>
  note.replace(/(undo )?([a-z -]{1,20})$/, (all, undone, word) => {
    const known = RIGHT[word.trim()] && note.includes(": ") ? RIGHT[word.trim()] : NOTE[word.trim()];
    return known ? `${undone ? (act === "report" ? "撤回" : "撤销") : ""}${known}` : all;
  });

/** @type {Column<Api.ActRow>[]} */
const COLUMNS = [
  { id: "at", label: "时间", width: "12em", value: (row) => row.at, cell: (row) => moment(row.at) },
  { id: "who", label: "谁", width: "10em", value: (row) => WHO[row.who] ?? row.who },
  { id: "act", label: "做了什么", width: "8em", value: (row) => ACT[row.act] },
  {
    id: "document",
    label: LABEL.document,
    value: (row) => row.document,
    cell: (row) => row.document && html`<${Document} id=${row.document} />`,
  },
  { id: "note", label: "说明", value: (row) => row.note && inWords(row.note, row.act) },
];
