// 机构: one unit with what it must do, with whom, by when, and where it says so; without one, all as a ranking (units.js).

import { useAnswer } from "../api.js";
import { RoleBars } from "../chart.js";
import { DataTable } from "../datatable.js";
import { OfUnit } from "../identity.js";
import { Letter } from "../letter.js";
import { asked, clause, clear, columns, deadlines, Filters, file, role, rowKey, task } from "../obligations.js";
import {
  Agencies,
  Agency,
  Answer,
  Choice,
  Document,
  Download,
  Figure,
  Follow,
  Lists,
  Panel,
  Tabs,
  useTitle,
} from "../parts.js";
import { Reports } from "../progress.js";
import { to } from "../route.js";
import { Ranking } from "../units.js";
import { html, useMemo } from "../vendor/preact.js";
import { BASIS, LEVEL, MEANING, number, STATE, today } from "../words.js";

/** @typedef {Api.AgenciesRow} UnitRow */
/** @typedef {{ key: string, label: string, leads: number, participates: number, tasks: number }} Share of a workload */

const MOST = 2000; // rows asked for
const BARS = 15;

/** @param {{ route: Route }} props */
export default function View({ route }) {
  return route.id ? html`<${Unit} id=${route.id} params=${route.params} />` : html`<${Ranking} params=${route.params} />`;
}

/** @param {{ id: string, params: URLSearchParams }} props */
function Unit({ id, params }) {
  const answer = useAnswer("/agencies", { agency: id });
  useTitle(answer.rows[0]?.agency ?? "机构");
  if (answer.rows.length === 0)
    return html`<h1>机构</h1>
      <${Answer} of=${answer} lines=${8} empty="已载入的文件没有提到这个机构。" />
      <p><a href=${to("agency")}>全部机构</a></p>`;
  return html`<${Known} key=${answer.rows[0].agency_id} unit=${answer.rows[0]} params=${params} />`;
}

/** @param {{ unit: UnitRow, params: URLSearchParams }} props */
function Known({ unit, params }) {
  const agency = unit.agency_id;
  const tab = params.get("tab") ?? "";
  const basis = params.get("basis");
  const ledger = useAnswer("/ledger", { agency, limit: MOST });
  const partners = useAnswer("/agencies/{agency}/partners", { agency, basis: tab === "partners" ? basis : null, limit: MOST });
  const bound = useAnswer("/obligations/through-collectives", { agency, limit: MOST });
  const count = (/** @type {{ body: unknown, rows: unknown[] }} */ answer) =>
    answer.body ? number(answer.rows.length) : undefined;
  const tabs = [
    ["", "任务", count(ledger)],
    ["workload", "工作量"],
    ["partners", "合作单位", count(partners)],
    ["collectives", "统称带来的任务", count(bound)],
  ];
  return html`
    <${Head} unit=${unit} /><${OfUnit} id=${agency} name=${unit.agency} />
    <${Tabs} label="这个机构的" name="tab" value=${tab} view="agency" id=${agency} tabs=${tabs} />
    ${tab === "" && html`<${Tasks} unit=${unit} ledger=${ledger} params=${params} />`}
    ${tab === "workload" && html`<${Workload} agency=${agency} basis=${basis} />`}
    ${tab === "partners" && html`<${Partners} answer=${partners} basis=${basis} />`}
    ${tab === "collectives" && html`<${Bound} unit=${unit} answer=${bound} />`}
  `;
}

