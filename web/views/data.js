// 数据: what is loaded and when, how well it was read, what a person should look at, and new files.

import { Acts } from "../acts.js";
import { useAnswer } from "../api.js";
import { DataTable } from "../datatable.js";
import { OfFinding } from "../identity.js";
import { Answer, Choice, Document, Download, Figure, Panel, Quote, Source, Tabs, useTitle } from "../parts.js";
import { copy } from "../quoting.js";
import { useMay } from "../session.js";
import { Upload } from "../upload.js";
import { html } from "../vendor/preact.js";
import {
  ACCOUNT,
  CHECK,
  COLUMN,
  dated,
  day,
  ended,
  MEASURED,
  MEASURED_ON,
  moment,
  number,
  OUTCOME,
  REASON,
  unnamed,
} from "../words.js";

/** @typedef {Answered<Api.StatusAnswer>} Status */
/** @typedef {Api.Count & { kind: string, marked: number }} Kind of facts that was measured */

/** @type {Record<string, [name: string, tab: (props: { params: URLSearchParams, status: Status }) => Components]>} */
const TABS = {
  files: ["文件", Files],
  loads: ["载入记录", Loads],
  quality: ["质量", Quality],
  doubts: ["存疑", Doubts],
  upload: ["上传", UploadTab],
  acts: ["操作记录", Acts],
};

/** @param {{ route: Route }} props */
export default function Data({ route }) {
  const asked = route.params.get("tab") ?? "";
  const tab = Object.hasOwn(TABS, asked) ? asked : "files";
  const [name, Tab] = TABS[tab];
  const status = useAnswer("/status");
  const shown = useMay("admin") ? Object.keys(TABS) : Object.keys(TABS).filter((value) => value !== "acts");
  useTitle(`数据：${name}`);
  return html`
    <div class="head"><h1>知识库里的数据</h1></div>
    <${Answer} of=${status} lines=${2}>${() => html`<${Held} answer=${status} />`}<//>
    <${Tabs} label="数据" name="tab" value=${tab} view="data" tabs=${shown.map((value) => [value, TABS[value][0]])} />
    <${Tab} params=${route.params} status=${status} />
  `;
}

/** @param {{ answer: { body: Api.StatusAnswer, url: string } }} props */
function Held({ answer }) {
  const held = answer.body;
  return html`
    <dl class="figures">
      <${Figure} label="来源文件" value=${number(held.sources)} />
      <${Figure} label="文件" value=${number(held.documents)} />
      <${Figure} label="只被引用的文件" value=${number(held.cited)} />
      <${Figure} label="任务" value=${number(held.tasks)} />
      <${Figure} label="责任关系" value=${number(held.assignments)} />
      <${Figure} label="机构和统称" value=${number(held.agencies)} />
      <${Figure} label="时限" value=${number(held.deadlines)} />
    </dl>
    <p class="note">
      存放于${held.engine === "neo4j" ? " Neo4j 数据库" : "内置数据库"}，抽取规则版本 <code>${held.rules.slice(0, 8)}</code>。 <${Source} url=${answer.url} />
    </p>
    ${held.outdated.length > 0 && html`<${Outstanding} files=${held.outdated}>是按旧规则读的，结果可能与现在的规则不同。请管理员运行 <code>kg rebuild</code> 重新读取。<//>`}
    ${held.unkept.length > 0 && html`<${Outstanding} files=${held.unkept}>没有留存原件，重新读取前要再载入一次：<code>kg load 文件</code>。<//>`}
    ${held.aside.length > 0 && html`<${Outstanding} files=${held.aside}>留存过原件，但知识库里没有它们的内容：载入或移除时中断过。需要的请再载入一次。<//>`}
  `;
}

/**
 * Files that someone has to see to.
 * @param {{ files: string[], children: Components }} props
 */
const Outstanding = ({ files, children }) =>
  html`<details class="failure"><summary>${number(files.length)} 个文件${children}</summary><p>${files.join("、")}</p></details>`;

// 文件

function Files() {
  const answer = useAnswer("/documents");
  return html`<${Panel} title="已载入的文件" answer=${answer} actions=${html`<${Download} url=${answer.url} />`}>
    <${Answer} of=${answer} lines=${6} empty="没有文件。">
      ${(/** @type {Api.DocumentsRow[]} */ rows) => html`<${DataTable} columns=${FILES} rows=${rows} caption="已载入的文件" rowKey=${(/** @type {Api.DocumentsRow} */ row) => row.document_id} />`}
    <//>
  <//>`;
}

