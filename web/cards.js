// What a mark in the text says: a card each.

import { Agency, Basis, Document, Role } from "./parts.js";
import { Copying, placeOf } from "./quoting.js";
import { changed, to } from "./route.js";
import { html } from "./vendor/preact.js";
import { COLUMN, decided, due, KIND, number, REASON, RESIDUE_KIND, RULE_MEANING, SAID } from "./words.js";

/** @typedef {Api.TextAnswer} Body */
/** @typedef {Api.TextFact} Told */
/** @typedef {{ fact: Told, body: Body }} FactProps */

/**
 * What is marked: kind of a fact -> its name, in the order of the legend.
 * @type {Record<string, string>}
 */
export const MARKS = {
  lead: "牵头",
  participation: "配合",
  deadline: "时限",
  principle: "原则",
  citation: "引用",
  unexplained: "原因不明",
  residue: "未列入",
};

/**
 * As what a fact is marked: of what gave none, apart where nothing explains it.
 * @param {Told} fact
 */
export const markOf = (fact) => (fact.kind === "residue" && !fact.reason ? "unexplained" : fact.kind);

/** @param {FactProps & { children?: unknown }} props */
export function Fact({ fact, body, children }) {
  const rows = {
    lead: Assignment,
    participation: Assignment,
    deadline: Deadline,
    citation: Citation,
    principle: () => html`<p>基本原则：${fact.name}</p>`,
    residue: Residue,
    task: TaskFacts,
  };
  const Kind = rows[fact.kind];
  return html`<section class=${`card ${markOf(fact)}`}>
    <${Kind} fact=${fact} body=${body} />
    ${fact.corrected && html`<p class="note">${fact.kind === "residue" ? "" : "经人工更正："}${decided(fact.corrected)}</p>`}
    ${fact.confirmed && html`<p class="note">经人工确认：${decided(fact.confirmed)}</p>`}
    ${children} ${fact.quote && html`<${Copying} body=${body} passage=${fact} />`} ${fact.quote && fact.kind !== "task" && html`<p class="note">原文 ${number(fact.start)}–${number(fact.end)} 字${place(fact, body)}</p>`}
  </section>`;
}

/**
 * Where in the file it stands: its page, and whether text recognition read it, or its row in a sheet.
 * @param {Told} fact
 * @param {Body} body
 */
function place(fact, body) {
  const recognised = body.paragraphs.some((p) => p.recognised && p.start < fact.end && p.end > fact.start) ? "，识别文字" : "";
  if (fact.page || recognised) return `${fact.page ? `，第 ${fact.page} 页` : ""}${recognised}`;
  const above = body.paragraphs.filter((paragraph) => paragraph.start <= fact.start);
  const sheet = above.findLast((paragraph) => paragraph.sheet)?.sheet;
  return sheet ? `，表「${sheet}」第 ${above.findLast((paragraph) => paragraph.row)?.row} 行` : "";
}

/** @param {{ fact: Told }} props */
const OfTask = ({ fact }) =>
  fact.task_id &&
  html`<p>任务：<a href=${changed({ task: fact.task_id, at: null, words: null })}>${fact.task_number && `${fact.task_number} `}${fact.task ?? "（无标题）"}</a></p>`;

/** @param {FactProps} props */
const Assignment = ({ fact }) => html`
  <p><${Role} role=${fact.role} /> ${fact.modality === "must not" && html`<strong>${SAID.modality["must not"]}</strong> `}<${Agency} id=${fact.id} name=${fact.name} /></p>
  <p>依据：${fact.corrected && !fact.rule ? "人工补充" : html`<${Basis} basis=${fact.basis} />`}<${ByRule} fact=${fact} />${(fact.mentions ?? 0) > 1 ? `，共提到 ${fact.mentions} 次` : ""}</p>
  ${fact.clause && html`<blockquote>${fact.clause}</blockquote>`}
  <${OfTask} fact=${fact} />
`;

/**
 * The rule that read it, by its name; what it reads stands behind that.
 * @param {{ fact: Told }} props
 */
const ByRule = ({ fact: { rule } }) =>
  rule && SAID.rule[rule] && html`，<span title=${RULE_MEANING[rule]}>${COLUMN.rule}：${SAID.rule[rule]}</span>`;

/** @param {FactProps} props */
const Deadline = ({ fact }) => html`
  <p><strong>时限：${due(fact)}</strong></p>
  <blockquote>${fact.quote}</blockquote>
  ${fact.task_id ? html`<${OfTask} fact=${fact} />` : html`<p>对整份文件的要求。</p>`}
`;

/** @param {Told} fact */
export const said = (fact) => (fact.kind === "deadline" ? due(fact) : fact.kind === "residue" ? whyNot(fact) : fact.name);

/** @param {Told} fact */
const whyNot = (fact) => (fact.reason ? REASON[fact.reason] : "看不出原因");

/** @param {FactProps} props */
const Residue = ({ fact }) => html`
  <p>${RESIDUE_KIND[fact.id]}：<strong>${fact.quote}</strong></p>
  <p>没有列入责任、时限等条目：${whyNot(fact)}。</p>
`;

/** @param {FactProps} props */
const Citation = ({ fact }) => html`
  <p>引用文件：${fact.loaded ? html`<${Document} id=${fact.id} title=${fact.name} />` : html`<strong>${fact.name}</strong>（尚未载入）`}</p>
  ${!fact.loaded && html`<p><a href=${to("ask", "citing-documents", { cited: fact.id })}>还有谁引用它</a></p>`}
`;

/** @param {FactProps} props */
function TaskFacts({ fact, body }) {
  const of = (/** @type {Told["kind"]} */ kind) => body.facts.filter((f) => f.kind === kind && f.task_id === fact.id);
  /** @type {(label: string, facts: Told[], said: (fact: Told) => unknown) => unknown} */
  const list = (label, facts, said) =>
    html`<dt>${label}</dt>
      <dd>
        ${
          facts.length === 0
            ? html`<span class="none">未写明</span>`
            : html`<ul class="plain">
              ${facts.map((f) => html`<li>${said(f)}</li>`)}
            </ul>`
        }
      </dd>`;
  const unit = (/** @type {Told} */ f) =>
    html`<${Agency} id=${f.id} name=${f.name} />${" "}<a class="quote" href=${changed(placeOf(f))}>${f.quote}</a>`;
  return html`
    <p><span class="kind">${KIND[fact.task_kind ?? ""]}</span> <strong>${fact.task_number} ${fact.name}</strong></p>
    <dl class="facts">
      ${list("牵头", of("lead"), unit)} ${list("配合", of("participation"), unit)}
      ${list("时限", of("deadline"), (f) => html`<a class="quote" href=${changed(placeOf(f))}>${due(f)}</a>`)}
    </dl>
    <p>
      <a href=${to("ask", "similar-tasks", { task: fact.id })}>别处类似的任务</a>${" · "}
      <a href=${to("ask", "cascade", { task: fact.id })}>上下级的同样工作</a>
    </p>
  `;
}