/** @param {{ unit: UnitRow }} props */
function Head({ unit }) {
  const agency = unit.agency_id;
  const workload = useAnswer("/agencies/{agency}/workload", { agency });
  const share = useAnswer("/agencies/{agency}/workload/share", { agency });
  const months = useAnswer("/agencies/{agency}/workload/by-month", { agency });
  const all = workload.rows.find((row) => row.split === "all");
  const whole = share.rows.find((row) => row.split === "all");
  const other = workload.rows.filter((row) => row.split === "basis" && row.key !== "clause");
  const dated = months.rows.filter((row) => row.month && row.tasks > 0);
  return html`
    <div class="head">
      <div>
        <h1>${unit.agency}</h1>
        <p class="about">
          ${[unit.place, LEVEL[unit.level ?? ""], unit.collective && "统称，一个名称指多个单位"].filter(Boolean).join(" · ")}
          ${unit.resolved === false && " · 所在地区不能确定"}
          ${unit.functions.map((name) => html` · 条线：<a href=${to("function", name)}>${name}（各地对比）</a>`)}
          ${unit.member_of.map((collective) => html` · 属于<${Agency} id=${collective.agency_id} name=${collective.agency} />`)}
        </p>
      </div>
      <ul class="inline">
        <li><a href=${to("graph", "", { agency })}>关系图</a></li>
        <li><a href=${to("deadlines", "", { agency })}>时限</a></li>
        ${dated.length > 0 && html`<${Follow} agency=${agency} />`}
        <${Lists} of=${{ agency }} />
        ${(all?.tasks ?? 0) > 0 && html`<li><${Letter} path="/agencies/{agency}/notice.docx" given=${{ agency, today: today() }} name="督办通知单" /></li>`}
      </ul>
    </div>
    <dl class="figures">
      ${all && html`<${Figure} label="牵头" value=${number(all.leads)} mark="leads" url=${workload.url} about=${["LEADS"]} />`}
      ${all && html`<${Figure} label="配合" value=${number(all.participates)} mark="participates" about=${["PARTICIPATES"]} />`}
      ${
        whole &&
        whole.place_tasks > 0 &&
        html`<${Figure} label=${`占${whole.place ?? "全部"}有责任条款的 ${number(whole.place_tasks)} 项任务的`} value=${`${whole.tasks_share}%`} url=${share.url} />`
      }
      ${whole && whole.tasks > 0 && html`<${Figure} label=${`任务数在 ${number(whole.place_units)} 个单位中（含并列）`} value=${`第 ${whole.rank} 位`} />`}
    </dl>
    ${
      other.length > 0 &&
      html`<p class="note">以上只数责任条款写明的任务；另有${other.map((row) => `${row.label} ${number(row.tasks)} 项`).join("，")}，列在“任务”里。</p>`
    }
  `;
}

/** @param {{ unit: UnitRow, ledger: Answered<Api.LedgerAnswer>, params: URLSearchParams }} props */
function Tasks({ unit, ledger, params }) {
  const agency = unit.agency_id;
  const path = "/agencies/{agency}/obligations";
  const every = useAnswer(path, { agency, limit: MOST });
  const chosen = asked(params);
  const answer = useAnswer(path, { agency, limit: MOST, ...chosen });
  const rows = useMemo(() => withOthers(answer.rows, ledger.rows, unit), [answer.body, ledger.body]);
  const elsewhere = html`<a href=${to("agency", agency, { tab: "collectives" })}>统称带来的任务</a>`;
  const none = html`已载入的文件没有点名给${unit.agency}布置任务：它可能只是发文机关，或只被统称带到（见${elsewhere}）。`;
  return html`<${Panel} title="要做什么，和谁一起，什么时候完成" answer=${answer} actions=${html`<${Download} url=${answer.url} />`}>
    <${Answer} of=${ledger} lines=${10} empty=${none}>
      ${() => html`
        <${Filters} rows=${every.rows} chosen=${chosen} />
        <${Answer} of=${answer} lines=${10} empty=${html`没有符合条件的任务。<button class="text" onClick=${clear}>清除筛选</button>`}>
          ${() => html`<${DataTable} caption=${`${unit.agency}的任务`} columns=${TASKS} rows=${rows} rowKey=${rowKey} />`}
        <//>
      `}
    <//>
  <//>`;
}

/**
 * The obligations, each with the other units of its task and the time limits of its document, as the ledger has them.
 * @param {Api.AgencyObligationsRow[]} obligations
 * @param {Api.LedgerRow[]} ledger
 * @param {UnitRow} unit whose they are
 */
function withOthers(obligations, ledger, { agency, agency_id }) {
  const tasks = new Map(ledger.map((task) => [task.task_id, task]));
  return obligations.map((row) => {
    const task = tasks.get(row.task_id) ?? { ...row, leads: [], participants: [], document_deadlines: [], reports: [] };
    const seen = new Set([agency_id]);
    const others = (/** @type {Api.LedgerLeads[]} */ units) =>
      units.filter((unit) => !seen.has(unit.agency_id) && seen.add(unit.agency_id));
    return {
      ...row,
      agency,
      agency_id,
      task_start: task.start,
      task_end: task.end,
      leads: others(task.leads),
      participants: others(task.participants),
      document_deadlines: task.document_deadlines,
      reports: task.reports.filter((report) => report.agency_id === agency_id),
    };
  });
}

const names = (/** @type {Api.LedgerLeads[]} */ units) => units.map((unit) => unit.agency).join("、");

