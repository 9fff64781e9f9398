// 时限: what falls due, counted from a reference day: by month, as a calendar, as a table; and what comes again and again.

import { address, useAnswer } from "../api.js";
import { Calendar, DATED, Timeline } from "../calendar.js";
import { DataTable } from "../datatable.js";
import { Letter } from "../letter.js";
import { COLUMNS, short } from "../limits.js";
import { daysOf, isDay, SPAN, spanSaid, within } from "../months.js";
import { AgencyField } from "../naming.js";
import {
  Agency,
  Answer,
  Checked,
  Choice,
  Document,
  Download,
  Empty,
  File,
  Panel,
  Source,
  useGiven,
  useTitle,
} from "../parts.js";
import { Returned } from "../progress.js";
import { change, changed } from "../route.js";
import { html, useId } from "../vendor/preact.js";
import { BASIS, day, LIGHT, number, REVIEW, today } from "../words.js";

/** @import { Due, DueOn } from "../calendar.js" */
/** @typedef {Api.DocumentsRow} DocumentRow */
/** @typedef {Given & { agency: string, today: string }} Asked of the service */

const LIMIT = 10_000;
const LEAF = 50; // rows on a page of a table

/** @param {{ route: Route }} props */
export default function Deadlines({ route: { params } }) {
  const asked = (/** @type {string} */ name) => params.get(name) ?? "";
  const from = asked("today") || today();
  const valid = isDay(from);
  const given = {
    today: from,
    days: asked("days") || 30,
    inherited: asked("inherited") || "true",
    agency: asked("agency"),
    place: asked("place"),
    document: asked("document"),
    review: asked("review"),
    basis: asked("basis") === "all" ? Object.keys(BASIS) : null,
    limit: LIMIT,
  };
  const documents = useAnswer("/documents", { limit: LIMIT }).rows;
  const found = useAnswer(given.agency && "/agencies", { agency: given.agency }).rows[0];
  const unit = given.agency ? found : undefined;
  useTitle(unit ? `${unit.agency}的时限` : "时限");
  return html`
    <div class="head">
      <div>
        <h1>时限</h1>
        <p class="about">
          ${unit && html`<${Agency} id=${unit.agency_id} name=${unit.agency} />，`}${valid && html`以 <strong>${day(from)}</strong> 为基准日：`}文件要求何时完成，还有几天。期限已过的一直标红，到牵头单位（没有牵头的，配合单位）都报“已完成”为止。
        </p>
      </div>
    </div>
    <${Filters} from=${valid ? from : ""} asked=${asked} agency=${unit?.agency ?? given.agency} documents=${documents} />
    ${
      valid
        ? html`<${Board} given=${given} params=${params} documents=${documents} /><${Returned} />`
        : html`<div class="failure" role="alert">
          <p><strong>基准日“${from}”不是一个日子。</strong> 请写成 2022-06-30 这样，或<a href=${changed({ today: null })}>以今天为基准日</a>。</p>
        </div>`
    }
  `;
}

/** @param {{ given: Asked, params: URLSearchParams, documents: DocumentRow[] }} props */
function Board({ given, params, documents }) {
  const board = useAnswer("/deadlines/board", given);
  const from = given.today;
  const light = params.getAll("light");
  const named = params.get("month") ?? "";
  const month = SPAN.test(named) ? named : "";
  const columns = given.basis ? COLUMNS.all : COLUMNS.clause;
  return html`
    <${Answer} of=${board} lines=${10} empty="没有符合条件的时限：换个机构、地区或文件试试。">
      ${(/** @type {Due[]} */ rows) => {
        const wanted = (/** @type {Due} */ row) => light.length === 0 || light.includes(row.light);
        const days = rows.filter(hasDay).filter((row) => row.light !== "recurring");
        const dated = days.filter(wanted);
        const kind = (/** @type {Due["light"]} */ name) => rows.filter((row) => row.light === name && wanted(row));
        return html`
          <${Limited} given=${given} body=${board.body} /> <${Lights} rows=${rows} chosen=${light} url=${board.url} /> <${Checked} rows=${rows} />
          ${given.agency && !given.basis && html`<${OtherBases} given=${given} rows=${rows} />`}
          ${given.inherited !== "false" && html`<${Undivided} rows=${rows} />`}
          <${Overtaken} rows=${rows} from=${from} documents=${documents} />
          ${
            dated.length > 0 &&
            html`<${Panel} title="各月到期" answer=${board}><${Timeline} rows=${dated} from=${from} chosen=${month} /><//>
            <${Dated} rows=${dated} all=${days.length} recurring=${kind("recurring")} month=${month} view=${params.get("view") ?? ""} from=${from} answer=${board} light=${light} given=${given} columns=${columns.dated} />`
          }
          ${
            kind("recurring").length > 0 &&
            html`<${Panel} title="周期性的任务" answer=${board} note="每到周期末就到期一次，原文写明日子的从其所写；只列到文件所定期限为止。">
            <${DataTable} caption="周期性的任务" most=${LEAF} columns=${columns.recurring} rows=${kind("recurring")} rowKey=${key} />
          <//>`
          }
          ${
            kind("relative").length > 0 &&
            html`<${Panel} title="相对的时限" answer=${board} note="从某件事起算，没有固定的日子。">
            <${DataTable} caption="相对的时限" most=${LEAF} columns=${columns.relative} rows=${kind("relative")} rowKey=${key} />
          <//>`
          }
        `;
      }}
    <//>
  `;
}

