// What units report of their tasks: what stands there now, a small form, and workbooks that come back filled in.

import { address, forget, send } from "./api.js";
import { DataTable } from "./datatable.js";
import { isDay } from "./months.js";
import { Failure, Panel, useGiven } from "./parts.js";
import { here, to } from "./route.js";
import { useMay, useSession } from "./session.js";
import { html, useId, useState } from "./vendor/preact.js";
import { day, FORM, LABEL, number, RETURNED, STATE, today } from "./words.js";

/** @typedef {Api.LedgerReports} Held */
/** @typedef {{ agency: string, agency_id: string }} Unit */

/**
 * The last report of each unit of a task, or of a task without units, and the form for another.
 * @param {{ task: string, reports: Held[], units: Unit[] }} props
 */
export function Reports({ task, reports, units }) {
  const session = useSession();
  const allowed = useMay("report");
  const mayCheck = useMay("check");
  const several = new Set(units.map((unit) => unit.agency_id)).size > 1;
  const ours = ownOf(units, session);
  return html`<div class="reports">
    ${reports.length === 0 && html`<span class="none">未报告</span>`}
    <ul class="plain">
      ${reports.map(
        (report) => html`<li>
          <a href=${to("ask", "progress", { task })} title="看全部报告"><span class=${`kind ${report.state.replace(" ", "-")}`}>${STATE[report.state]}</span></a>
          ${report.percent !== null && ` ${report.percent}%`} <span class="said">${several && `${report.agency ?? ""} `}${day(report.reported_on)}</span>
          ${report.progress && html`<div>${report.progress}</div>`}
          ${report.evidence && html`<div class="said">佐证：${evidence(report.evidence)}</div>`}
          ${(mayCheck || (allowed && report.reported_by === session?.name)) && html`<${Withdraw} report=${report.report_id} />`}
        </li>`,
      )}
    </ul>
    ${allowed && (ours.length > 0 || units.length === 0) && html`<${Form} task=${task} units=${ours} />`}
  </div>`;
}

/**
 * The units of a task that whoever is signed in reports for; of a collective that theirs is a member of, theirs.
 * @param {Unit[]} units
 * @param {Pick<Api.SessionAnswer, "unit" | "collectives"> | null} session
 * @returns {Unit[]}
 */
export function ownOf(units, session) {
  const own = session?.unit;
  if (!own) return units;
  const named = units.filter((unit) => own === unit.agency || own === unit.agency_id);
  const joined = units.some((unit) => session.collectives.includes(unit.agency_id));
  return named.length === 0 && joined ? [{ agency: own, agency_id: own }] : named;
}

const evidence = (/** @type {string} */ words) =>
  /^https?:\/\//.test(words) ? html`<a href=${words} rel="noopener noreferrer">${words}</a>` : words;

/** Takes a report back. @param {{ report: string }} props */
function Withdraw({ report }) {
  const [problem, setProblem] = useState(/** @type {Trouble | null} */ (null));
  const [busy, setBusy] = useState(false);
  const taken = () => {
    setBusy(true);
    send(`/reports/${report}`, { method: "DELETE" }).then(forget, (trouble) => {
      setProblem(trouble);
      setBusy(false);
    });
  };
  return html`<button class="text" title="这次报告不再算数，以上一次为准；撤回的也留在记录里" disabled=${busy} onClick=${taken}>撤回</button>
    ${problem && html`<${Failure} problem=${problem} />`}`;
}

/** The reference day of the view (基准日) or today: a report that is dated later would not count on it. */
function asOf() {
  const asked = here().params.get("today") ?? "";
  return isDay(asked) && asked < today() ? asked : today();
}

/**
 * What a unit reports, to be kept.
 * @param {{ task: string, units: Unit[] }} props
 */