/** @type {Column<Api.DocumentsRow>[]} */
const FILES = [
  {
    id: "document",
    label: "文件",
    width: "32%",
    value: (row) => row.document,
    cell: (row) => html`<${Document} id=${row.document_id} title=${row.document} />`,
  },
  { id: "doc_number", label: "文号", value: (row) => row.doc_number },
  { id: "place", label: "地区", width: "5.5em", value: (row) => row.place },
  { id: "issued_on", label: "成文", width: "9em", value: (row) => row.issued_on, cell: (row) => day(row.issued_on) },
  { id: "tasks", label: "任务", numeric: true, value: (row) => row.tasks },
  { id: "loaded_at", label: "载入", value: (row) => row.loaded_at, cell: (row) => moment(row.loaded_at) },
  { id: "source", label: "来源文件", value: (row) => row.source },
];

// 载入记录

/** What became of the files of the last loads. */
function Loads() {
  const answer = useAnswer("/loads");
  return html`<${Panel} title="最近的载入">
    <${Answer} of=${answer} lines=${4}>
      ${(/** @type {unknown} */ _, /** @type {{ body: Api.LoadsAnswer }} */ { body }) =>
        body.loads.length === 0
          ? html`<p class="empty">还没有载入过文件。</p>`
          : body.loads.map((load, n) => html`<${Load} key=${load.at} load=${load} open=${n === 0} />`)}
    <//>
    <p class="note"><${Source} url=${answer.url} /></p>
  <//>`;
}

/** @param {{ load: Api.LoadAccount, open: boolean }} props */
function Load({ load, open }) {
  const counts = Object.entries(load.counts).map(([outcome, n]) => `${OUTCOME[outcome]} ${number(n)}`);
  const rows = load.files.flatMap(rowsOf);
  return html`<details class="load" open=${open}>
    <summary>${moment(load.at)}：${counts.join("，") || "没有文件"}。${load.complete ? "全部读出" : html`<strong>有内容没有读出</strong>`}</summary>
    <${DataTable} columns=${OF_A_LOAD} rows=${rows} caption="每个文件的情况" rowKey=${(/** @type {FileOfALoad} */ row) => `${row.file.file} ${row.given?.id}`} />
  </details>`;
}

/** @typedef {{ file: Api.LoadedFile, given: Api.GivenDocument | null }} FileOfALoad */

/**
 * A row for each document of a file, and one for a file that gave none.
 * @param {Api.LoadedFile} file
 * @returns {FileOfALoad[]}
 */
const rowsOf = (file) => (file.documents.length ? file.documents : [null]).map((given) => ({ file, given }));

/** @type {Column<FileOfALoad>[]} */
const OF_A_LOAD = [
  { id: "file", label: ACCOUNT.file, width: "22%", value: (row) => row.file.file },
  { id: "outcome", label: ACCOUNT.outcome, width: "7em", value: (row) => OUTCOME[row.file.outcome] },
  {
    id: "document",
    label: ACCOUNT.document,
    width: "22%",
    value: (row) => row.given?.title ?? unnamed(row.file.file, row.file.reason),
    cell: (row) =>
      row.given ? html`<${Document} id=${row.given.id} title=${row.given.title} />` : unnamed(row.file.file, row.file.reason),
  },
  { id: "tasks", label: ACCOUNT.tasks, numeric: true, value: (row) => row.given?.tasks ?? null },
  { id: "assignments", label: ACCOUNT.assignments, numeric: true, value: (row) => row.given?.assignments ?? null },
  { id: "unread", label: ACCOUNT.unread, value: (row) => partsOf(row.given?.unread) },
  { id: "annexes", label: ACCOUNT.annexes, value: (row) => partsOf(row.given?.annexes.filter((part) => !part.reason)) },
  { id: "notes", label: ACCOUNT.notes, value: (row) => (row.given?.no_duties ? COLUMN.no_duties : "") },
];