/**
 * What the list is limited to, for paper, which has no filters.
 * @param {{ given: Asked, body: Api.DeadlineBoardAnswer | null }} props
 */
function Limited({ given, body }) {
  const to = [...Object.values(body?.named ?? {}), REVIEW[String(given.review)], given.basis && "三种依据都算"];
  const said = to.filter(Boolean).join("、");
  return said && html`<p class="on-paper">范围：${said}</p>`;
}

/**
 * @param {Due} row
 * @returns {row is DueOn}
 */
const hasDay = (row) => Boolean(row.due_on);

const key = (/** @type {Due} */ row) => `${row.deadline_id} ${row.task_id}`;

/** @param {{ from: string, asked: (name: string) => string, agency: string, documents: DocumentRow[] }} props */
function Filters({ from, asked, agency, documents }) {
  const id = useId();
  const places = new Map(documents.filter((row) => row.place).map((row) => [row.place_code, row.place]));
  return html`<div class="filters">
    <div class="field">
      <label for=${id}>基准日</label>
      <input id=${id} type="date" ref=${useGiven(from)} onChange=${(/** @type {FieldEvent} */ event) => change({ today: event.target.value })} />
    </div>
    ${from && from !== today() && html`<button onClick=${() => change({ today: null })}>回到今天</button>`}
    <${Choice} label="多少天内算即将到期" name="days" value=${asked("days") || "30"} all=${null} options=${[30, 60, 90].map((n) => [String(n), `${n}天`])} />
    <${AgencyField} key=${agency} agency=${agency} />
    <${Choice} label="地区" name="place" value=${asked("place")} options=${[...places]} />
    <${Choice} label="文件" name="document" value=${asked("document")} options=${documents.map((row) => [row.document_id, short(row.document ?? row.document_id)])} />
    <${Choice} label="依据类型" name="basis" value=${asked("basis")} about=${Object.keys(BASIS)} all=${BASIS.clause} options=${[["all", "三种都算"]]} />
    <${Choice} label="核对" name="review" value=${asked("review")} options=${Object.entries(REVIEW)} />
    <label class="chip" title="文件只给全文定了一个日子时，没有自己时限的任务也按它算">
      <input type="checkbox" checked=${asked("inherited") !== "false"} onChange=${(/** @type {FieldEvent} */ event) => change({ inherited: event.target.checked ? null : "false" })} />连同沿用全文时限的任务
    </label>
  </div>`;
}

/**
 * How many of each light; each narrows the page to it.
 * @param {{ rows: Due[], chosen: string[], url: string }} props
 */
function Lights({ rows, chosen, url }) {
  return html`<ul class="inline lights" aria-label="按状态">
    ${Object.entries(LIGHT).map(([light, said]) => {
      const only = chosen.length === 1 && chosen[0] === light;
      return html`<li>
        <a href=${changed({ light: only ? null : light })} aria-current=${only ? "true" : undefined}>
          <span class="light ${light}">${said}</span> <strong>${number(rows.filter((row) => row.light === light).length)}</strong>
        </a>
      </li>`;
    })}
    ${chosen.length > 0 && html`<li><a href=${changed({ light: null })}>看全部</a></li>`}
    <li><${Source} url=${url} /></li>
  </ul>`;
}

/**
 * How many time limits of a unit do not stand here, because no clause names it for the task.
 * @param {{ given: Asked, rows: Due[] }} props
 */
function OtherBases({ given, rows }) {
  const all = useAnswer("/deadlines/board", { ...given, basis: Object.keys(BASIS) });
  const more = all.rows.length - rows.length;
  if (more <= 0) return null;
  return html`<p class="note">另有 ${number(more)} 条没有列入：那些任务的责任条款没有写它，只在正文表述或统一规定里写到。<a href=${changed({ basis: "all" })}>三种都算</a></p>`;
}

/**
 * The documents that name several days for all of their text: nobody can tell which binds a task, so that none is inherited.
 * @param {{ rows: Due[] }} props
 */
function Undivided({ rows }) {
  const whole = Map.groupBy(
    rows.filter((row) => !row.task_id && row.due_on),
    (row) => row.document_id,
  );
  const several = [...whole.values()].filter((of) => new Set(of.map((row) => row.due_on)).size > 1);
  if (several.length === 0) return null;
  return html`<p class="note">
    这些文件为全文写了不止一个期限，看不出哪项任务用哪个，所以没有沿用：${several.map(
      ([row], index) =>
        html`${index > 0 && "、"}<${Document} id=${row.document_id} title=${short(row.document ?? row.document_id)} />`,
    )}。
  </p>`;
}

