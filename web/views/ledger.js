// 台账: the ledger of a unit, a line of work, a document or a place, a row a task, as it goes to paper.

import { address, useAnswer, useTotal } from "../api.js";
import { assigned, marks } from "../assigned.js";
import { AgencyField } from "../naming.js";
import { Agency, Answer, Checked, Choice, Deadlines, Document, File, Panel, Quote, Role, Task, useTitle } from "../parts.js";
import { html } from "../vendor/preact.js";
import { BASIS, day, number, REVIEW, STATE } from "../words.js";
import { COLUMN, FORM, LEDGER, QUERY } from "../zh.js";

/** @typedef {Api.LedgerRow} Row */

const OF = /** @type {const} */ (["document", "place", "agency", "function"]);
const MOST = 1000; // rows on the page; a file has all
const LIMIT = 5000;

/** @param {{ route: Route }} props */
export default function Ledger({ route: { params } }) {
  const given = Object.fromEntries([...OF, "review"].map((name) => [name, params.get(name)]));
  const chosen = OF.filter((name) => given[name]);
  const answer = useAnswer(chosen.length > 0 && "/ledger", { ...given, limit: MOST });
  const total = useTotal(answer);
  const title = `${titled(answer.body)}${QUERY.ledger}`;
  useTitle(title);
  return html`
    <div class="head">
      <div>
        <h1>${title}</h1>
        <p class="about">每项任务一行：谁牵头，谁配合，什么时候完成，办到哪一步，哪句话这么说。</p>
      </div>
      ${
        chosen.length > 0 &&
        !answer.problem &&
        html`<ul class="inline">
        <li><button class="primary" title="A4 横排，每页都有表头和页码" onClick=${() => print()}>打印</button></li>
        ${["docx", "xlsx", "csv"].map((format) => html`<li><${File} url=${address("/ledger", { ...given, format })}>${FORMS[format]}<//></li>`)}
      </ul>`
      }
    </div>
    <${Filters} given=${given} />
    ${
      chosen.length === 0
        ? html`<p class="empty">请选一个机构、条线、文件或地区，可以同时选几样。</p>`
        : html`<${Panel} title=${COLUMN.task} answer=${answer}>
        <${Answer} of=${answer} lines=${10} empty=${LEDGER.none}>
          ${(/** @type {Row[]} */ rows) => html`<${Checked} rows=${rows} />
            ${answer.truncated && html`<p class="note">这里是前 ${number(rows.length)} 项${total !== null && `，共 ${number(total)} 项`}：全部在下载的文件里。</p>`}
            <${Table} rows=${rows} agency=${answer.body?.parameters.agency ?? null} caption=${title} />`}
        <//>
      <//>`
    }
  `;
}

/**
 * Of what the rows are: 长治市、司法局条线.
 * @param {Api.LedgerAnswer | null} answer
 */
function titled(answer) {
  const asked = answer?.parameters ?? {};
  const names = OF.filter((name) => asked[name]).map((name) => {
    const id = String(asked[name]);
    return `${answer?.named?.[id] ?? id}${name === "function" ? COLUMN.function : ""}`;
  });
  return names.join("、");
}

/** @type {Record<string, string>} */
const FORMS = { docx: "Word", xlsx: "Excel", csv: "CSV" };

/** @param {{ given: Record<string, string | null> }} props */
function Filters({ given }) {
  const documents = useAnswer("/documents", { limit: LIMIT }).rows;
  const lines = useAnswer("/compare", { basis: Object.keys(BASIS), limit: LIMIT }).rows; // of units that only a sentence names, too
  const found = useAnswer(given.agency && "/agencies", { agency: given.agency }).rows[0];
  const agency = (given.agency && found?.agency) || (given.agency ?? "");
  const places = new Map(documents.filter((row) => row.place).map((row) => [row.place_code, row.place]));
  const functions = [...new Set([...lines.map((row) => row.function), ...(given.function ? [given.function] : [])])].sort();
  return html`<div class="filters">
    <${AgencyField} key=${agency} agency=${agency} />
    <${Choice} label="条线" name="function" value=${given.function} options=${functions.map((name) => [name, name])} />
    <${Choice} label="文件" name="document" value=${given.document} options=${documents.map((row) => [row.document_id, row.document ?? row.document_id])} />
    <${Choice} label="地区" name="place" value=${given.place} options=${[...places]} />
    <${Choice} label="核对" name="review" value=${given.review} options=${Object.entries(REVIEW)} />
  </div>`;
}

/**
 * A line with the title of each document above its tasks.
 * @param {{ rows: Row[], agency: unknown, caption: string }} props
 */
function Table({ rows, agency, caption }) {
  const columns = COLUMNS.filter((column) => agency || column.id !== "role");
  return html`<div class="datatable ledger">
    <table>
      <caption class="unseen">${caption}</caption>
      <thead><tr>${columns.map((column) => html`<th scope="col" style=${{ width: column.width }}>${column.label}</th>`)}</tr></thead>
      ${[...Map.groupBy(rows.entries(), ([, row]) => row.document_id).values()].map(
        (of) => html`<tbody>
          <tr class="of"><th colspan=${columns.length} scope="rowgroup"><${Document} id=${of[0][1].document_id} title=${of[0][1].document} /> ${of[0][1].doc_number && html`<span class="number">${of[0][1].doc_number}</span>`}</th></tr>
          ${of.map(
            ([at, row]) =>
              html`<tr key=${row.task_id}>${columns.map((column) => html`<td data-label=${column.label}>${column.cell(row, agency, at + 1)}</td>`)}</tr>`,
          )}
        </tbody>`,
      )}
    </table>
  </div>`;
}

/** @type {(role: "LEADS" | "PARTICIPATES") => (row: Row) => unknown} */
const units = (role) => (row) => {
  const named = assigned(row)[role];
  if (named.length === 0) return html`<span class="none">未写明</span>`;
  return html`<div>${named.map((unit, at) => html`${at > 0 && "、"}<${Agency} id=${unit.agency_id} name=${unit.agency} /><span class="said">${marks(unit)}</span>`)}</div>`;
};

/** @type {{ id: string, label: string, width: string, cell: (row: Row, agency: unknown, at: number) => unknown }[]} */
const COLUMNS = [
  { id: "row", label: LEDGER.row, width: "3.5em", cell: (_, __, at) => at },
  { id: "task", label: COLUMN.task, width: "19%", cell: (row) => html`<${Task} row=${row} />` },
  {
    id: "role",
    label: COLUMN.role,
    width: "4.5em",
    cell: (row, agency) =>
      Object.entries(assigned(row))
        .filter(([, named]) => named.some((unit) => unit.agency_id === agency))
        .map(([role]) => html`<${Role} role=${role} /> `),
  },
  { id: "leads", label: COLUMN.leads, width: "14%", cell: units("LEADS") },
  { id: "participants", label: COLUMN.participants, width: "15%", cell: units("PARTICIPATES") },
  {
    id: "deadlines",
    label: COLUMN.deadlines,
    width: "11%",
    cell: (row) => html`<${Deadlines} deadlines=${row.deadlines} document=${row.document_id} />`,
  },
  {
    id: "progress",
    label: FORM.progress,
    width: "10%",
    cell: (row, agency) => html`<${Reported} row=${row} agency=${agency} />`,
  },
  {
    id: "evidence",
    label: LEDGER.evidence,
    width: "",
    cell: (row, agency) => html`<${Evidence} row=${row} agency=${agency} />`,
  },
];

/** @param {{ row: Row, agency: unknown }} props */
const Reported = ({ row, agency }) =>
  html`<ul class="plain">
    ${row.reports
      .filter((report) => !agency || report.agency_id === agency)
      .map(
        (report) =>
          html`<li>${!agency && report.agency && `${report.agency}：`}${STATE[report.state]} <span class="said">${day(report.reported_on)}</span> ${report.progress}</li>`,
      )}
  </ul>`;

/**
 * The clauses or sentences that name the units, of those the asked one; else the task's own words.
 * @param {{ row: Row, agency: unknown }} props
 */
function Evidence({ row, agency }) {
  const named = Object.values(assigned(row)).flat();
  const asked = named.filter((unit) => !agency || unit.agency_id === agency);
  const said = [...new Map(asked.map((unit) => [unit.clause ?? unit.quote, unit])).values()];
  if (said.length === 0)
    return html`<${Quote} document=${row.document_id} start=${row.start} end=${row.end}>${(row.quote ?? "").slice(0, 200)}<//>`;
  return html`<ul class="plain">
    ${said.map(
      (unit) => html`<li>
        <${Quote} document=${row.document_id} start=${unit.start} end=${unit.end} words=${unit.quote}>${unit.clause ?? unit.quote}<//>
      </li>`,
    )}
  </ul>`;
}
