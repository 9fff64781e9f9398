// 条线: one line of work over all places, such as 司法局: how loaded it is in each, and all its tasks.

import { useAnswer } from "../api.js";
import { RoleBars } from "../chart.js";
import { DataTable } from "../datatable.js";
import { asked, clear, columns, Filters, rowKey } from "../obligations.js";
import { Agencies, Agency, Answer, Choice, Download, Follow, Lists, Panel, useTitle } from "../parts.js";
import { to } from "../route.js";
import { html } from "../vendor/preact.js";
import { LEVEL, MEANING } from "../words.js";

/** @typedef {Api.CompareFunctionsRow} Place */

const MOST = 2000; // rows asked for

/** @param {{ route: Route }} props */
export default function View({ route }) {
  const name = route.id;
  const level = route.params.get("level");
  const chosen = asked(route.params);
  const collective = route.params.get("collective");
  const places = useAnswer("/compare/functions", { function: name, level, collective: collective ?? "false" });
  const every = useAnswer("/obligations", { function: name, level, limit: MOST });
  const tasks = useAnswer("/obligations", { function: name, level, limit: MOST, ...chosen });
  useTitle(`条线：${name}`);
  return html`
    <div class="head">
      <div>
        <h1>${name}</h1>
        <p class="about">条线：各地、各级做同一类工作的单位。这里是它在每个地区的任务。</p>
      </div>
      <ul class="inline"><${Lists} of=${{ function: name }} /><li><a href=${to("compare", "", { line: name })}>与其他条线对比</a></li><${Follow} function=${name} /></ul>
    </div>
    <div class="filters"><${Choice} label="级别" name="level" value=${level} options=${Object.entries(LEVEL)} /><${Choice} label="单位还是统称" name="collective" value=${collective} all="单个机构" options=${[["true", "统称"]]} /></div>
    <${Panel} title="各地的任务" answer=${places} actions=${html`<${Download} url=${places.url} />`} note=${`只数责任条款写明的任务；既牵头又配合的算牵头。${collective ? MEANING.collective : "统称单列，不计入这里。"}`}>
      <${Answer} of=${places} lines=${6} empty=${`责任条款里没有这条线${collective ? "统称" : "单个机构"}的任务。`}>
        ${(/** @type {Place[]} */ rows) => html`
          <${RoleBars} label=${`${name}在各地的任务`} rows=${rows.map(bar)} />
          <${DataTable} caption=${`${name}在各地的任务`} columns=${PLACES} rows=${rows} rowKey=${(/** @type {Place} */ row) => row.place_code} />
        `}
      <//>
    <//>
    <${Panel} title="全部任务" answer=${tasks} actions=${html`<${Download} url=${tasks.url} />`}>
      <${Filters} rows=${every.rows} chosen=${chosen} />
      <${Answer} of=${tasks} lines=${10} empty=${html`没有符合条件的任务。<button class="text" onClick=${clear}>清除筛选</button>`}>
        ${(/** @type {Api.ObligationsAcrossPlacesRow[]} */ rows) => html`<${DataTable} caption=${`${name}的全部任务`} columns=${TASKS} rows=${rows} rowKey=${rowKey} />`}
      <//>
    <//>
  `;
}

const place = (/** @type {Place} */ row) => row.place ?? "全国或地区不明";
const bar = (/** @type {Place} */ row) => ({
  label: place(row),
  leads: row.leads,
  participates: row.participates,
  href: row.agencies.length === 1 ? to("agency", row.agencies[0].agency_id) : undefined,
});

/** @type {Column<Place>[]} */
const PLACES = [
  { id: "place", label: "地区", value: place },
  {
    id: "agencies",
    label: "单位",
    value: (row) => row.agencies.map((a) => a.agency).join("、"),
    cell: (row) => html`<${Agencies} agencies=${row.agencies} />`,
  },
  { id: "leads", label: "牵头", value: (row) => row.leads, numeric: true },
  { id: "joint_leads", label: "其中联合牵头", value: (row) => row.joint_leads, numeric: true },
  { id: "participates", label: "配合", value: (row) => row.participates, numeric: true },
  { id: "with_deadline", label: "写明时限", value: (row) => row.with_deadline, numeric: true },
  { id: "documents", label: "文件", value: (row) => row.documents, numeric: true },
  {
    id: "partners",
    label: "常一起的",
    value: (row) => row.partners.map((partner) => `${partner.function} ${partner.tasks}`).join("，"),
    width: "30%",
  },
];

/** @type {Column<Api.ObligationsAcrossPlacesRow>[]} */
const TASKS = [
  {
    id: "agency",
    label: "单位",
    value: (row) => row.agency,
    cell: (row) => html`<${Agency} id=${row.agency_id} name=${row.agency} />`,
    width: "10rem",
  },
  ...columns,
];