/**
 * Where nearly all days have gone by, the way back to when the newest of these documents was new.
 * @param {{ rows: Due[], from: string, documents: DocumentRow[] }} props
 */
function Overtaken({ rows, from, documents }) {
  const here = new Set(rows.map((row) => row.document_id));
  const newest = documents
    .filter((row) => here.has(row.document_id) && row.issued_on)
    .map((row) => row.issued_on)
    .sort()
    .at(-1);
  const dated = rows.filter((row) => DATED.includes(row.light));
  const past = dated.filter((row) => row.light === "red");
  if (!newest || newest >= from || past.length * 2 < dated.length || past.length === 0) return null;
  return html`<p class="empty">
    按这一天看，${number(dated.length)} 条里有 ${number(past.length)} 条期限已过。其中最近的文件成文于${day(newest)}：<a class="button" href=${changed({ today: newest, month: null })}>以 ${day(newest)} 为基准日看</a>
  </p>`;
}

/**
 * What has a day: as a table, or as a calendar; `all`: how many there are without regard to the light.
 * @param {{
 *   rows: DueOn[], all: number, recurring: Due[], month: string, view: string, from: string, answer: { url: string }, light: string[],
 *   given: Asked, columns: Column<Due>[],
 * }} props
 */
function Dated({ rows, all, recurring, month, view, from, answer, light, given, columns }) {
  const { agency } = given;
  const shown = rows.filter((row) => within(row.due_on, month));
  const narrowed = [...(month ? [`${spanSaid(month)}到期`] : []), ...light.map((one) => LIGHT[one])];
  const days = daysOf(month);
  const asked = new URLSearchParams([...light.map((one) => ["light", one]), ...Object.entries(days)]).toString();
  return html`<${Panel}
    title="有日子的时限"
    answer=${answer}
    actions=${html`<${Download} url=${asked ? `${answer.url}&${asked}` : answer.url} />
      <${Letters} given=${given} narrowed=${{ ...days, light }} />
      ${agency && html`<span class="download"><${File} url=${address("/agencies/{agency}/calendar.ics", { agency, today: from })}>导入日历（.ics）<//></span>`}`}
  >
    <nav class="tabs" aria-label="显示方式">
      ${[
        ["", "列表"],
        ["month", "月历"],
      ].map(
        ([value, words]) =>
          html`<a href=${changed({ view: value })} aria-current=${value === view ? "page" : undefined}>${words}</a>`,
      )}
    </nav>
    ${view !== "month" && html`<${Months} rows=${rows} chosen=${month} />`}
    ${
      view === "month"
        ? html`<${Calendar} rows=${rows} recurring=${recurring} chosen=${/^\d{4}-\d\d/.exec(month)?.[0]} from=${from} />`
        : html`${narrowed.length > 0 && html`<p role="status">只看<strong>${narrowed.join("、")}</strong>：显示 ${number(shown.length)} 条，另有 ${number(all - shown.length)} 条没有显示。<button class="text" onClick=${() => change({ month: null, light: null })}>看全部</button></p>`}
          ${shown.length > 0 ? html`<${DataTable} key=${month} caption="有日子的时限" most=${LEAF} columns=${columns} rows=${shown} rowKey=${key} />` : html`<${Empty}>这段时间没有到期的。<//>`}`
    }
  <//>`;
}

/**
 * The months in which something falls due, to look at one alone, by year.
 * @param {{ rows: DueOn[], chosen: string }} props
 */
function Months({ rows, chosen }) {
  const counted = [...Map.groupBy(rows, (row) => row.due_on.slice(0, 7))].sort();
  if (counted.length < 2) return null;
  const years = Map.groupBy(counted, ([month]) => month.slice(0, 4));
  return html`<nav class="months" aria-label="按月看">
    ${[...years].map(
      ([year, months]) => html`<span class="said">${year}年</span>
        ${months.map(([month, of]) => html`<a href=${changed({ month: month === chosen ? null : month })} aria-current=${month === chosen ? "true" : undefined}>${Number(month.slice(5))}月<span class="count">${number(of.length)}</span></a> `)}`,
    )}
  </nav>`;
}

/**
 * What is on the screen as letters: to the unit, or about all units of what is chosen.
 * @param {{ given: Asked, narrowed: Given }} props
 */
function Letters({ given: { limit: _, agency, ...asked }, narrowed }) {
  const { days: __, inherited: ___, ...about } = asked;
  const letter = agency
    ? html`<${Letter} path="/agencies/{agency}/notice.docx" given=${{ agency, ...asked, ...narrowed }} name="督办通知单" />`
    : html`<${Letter} path="/progress/bulletin.docx" given=${about} name="通报" />`;
  return html`<span class="download">${letter}</span>`;
}