/** @param {Api.PartOfAFile[] | undefined} parts */
const partsOf = (parts) =>
  (parts ?? []).map((part) => (part.reason ? `${part.name}（${REASON[part.reason]}）` : part.name)).join("；");

// 质量

function Quality() {
  const answer = useAnswer("/scorecard");
  return html`
    <p>把程序读出的与人工标注的逐条比较。<strong>查准率</strong>：读出的里面，有多少是对的。<strong>查全率</strong>：标注的里面，有多少被读出来了。<strong>F1</strong>：两者的调和平均，兼顾准和全。</p>
    <${Answer} of=${answer} lines=${8}>
      ${(/** @type {unknown} */ _, /** @type {{ body: Api.Scorecard }} */ { body }) => {
        const known = Object.keys(MEASURED_ON);
        const sets = body.sets.toSorted((a, b) => known.indexOf(a.title) - known.indexOf(b.title));
        return sets.map((set) => html`<${Measured} key=${set.title} set=${set} answer=${answer} />`);
      }}
    <//>
  `;
}

/** @param {{ set: Api.ScoredSet, answer: { url: string } }} props */
function Measured({ set, answer }) {
  const [name, what] = MEASURED_ON[set.title] ?? [set.title, ""];
  const rows = Object.entries(set.all).map(([kind, count]) => ({ kind, ...count, marked: count.found + count.missed }));
  const kinds = Object.keys(set.all);
  /** @type {Column<Api.ScoredDocument>[]} */
  const documents = [
    { id: "document", label: "文件", width: "26%", value: (row) => row.document },
    ...kinds.map((kind) => ({
      id: kind,
      label: MEASURED[kind]?.[0] ?? kind,
      numeric: true,
      value: (/** @type {Api.ScoredDocument} */ row) => tally(row.kinds[kind]),
    })),
  ];
  return html`<${Panel} title=${`${name}（${set.documents.length} 份）`} note=${what} answer=${answer}>
    <${DataTable} columns=${FIGURES} rows=${rows} caption=${`${name}的读取质量`} rowKey=${(/** @type {Kind} */ row) => row.kind} filter=${false} />
    <details>
      <summary>逐份文件</summary>
      <p class="note">读对的 / 标注的；读错的另记。</p>
      <div class="answer"><${DataTable} columns=${documents} rows=${set.documents} caption=${`${name}逐份的读取质量`} filter=${false} /></div>
    </details>
  <//>`;
}

const tally = (/** @type {Api.Count | undefined} */ count) =>
  count ? `${count.found} / ${count.found + count.missed}${count.false > 0 ? `，错 ${count.false}` : ""}` : "";

const RECALL_ALONE = new Set(["task_link", "name"]); // they look only at units that were found

/**
 * A share as a bar with its figure, never rounded up to the whole.
 * @param {"precision" | "recall" | "f1"} id
 * @param {string} label
 * @returns {Column<Kind>}
 */
const share = (id, label) => ({
  id,
  label,
  width: "15%",
  value: (row) => (id !== "recall" && RECALL_ALONE.has(row.kind) ? null : row[id]),
  cell: (row) =>
    id !== "recall" && RECALL_ALONE.has(row.kind)
      ? html`<span class="none">不适用</span>`
      : html`<span class="share" style=${{ "--share": `${100 * row[id]}%` }}>${row[id] === 1 ? 100 : Math.min(100 * row[id], 99.9).toFixed(1)}%</span>`,
});