function Form({ task, units }) {
  const id = useId();
  const [problem, setProblem] = useState(/** @type {Trouble | null} */ (null));
  const [busy, setBusy] = useState(false);
  const sent = async (/** @type {FormEvent} */ event) => {
    event.preventDefault();
    const said = Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value !== ""));
    const body = JSON.stringify({ task, ...said, ...(said.percent ? { percent: Number(said.percent) } : {}) });
    setBusy(true);
    await send("/reports", { method: "POST", headers: { "Content-Type": "application/json" }, body }).then(forget, setProblem);
    setBusy(false);
  };
  /** @type {(name: string, label: string, control: unknown) => unknown} */
  const field = (name, label, control) =>
    html`<div class="field"><label for=${`${id}-${name}`}>${label}</label>${control}</div>`;
  const signer = useSession()?.name;
  const asked = problem?.kind === "bad-form" ? (problem.candidates ?? []) : []; // units by other words than those shown here
  const named = [...new Map(units.map((unit) => [unit.agency_id, unit.agency])), ...asked.map((name) => [name, name])];
  return html`<details>
    <summary>填报进展</summary>
    <form class="report" onSubmit=${sent}>
      ${named.length > 0 && field("agency", LABEL.agency, html`<select id=${`${id}-agency`} name="agency">${named.map(([unit, name]) => html`<option value=${unit}>${name}</option>`)}</select>`)}
      ${field("state", FORM.state, html`<select id=${`${id}-state`} name="state">${Object.entries(STATE).map(([state, word]) => html`<option value=${state}>${word}</option>`)}</select>`)}
      ${field("text", FORM.progress, html`<textarea id=${`${id}-text`} name="text" rows="3" maxlength="2000"></textarea>`)}
      ${field("percent", LABEL.percent, html`<input id=${`${id}-percent`} name="percent" type="number" min="0" max="100" />`)}
      ${field("date", LABEL.reported_on, html`<input id=${`${id}-date`} name="date" type="date" ref=${useGiven(asOf())} max=${today()} />`)}
      ${field("evidence", LABEL.evidence, html`<input id=${`${id}-evidence`} name="evidence" maxlength="2000" placeholder="网址或文件名" />`)}
      ${!signer && field("by", LABEL.reported_by, html`<input id=${`${id}-by`} name="by" maxlength="100" />`)}
      <button class="primary" disabled=${busy}>保存</button>
    </form>
    ${asked.length > 0 ? html`<p role="alert">这项任务写到几个单位，请先选报进展的单位。</p>` : problem && html`<${Failure} problem=${problem} />`}
  </details>`;
}

// Workbooks that come back

/** @type {Column<Api.ReturnedRow>[]} */
const ROWS = [
  { id: "row", label: "行", value: (row) => row.row, numeric: true, width: "3.5rem" },
  {
    id: "outcome",
    label: "结果",
    width: "10rem",
    value: (row) => RETURNED[row.outcome],
    cell: (row) =>
      html`<div><strong>${RETURNED[row.outcome]}</strong>${row.reason && html`<br />${RETURNED[row.reason]}`}</div>`,
  },
  { id: "task", label: FORM.task, value: (row) => row.task },
  { id: "agency", label: LABEL.agency, value: (row) => row.agency },
  {
    id: "said",
    label: "填报内容",
    value: (row) => row.filled ?? told(row.state, row.progress, row.reported_on),
  },
  {
    id: "held",
    label: "现有报告",
    value: (row) => told(row.held_state, row.held_progress, row.held_on),
  },
];

const told = (/** @type {(string | null)[]} */ ...[state, progress, on]) =>
  state ? [STATE[state], on && day(on), progress].filter(Boolean).join("，") : "";

