// 机构: all units as a ranking.

import { useAnswer } from "./api.js";
import { RoleBars } from "./chart.js";
import { DataTable } from "./datatable.js";
import { Agency, Answer, Choice, Download, Panel, useGiven, useTitle } from "./parts.js";
import { change, to } from "./route.js";
import { html, useId } from "./vendor/preact.js";
import { BASIS, LEVEL, MEANING } from "./words.js";

const MOST = 2000; // rows asked for
const BARS = 15;

/** @param {{ params: URLSearchParams }} props */
export function Ranking({ params }) {
  useTitle("机构");
  const given = Object.fromEntries(
    ["place", "function", "level", "collective", "basis"].map((name) => [name, params.get(name)]),
  );
  const answer = useAnswer("/workload", { ...given, limit: MOST });
  const units = useAnswer("/agencies", { limit: MOST });
  const places = new Map(units.rows.filter((unit) => unit.place_code).map((unit) => [unit.place_code, unit.place]));
  return html`
    <div class="head">
      <div>
        <h1>机构</h1>
        <p class="about">谁的任务最多？按任务数排列，每个机构点开看它要做什么。</p>
      </div>
    </div>
    <div class="filters">
      <${Choice} label="地区（含下级）" name="place" value=${given.place} options=${[...places]} />
      <${FunctionField} value=${given.function} names=${new Set(units.rows.flatMap((unit) => unit.functions))} />
      <${Choice} label="级别" name="level" value=${given.level} options=${Object.entries(LEVEL)} />
      <${Choice} label="单位还是统称" name="collective" value=${given.collective} all="单个机构" options=${[["true", "统称"]]} />
      <${Choice} label="依据类型" name="basis" value=${given.basis} about=${Object.keys(BASIS)} all=${BASIS.clause} options=${Object.entries(BASIS).slice(1)} />
    </div>
    <${Answer} of=${answer} lines=${10} empty="没有符合条件的机构。换一个地区或条线试试；只发文、没有任务的机构不在这里。">
      ${(/** @type {Api.WorkloadRankingRow[]} */ rows) => html`
        <${Panel} title=${`任务最多的 ${Math.min(rows.length, BARS)} 个`} answer=${answer} note=${given.collective && MEANING.collective}>
          <${RoleBars} label="任务最多的机构" rows=${rows.slice(0, BARS).map(bar)} />
        <//>
        <${Panel} title="全部" answer=${answer} actions=${html`<${Download} url=${answer.url} />`} note="任务按项计数；既牵头又配合的算牵头。">
          <${DataTable} caption="机构的任务数" columns=${RANKING} rows=${rows} rowKey=${(/** @type {Api.WorkloadRankingRow} */ row) => row.agency_id} />
        <//>
      `}
    <//>
  `;
}

const bar = (/** @type {Api.WorkloadRankingRow} */ row) => ({
  label: row.agency,
  leads: row.leads,
  participates: row.participates,
  href: to("agency", row.agency_id),
});

/** @type {Column<Api.WorkloadRankingRow>[]} */
const RANKING = [
  {
    id: "agency",
    label: "机构",
    value: (row) => row.agency,
    cell: (row) => html`<${Agency} id=${row.agency_id} name=${row.agency} />`,
  },
  { id: "place", label: "地区", value: (row) => row.place },
  { id: "tasks", label: "任务", value: (row) => row.tasks, numeric: true },
  { id: "leads", label: "牵头", value: (row) => row.leads, numeric: true },
  { id: "participates", label: "配合", value: (row) => row.participates, numeric: true },
  { id: "documents", label: "文件", value: (row) => row.documents, numeric: true },
];

/** @param {{ value: string | null, names: Set<string> }} props */
function FunctionField({ value, names }) {
  const id = useId();
  return html`<div class="field">
    <label for=${id}>条线</label>
    <input id=${id} list=${`${id}-names`} ref=${useGiven(value)} placeholder="如 司法局" onChange=${(/** @type {FieldEvent} */ event) => change({ function: event.target.value.trim() })} />
    <datalist id=${`${id}-names`}>${[...names].map((name) => html`<option value=${name} />`)}</datalist>
  </div>`;
}