/** @type {Column<Kind>[]} */
const FIGURES = [
  {
    id: "kind",
    label: "读什么",
    value: (row) => MEASURED[row.kind]?.[0] ?? row.kind,
    cell: (row) =>
      html`<div>${MEASURED[row.kind]?.[0] ?? row.kind}<span class="said why">${MEASURED[row.kind]?.[1]}</span></div>`,
  },
  share("precision", "查准率"),
  share("recall", "查全率"),
  share("f1", "F1"),
  { id: "marked", label: "标注数", width: "6em", numeric: true, value: (row) => row.marked },
];

// 存疑

/** @param {{ params: URLSearchParams }} props */
function Doubts({ params }) {
  const check = params.get("check") ?? "";
  const all = useAnswer("/audit");
  const answer = { ...all, rows: check ? all.rows.filter((row) => row.check === check) : all.rows };
  const counts = Object.entries(CHECK).map(([value, [name]]) => [
    value,
    `${name}（${all.rows.filter((row) => row.check === value).length}）`,
  ]);
  return html`<${Panel}
    title="请人核对的地方"
    answer=${all}
    note="这些是程序拿不准的地方，不一定是错。核对后若认同，就在这里处理，或由管理员运行“命令”里的一行；原文件不会被改动。"
  >
    <div class="filters"><${Choice} label="检查项" name="check" value=${check} options=${counts} /></div>
    <${Answer} of=${answer} lines=${6} empty=${check ? "这一项没有存疑之处。" : "没有存疑之处。"}>
      ${(/** @type {Api.FindingRow[]} */ rows) => html`<${DataTable} columns=${DOUBTS} rows=${rows} caption="存疑之处" />`}
    <//>
  <//>`;
}

/** @type {Column<Api.FindingRow>[]} */
const DOUBTS = [
  { id: "check", label: "检查项", width: "6.5rem", value: (row) => CHECK[row.check]?.[0] ?? row.check },
  {
    id: "what",
    label: "存疑之处",
    width: "26%",
    value: (row) => row.what,
    cell: (row) =>
      html`<div>${dated(row.what)}<span class="said why">${CHECK[row.check]?.[1]}</span><span class="said why">理由：${ended(dated(row.why))}</span></div>`,
  },
  {
    id: "quote",
    label: "原文",
    width: "14%",
    value: (row) => row.quote,
    cell: (row) => row.quote && html`<${Quote} document=${row.document_id} start=${row.start} end=${row.end}>${row.quote}<//>`,
  },
  {
    id: "document",
    label: "文件",
    width: "22%",
    value: (row) => row.document,
    cell: (row) => row.document_id && html`<${Document} id=${row.document_id} title=${row.document} />`,
  },
  {
    id: "do",
    label: "认同时怎么办",
    value: (row) => row.do,
    cell: (row) =>
      html`<div>${row.entry && html`<${OfFinding} entry=${row.entry} />`}${row.do.startsWith("kg ") ? html`<${Command} words=${row.do} />` : row.do}</div>`,
  },
];

/**
 * A command to copy, for who runs it.
 * @param {{ words: string }} props
 */
const Command = ({ words }) =>
  html`<details class="command">
    <summary>命令</summary>
    <code>${words}</code> <button class="text" onClick=${() => copy(words)} aria-label=${`复制命令 ${words}`}>复制</button>
  </details>`;

// 上传

/** @param {{ status: Status }} props */
function UploadTab({ status }) {
  const may = useMay("load");
  if (!status.body) return null;
  if (may) return html`<${Upload} />`;
  if (status.body.upload)
    return html`<${Panel} title="上传文件"><p class="empty">您的密钥不能载入文件，需要时请联系管理员。</p><//>`;
  return html`<${Panel} title="上传文件">
    <p class="empty">这个服务没有开放上传，需要时请联系管理员。管理员用 <code>kg key add</code> 建立密钥、设置 <code>KG_ALLOW_UPLOAD=1</code> 后重新启动 <code>kg serve</code> 即可开放；也可以在服务器上用 <code>kg load 文件</code> 载入。</p>
  <//>`;
}
