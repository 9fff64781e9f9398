// Uploading: a file is read first, what was found in it is shown, and only then it is loaded. Of several none is shown before.

import { address, forget, send } from "./api.js";
import { DataTable } from "./datatable.js";
import { Failure, Figure, Loading, Panel, Titled } from "./parts.js";
import { named, OUTCOME, Queue } from "./queue.js";
import { html, useRef, useState } from "./vendor/preact.js";
import { day, due, KIND, number } from "./words.js";

const TAKEN =
  ".txt,.md,.markdown,.html,.htm,.shtml,.xhtml,.mht,.mhtml,.docx,.doc,.wps,.pdf,.ofd,.xlsx,.xlsm,.xls,.et,.csv,.tsv,.zip,.eml," +
  ".png,.jpg,.jpeg,.tif,.tiff,.bmp";

/** Names of files that hold files: each of those is read when they are loaded, none is shown before. */
const HOLDS_FILES = /\.(?:zip|eml)$/i;

/** @typedef {{ documents: Extracted[] }} Extraction as POST /extract answers */

/**
 * How far it has come with a file.
 * @typedef {{
 *   at: "none" | "reading" | "read" | "loading" | "loaded" | "failed",
 *   found?: Extraction, result?: Api.LoadAnswer, problem?: Trouble,
 * }} Turn
 */

export function Upload() {
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const [turn, setTurn] = useState(/** @type {Turn} */ ({ at: "none" }));
  const [many, setMany] = useState(/** @type {File[]} */ ([]));
  const latest = useRef(/** @type {File | null} */ (null));
  const take = (/** @type {File[]} */ chosen) => {
    const queued = chosen.length > 1 || many.length > 0; // one more joins the queue that is there
    if (queued) setMany([...many, ...chosen]);
    if (queued) latest.current = null;
    setTurn({ at: "none" });
    if (!queued) read(chosen[0]);
  };
  /** @type {(path: string, given: Given, chosen: File, next: (answer: any) => Turn) => Promise<void>} */
  const post = async (path, given, chosen, next) => {
    latest.current = chosen;
    /** @type {Turn} */
    const answer = await send(address(path, { name: chosen.name, ...given }), { method: "POST", body: chosen }).then(
      (response) => response.json().then(next),
      (problem) => {
        forget(); // the account of loads names it
        return { at: "failed", problem };
      },
    );
    if (latest.current === chosen) setTurn(answer);
  };
  const read = (/** @type {File | null} */ chosen) => {
    if (!chosen) return;
    setFile(chosen);
    if (HOLDS_FILES.test(chosen.name)) {
      latest.current = chosen;
      setTurn({ at: "read" });
      return;
    }
    setTurn({ at: "reading" });
    post("/extract", { note: "true" }, chosen, (found) => ({ at: "read", found }));
  };
  const load = (/** @type {"true" | null} */ replace) => {
    if (!file) return;
    setTurn({ ...turn, at: "loading" });
    post("/documents", { replace }, file, (result) => {
      if (result.outcome !== "same") forget();
      return { ...turn, at: "loaded", result };
    });
  };
  return html`
    <${Panel} title="上传文件" note="先读给你看，再由你决定是否载入；一次选多个文件时不预览。支持文本、网页、Word、Excel、WPS、PDF、OFD、csv、Markdown 和图片，也可以是装着它们的 zip 压缩包和 eml 邮件，每个不超过 2 MB。">
      <${Drop} take=${take} busy=${turn.at === "loading"} />
      ${(turn.at === "reading" || turn.at === "loading") && html`<p role="status">${turn.at === "reading" ? "正在读" : "正在载入"}“${file?.name}”……</p>`}
      ${turn.at === "reading" && html`<${Loading} lines=${4} />`}
      ${turn.at === "failed" && html`<p>“${file?.name}”没有处理成功。</p><${Failure} problem=${turn.problem} again=${() => read(file)} />`}
      ${turn.at === "loaded" && html`<${Loaded} result=${turn.result} replace=${() => load("true")} />`}
    <//>
    ${(turn.at === "read" || turn.at === "loading") && html`<${Found} found=${turn.found} file=${file} busy=${turn.at === "loading"} load=${() => load(null)} />`}
    ${many.length > 0 && html`<${Queue} files=${many} clear=${() => setMany([])} />`}
  `;
}

/**
 * Where files are dropped, or chosen.
 * @param {{ take: (files: File[]) => void, busy: boolean }} props
 */
function Drop({ take, busy }) {
  const [over, setOver] = useState(false);
  const dragged = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setOver(event.type === "dragover");
  };
  const dropped = (/** @type {DragEvent} */ event) => {
    dragged(event);
    if (!busy) take([...(event.dataTransfer?.files ?? [])]);
  };
  const chosen = (/** @type {FieldEvent} */ event) => {
    take([...(event.target.files ?? [])]);
    event.target.value = ""; // the same file may be chosen again
  };
  return html`<label class=${over ? "drop over" : "drop"} onDragOver=${dragged} onDragLeave=${dragged} onDrop=${dropped}>
    <span>把文件拖到这里，或</span>
    <span class="button">选择文件</span>
    <input class="unseen" type="file" multiple disabled=${busy} aria-label="选择要上传的文件" accept=${TAKEN} onChange=${chosen} />
  </label>`;
}