/** @type {Column<ReturnType<typeof withOthers>[number]>[]} */
const TASKS = [
  task,
  role,
  {
    id: "others",
    label: "和谁一起",
    value: (row) => `${names(row.leads)} ${names(row.participants)}`,
    cell: (row) => html`<${Others} row=${row} />`,
    width: "20%",
  },
  deadlines,
  {
    id: "progress",
    label: "进展",
    width: "11%",
    value: (row) => row.reports.map((report) => `${STATE[report.state]} ${report.progress ?? ""}`).join("、"),
    cell: (row) => html`<${Reports} task=${row.task_id} reports=${row.reports} units=${[row]} />`,
  },
  clause,
  file,
];

/** @param {{ row: ReturnType<typeof withOthers>[number] }} props */
const Others = ({ row }) =>
  row.leads.length + row.participants.length === 0
    ? html`<span class="none">未写其他单位</span>`
    : html`<div>
        ${part(row.role === "LEADS" ? "共同牵头" : "牵头", row.leads, row.basis)}
        ${part(row.role === "LEADS" ? "配合" : "一同配合", row.participants, row.basis)}
      </div>`;

/**
 * Units of one role: those that are known as the row is, and apart from them those that only a sentence or a rule names.
 * @param {string} label
 * @param {Api.LedgerLeads[]} units
 * @param {string} basis of the row
 */
const part = (label, units, basis) =>
  [...Map.groupBy(units, (unit) => unit.basis)]
    .sort(([a], [b]) => Number(b === basis) - Number(a === basis))
    .map(
      ([of, some]) =>
        html`<span class="said">${of === basis ? label : `${BASIS[of]}里的${label.replace(/^(共同|一同)/, "")}`}</span><${Agencies} agencies=${some} />`,
    );

// Its workload

/** @param {{ agency: string, basis: string | null }} props */
function Workload({ agency, basis }) {
  const workload = useAnswer("/agencies/{agency}/workload", { agency, basis });
  const months = useAnswer("/agencies/{agency}/workload/by-month", { agency, basis });
  const years = useAnswer("/agencies/{agency}/workload/by-year", { agency, basis });
  const nothing = `${BASIS[basis ?? "clause"]}里没有它的任务。`;
  /**
   * @template {{ tasks: number, leads: number, participates: number }} Row
   * @param {string} title
   * @param {Answered<object>} answer
   * @param {{ rows: Row[], name: (row: Row) => string, note?: string, more?: unknown }} given
   */
  const bars = (title, answer, { rows, name, note, more }) => html`<${Panel} title=${title} answer=${answer} note=${note}>
    <${Answer} of=${{ ...answer, rows: rows.filter((row) => row.tasks > 0) }} empty=${nothing}>
      ${(/** @type {Row[]} */ some) => html`<${RoleBars} label=${`${title}的任务`} rows=${some.map((row) => ({ ...row, label: name(row) }))} />${more}`}
    <//>
  <//>`;
  /** @type {<Row extends { split: string }>(answer: { rows: Row[] }, split: Row["split"]) => Row[]} */
  const part = (answer, split) => answer.rows.filter((row) => row.split === split);
  return html`<${BasisChoice} basis=${basis} />
    <div class="panels">
      ${bars("按到期月份", months, { rows: months.rows, name: (row) => monthOf(row), more: html`<${AboutMonths} rows=${months.rows} />` })}
      <${Panel} title="按文件" answer=${workload}>
        <${Answer} of=${{ ...workload, rows: part(workload, "document") }} empty=${nothing}>${(/** @type {Share[]} */ rows) => html`<${ByDocument} rows=${rows} />`}<//>
      <//>
      ${bars("按年份", years, { rows: part(years, "year"), name: (row) => (row.year ? `${row.year}年` : "年份不明"), note: "文件所说的年份。" })}
      ${bars("按依据", workload, { rows: part(workload, "basis"), name: (row) => BASIS[row.key], note: "同一任务可能在几行里，各行不能相加。" })}
    </div>`;
}

/**
 * What the figures below count.
 * @param {{ basis: string | null }} props
 */
const BasisChoice = ({ basis }) =>
  html`<div class="filters"><${Choice} label="依据类型" name="basis" value=${basis} about=${Object.keys(BASIS)} all=${BASIS.clause} options=${Object.entries(BASIS).slice(1)} /></div>`;

const monthOf = (/** @type {{ month: string | null }} */ { month }) =>
  month ? `${month.slice(0, 4)}年${Number(month.slice(5))}月` : "没有写明日期";