/** Where a workbook that was filled in is taken back: first what it would change, then, if one agrees, that is kept. */
export function Returned() {
  const allowed = useMay("report");
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const [columns, setColumns] = useState(/** @type {Record<string, string>} */ ({}));
  const [found, setFound] = useState(/** @type {Api.ReturnedAnswer | null} */ (null));
  const [problem, setProblem] = useState(/** @type {Trouble | null} */ (null));
  const [kept, setKept] = useState(""); // the outcomes whose rows were kept
  if (!allowed) return null;
  /** @type {(chosen: File, given: Record<string, string>) => Promise<void>} */
  const post = async (chosen, given) => {
    setFile(chosen);
    setProblem(null);
    await send(address("/reports/workbook", { name: chosen.name, date: asOf(), ...given }), {
      method: "POST",
      body: chosen,
    }).then(
      async (response) => {
        setFound(await response.json());
        setKept(given.keep ?? "");
      },
      (trouble) => {
        setFound(null);
        setProblem(trouble);
      },
    );
    if (given.keep) forget();
  };
  const chosen = (/** @type {FieldEvent} */ event) => {
    const [first] = event.target.files ?? [];
    event.target.value = ""; // the same file may be chosen again
    setColumns({});
    if (first) post(first, {});
  };
  const count = (/** @type {string} */ outcome) => (found?.rows ?? []).filter((row) => row.outcome === outcome).length;
  const left = (/** @type {string} */ outcome) => (kept.includes(outcome) ? 0 : count(outcome));
  const counted = OUTCOMES.filter(left).map((outcome) => `${RETURNED[outcome]} ${number(count(outcome))} 行`);
  const save = (/** @type {string} */ keep) => file && post(file, { ...columns, keep });
  return html`<${Panel} title="收回填好的清单" note="把单位填好发回的督办清单或责任清单放到这里：先看会改动什么，再保存。事实不变，报告另存；每次报告都留着，最后一次算数。">
    <label class="button">选择工作簿<input class="unseen" type="file" accept=".xlsx,.xlsm,.xls,.et" onChange=${chosen} /></label>
    ${
      problem && problem.kind === "bad-form" && (problem.candidates ?? []).length > 0 && file
        ? html`<${Columns} headings=${problem.candidates ?? []} take=${(/** @type {Record<string, string>} */ given) => {
            setColumns(given);
            post(file, given);
          }} />`
        : problem && html`<${Failure} problem=${problem} />`
    }
    ${
      found &&
      html`<p role="status">
        “${file?.name}”：${kept && `已保存 ${number(found.kept)} 条。`}${counted.length > 0 && `${kept && "其余"}${counted.join("，")}。`}${found.rows.length === 0 && "没有填写任何一行。"}
      </p>
      ${found.rows.length > 0 && html`<${DataTable} caption="填报的各行" columns=${ROWS} rows=${found.rows} rowKey=${(/** @type {Api.ReturnedRow} */ row) => `${row.sheet} ${row.row}`} />`}
      ${
        left("new") + left("conflicting") > 0 &&
        html`<p>
          ${left("new") > 0 && html`<button class="primary" onClick=${() => save("new")}>保存新的进展</button>`} ${left("conflicting") > 0 && html`<button onClick=${() => save("new,conflicting")}>${kept ? "有冲突的也保存" : "连同有冲突的一起保存"}</button>`}
        </p>`
      }`
    }
  <//>`;
}

const OUTCOMES = ["new", "conflicting", "unknown", "unchanged"];

/**
 * Of a workbook that is not ours, which column is which.
 * @param {{ headings: string[], take: (columns: Record<string, string>) => void }} props
 */
function Columns({ headings, take }) {
  const id = useId();
  const sent = (/** @type {FormEvent} */ event) => {
    event.preventDefault();
    take(Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, String(value)])));
  };
  const options = headings.map((heading) => html`<option>${heading}</option>`);
  return html`<form class="filters" onSubmit=${sent}>
    <p class="note">这不是本系统导出的清单，请指出哪一列是任务，哪一列是进展。</p>
    <div class="field"><label for=${`${id}-task`}>任务所在列</label><select id=${`${id}-task`} name="task_column">${options}</select></div>
    <div class="field"><label for=${`${id}-progress`}>进展所在列</label><select id=${`${id}-progress`} name="progress_column">${options}</select></div>
    <button>按这两列读</button>
  </form>`;
}