/** @param {{ result: Api.LoadAnswer, replace: () => void }} props */
function Loaded({ result, replace }) {
  const links = result.documents.map((id) => html`<li><${Titled} id=${id} /></li>`);
  return html`<div class="loaded" role="status">
    ${
      result.outcome === "same"
        ? html`<p><strong>知识库里已有来自另一个文件的同一份文件</strong>，没有改动。<button onClick=${replace}>用这一份替换</button></p>`
        : html`<p><strong>${OUTCOME[result.outcome]}</strong>${result.outcome !== "unchanged" && `写入任务 ${number(result.tasks)} 项、责任关系 ${number(result.assignments)} 条。`}</p>`
    }
    <ul class="plain">${links}</ul>
    ${result.members.length > 0 && html`<ul class="plain">${result.members.map((member) => html`<li>${named(member)}</li>`)}</ul>`}
    ${result.problems.length > 0 && html`<p>有更正没有对上：${result.problems.join("；")}</p>`}
  </div>`;
}

/**
 * What was read, before anything is stored; nothing of a file that holds files.
 * @param {{ found?: Extraction, file: File, busy: boolean, load: () => void }} props
 */
function Found({ found, file, busy, load }) {
  const act = html`<button class="primary" disabled=${busy} onClick=${load}>载入知识库</button>`;
  if (!found) {
    return html`<${Panel} title=${`“${file.name}”`} actions=${act}><p class="note">里面的每个文件在载入时分别读取，载入后列出各自的结果。</p><//>`;
  }
  return html`<${Panel} title=${`“${file.name}”里读到的`} actions=${act}>
    <p class="note">以下只是预览，还没有载入。与原话写法不同的，引号里是原话。</p>
    ${found.documents.map((document) => html`<${Read} key=${document.id} document=${document} />`)}
  <//>`;
}

/** @typedef {Extracted["tasks"][number] & { leads: Mention[], participates: Mention[], deadlines: TimeLimit[] }} TaskRow */

/** @param {{ document: Extracted }} props */
function Read({ document }) {
  const rows = document.tasks.map((task) => {
    const of = (/** @type {string} */ role) =>
      firsts(document.assignments.filter((a) => a.task === task.id && a.role === role));
    return {
      ...task,
      leads: of("LEADS"),
      participates: of("PARTICIPATES"),
      deadlines: document.deadlines.filter((d) => d.task === task.id).map(limit),
    };
  });
  const whole = document.deadlines.filter((d) => d.task === null).map(limit);
  const about = [
    document.doc_number,
    document.place && `区划代码 ${document.place}`,
    document.issuers.join("、"),
    document.issued_on && `${day(document.issued_on)}成文`,
  ];
  return html`<section class="extracted">
    <h3>${document.title ?? "（没有找到标题）"}</h3>
    <p class="note">${about.filter(Boolean).join(" · ")}</p>
    <dl class="figures">
      <${Figure} label="任务" value=${number(rows.length)} />
      <${Figure} label="牵头" value=${number(rows.reduce((sum, row) => sum + row.leads.length, 0))} mark="leads" />
      <${Figure} label="配合" value=${number(rows.reduce((sum, row) => sum + row.participates.length, 0))} mark="participates" />
      <${Figure} label="时限" value=${number(document.deadlines.length)} />
      <${Figure} label="基本原则" value=${number(document.principles.length)} />
      <${Figure} label="引用" value=${number(document.citations.length)} />
    </dl>
    ${whole.length > 0 && html`<p>全文的时限：${[...new Set(whole.map((d) => `${due(d)}“${d.quote}”`))].join("、")}</p>`}
    <${DataTable} columns=${TASKS} rows=${rows} caption=${`${document.title ?? ""}的任务`} rowKey=${(/** @type {TaskRow} */ row) => row.id} />
  </section>`;
}

/**
 * Of each unit and basis the first mention: what is stored as one.
 * @param {Mention[]} assignments
 */
const firsts = (assignments) =>
  [...new Map(assignments.toReversed().map((a) => [`${a.agency} ${a.basis}`, a])).values()].toReversed();

/**
 * A time limit of an extraction, named as the queries name it.
 * @param {Extracted["deadlines"][number]} d
 * @returns {TimeLimit}
 */
const limit = (d) => ({ quote: d.surface, due_on: d.due, start_on: d.start, every: d.every, within: d.within });

/** @type {(role: "leads" | "participates") => Pick<Column<TaskRow>, "value" | "cell">} */
const units = (role) => ({
  value: (row) => row[role].map((a) => a.name).join("、"),
  cell: (row) =>
    row[role].length > 0 &&
    html`<ul class="plain">${row[role].map((a) => html`<li>${a.name} ${a.surface !== a.name && html`<q class="said">${a.surface}</q>`}</li>`)}</ul>`,
});

/** @type {Column<TaskRow>[]} */
const TASKS = [
  {
    id: "title",
    label: "任务",
    width: "30%",
    value: (row) => row.title,
    cell: (row) => html`<div><span class="number">${row.number}</span> ${row.title ?? "（无标题）"}</div>`,
  },
  { id: "kind", label: "类型", width: "6em", value: (row) => KIND[row.kind] },
  { id: "leads", label: "牵头", width: "25%", ...units("leads") },
  { id: "participates", label: "配合", width: "25%", ...units("participates") },
  {
    id: "deadlines",
    label: "时限",
    value: (row) => row.deadlines.map(due).join("、"),
    cell: (row) =>
      row.deadlines.length > 0 &&
      html`<ul class="plain">${row.deadlines.map((d) => html`<li>${due(d)} <q class="said">${d.quote}</q></li>`)}</ul>`,
  },
];