/** @param {{ rows: Api.WorkloadByMonthRow[] }} props */
function AboutMonths({ rows }) {
  const inherited = rows.reduce((sum, row) => sum + row.inherited, 0);
  const overloaded = rows.filter((row) => row.overloaded);
  return html`
    ${inherited > 0 && html`<p class="note">其中 ${number(inherited)} 项自己没有写期限，按文件的总时限计。</p>`}
    ${overloaded.map((row) => html`<p>${monthOf(row)}自己写明的期限集中：${number(row.tasks - row.inherited)} 项，月均 ${row.mean?.toFixed(1)} 项。</p>`)}
  `;
}

/** @param {{ rows: Share[] }} props */
function ByDocument({ rows }) {
  const most = Math.max(...rows.map((row) => row.tasks));
  const length = (/** @type {number} */ tasks) => `${(100 * tasks) / most}%`;
  return html`<ol class="ranks">
    ${rows
      .toSorted((a, b) => b.tasks - a.tasks)
      .map(
        (row) => html`<li>
        <${Document} id=${row.key} title=${row.label} />
        <span class="bar" style=${{ "--led": length(row.leads), "--joined": length(row.participates) }}></span>
        <span class="said">牵头 ${row.leads}，配合 ${row.participates}</span>
      </li>`,
      )}
  </ol>`;
}

// With whom it works

/** @type {Column<Api.PartnersRow>[]} */
const PARTNERS = [
  {
    id: "partner",
    label: "单位",
    value: (row) => row.partner,
    cell: (row) =>
      html`<div><${Agency} id=${row.partner_id} name=${row.partner} /> ${row.collective && html`<span class="kind" title=${MEANING.collective}>统称</span>`}</div>`,
  },
  { id: "tasks", label: "共同任务", value: (row) => row.tasks, numeric: true },
  { id: "both_lead", label: "联合牵头", value: (row) => row.both_lead, numeric: true },
  { id: "agency_leads", label: "本单位牵头，对方配合", value: (row) => row.agency_leads, numeric: true },
  { id: "partner_leads", label: "对方牵头，本单位配合", value: (row) => row.partner_leads, numeric: true },
  { id: "both_participate", label: "都配合", value: (row) => row.both_participate, numeric: true },
];

/** @param {{ answer: Answered<Api.PartnersAnswer>, basis: string | null }} props */
function Partners({ answer, basis }) {
  const bars = (/** @type {Api.PartnersRow[]} */ rows) =>
    rows
      .filter((row) => !row.collective)
      .slice(0, BARS)
      .map((row) => ({
        label: row.partner,
        leads: row.both_lead + row.partner_leads,
        participates: row.agency_leads + row.both_participate,
        href: to("agency", row.partner_id),
      }));
  return html`<${BasisChoice} basis=${basis} />
    <${Answer} of=${answer} lines=${8} empty=${`${BASIS[basis ?? "clause"]}里没有与它共同承担任务的单位。`}>
      ${(/** @type {Api.PartnersRow[]} */ rows) => html`
        ${
          rows.some((row) => !row.collective) &&
          html`<${Panel} title="合作最多的单位" answer=${answer} note="图中是共同任务里对方的责任；统称不在图中。">
          <${RoleBars} label="合作最多的单位" rows=${bars(rows)} />
        <//>`
        }
        <${Panel} title="全部合作单位" answer=${answer} actions=${html`<${Download} url=${answer.url} />`}>
          <${DataTable} caption="合作单位" columns=${PARTNERS} rows=${rows} rowKey=${(/** @type {Api.PartnersRow} */ row) => row.partner_id} />
        <//>
      `}
    <//>`;
}

// What reaches it through collectives

/** @type {Column<Api.BoundByCollectivesRow>[]} */
const BOUND = [
  {
    id: "collective",
    label: "统称",
    value: (row) => row.collective,
    cell: (row) => html`<${Agency} id=${row.collective_id} name=${row.collective} />`,
    width: "9.5rem",
  },
  ...columns,
];

/** @param {{ unit: UnitRow, answer: Answered<Api.BoundByCollectivesAnswer> }} props */
const Bound = ({ unit, answer }) =>
  html`<${Panel}
    title="没有点名、经统称落到它头上的任务"
    answer=${answer}
    actions=${html`<${Download} url=${answer.url} />`}
    note=${`文件写的是“各部门”“各县区人民政府”等统称，${unit.agency}属于其中。这些任务单列，不计入前面的任何数字；“有关部门”等说不清包括谁的统称不在此列。`}
  >
    <${Answer} of=${answer} lines=${6} empty="没有统称给它带来任务。">
      ${(/** @type {Api.BoundByCollectivesRow[]} */ rows) => html`<${DataTable} caption="经统称的任务" columns=${BOUND} rows=${rows} rowKey=${rowKey} />`}
    <//>
  <//>`;
