// What is selected in a drawing, and how the documents put it.

import { useAnswer } from "./api.js";
import { TimeLimits } from "./obligations.js";
import { Agency, Answer, Basis, Document, Panel, Quote, Role, Source } from "./parts.js";
import { to } from "./route.js";
import { html } from "./vendor/preact.js";
import { decided, MEANING, number, ROLE } from "./words.js";

/** @type {Record<string, string>} */
export const NODE = { agency: "机构", collective: "统称", task: "任务", document: "文件" };
export const ORIGIN = "任务出自这份文件";

/** @typedef {(id: string) => void} Chooser */

/**
 * What the node or the edge `id` is, in a panel whose content stands in `place`.
 * @param {{
 *   place: { current: HTMLElement | null }, drawn: Drawn, id: string, open: string[], onOpen: Chooser, onSelect: Chooser,
 *   chosen: Record<string, string>, url: string,
 * }} props
 */
export function Side({ place, drawn, id, open, onOpen, onSelect, chosen, url }) {
  const node = drawn.nodes.find((one) => one.id === id);
  const edge = drawn.edges.find((one) => one.id === id);
  const task = node?.kind === "task" ? node.of : edge?.fact?.task_id;
  const touching = drawn.edges.filter((one) => one.source === id || one.target === id);
  /** @type {[kind: string, body: unknown]} */
  const [kind, body] =
    !node && !edge
      ? [
          "说明",
          html`<p class="note">点图中的机构、任务或连线，这里显示文件怎么说。双击一个机构、任务或文件，画出与它相连的内容。</p>`,
        ]
      : task
        ? [
            node ? "任务" : ROLE[edge?.kind ?? ""],
            html`<${TaskSide} key=${id} task=${task} fact=${edge?.fact} chosen=${chosen} />`,
          ]
        : edge?.pair
          ? ["共同承担的任务", html`<${PairSide} pair=${edge.pair} url=${url} />`]
          : edge
            ? ["出处", html`<p>${ORIGIN}。</p>`]
            : [NODE[node?.kind ?? ""], html`<${NodeSide} node=${node} touching=${touching} onSelect=${onSelect} />`];
  const actions =
    node &&
    html`<span class="buttons">
      <button aria-pressed=${open.includes(id)} onClick=${() => onOpen(id)}>${open.includes(id) ? "收起" : "展开"}</button>
      ${node.kind !== "task" && html`<a class="button" href=${to("graph", "", { [node.kind === "document" ? "document" : "agency"]: node.of })}>以它为中心</a>`}
    </span>`;
  return html`<${Panel} title=${kind} actions=${actions}>
    <div aria-live="polite" ref=${place}>${body}</div>
  <//>`;
}

/**
 * A task with the units that the filters leave, or one fact of it, in the document's words.
 * @param {{ task: string, fact?: Fact, chosen: Record<string, string> }} props
 */
function TaskSide({ task, fact, chosen }) {
  const answer = useAnswer("/tasks/{task}", { task });
  const [found] = answer.rows;
  const whole = useAnswer(found && !fact && found.deadlines.length === 0 ? "/documents" : null, {
    document: found?.document_id,
  });
  return html`<${Answer} of=${answer} lines=${5}>
    ${(/** @type {Api.TaskRow[]} */ [row]) => {
      const units = row.units.filter((unit) =>
        fact
          ? unit.agency_id === fact.agency_id && unit.role === fact.role && unit.basis === fact.basis
          : (!chosen.role || unit.role === chosen.role) && (!chosen.basis || unit.basis === chosen.basis),
      );
      const hidden = fact ? 0 : row.units.length - units.length;
      return html`
        <p class="title"><${Quote} document=${row.document_id} start=${row.start} end=${row.end}>${row.task_number} ${row.task ?? "（无标题）"}<//> <${Source} url=${answer.url} /></p>
        <p class="note"><${Document} id=${row.document_id} title=${row.document} /></p>
        ${!fact && html`<div class="said">时限： <${Source} url=${whole.url} /></div>`}
        ${!fact && row.deadlines.length > 0 && html`<${TimeLimits} row=${row} />`}
        ${whole.url && html`<${Answer} of=${whole} lines=${1}>${(/** @type {Api.DocumentsRow[]} */ [{ deadlines }]) => html`<${TimeLimits} row=${{ ...row, document_deadlines: deadlines }} />`}<//>`}
        ${row.units.length === 0 && html`<p class="none">没有写明责任单位。</p>`}
        ${hidden > 0 && html`<p class="note">只列出符合上面责任、依据类型条件的单位，另有 ${number(hidden)} 处未列出。</p>`}
        <ul class="plain evidence">
          ${
            fact
              ? units.map(
                  (unit) =>
                    html`<li><${Unit} unit=${unit} document=${row.document_id} /><${Words} unit=${unit} document=${row.document_id} /></li>`,
                )
              : [...Map.groupBy(units, (unit) => unit.clause)].map(
                  ([clause, named]) => html`<li>
                  ${named.map((unit) => html`<${Unit} unit=${unit} document=${row.document_id} />`)}
                  ${clause ? html`<p class="snippet">${clause}</p>` : named.map((unit) => html`<${Words} unit=${unit} document=${row.document_id} />`)}
                </li>`,
                )
          }
        </ul>
      `;
    }}
  <//>`;
}

/** @param {{ unit: Api.TaskUnits, document: string }} props */
const Unit = ({ unit, document }) => html`
  <p>
    <${Role} role=${unit.role} /> <${Agency} id=${unit.agency_id} name=${unit.agency} />${" "}
    <span class="together"><${Basis} basis=${unit.basis} /> <${Quote} document=${document} start=${unit.start} end=${unit.end}>原文<//></span>
  </p>
  ${unit.corrected && html`<p class="note">人工更正：${decided(unit.corrected)}</p>`}
`;

/**
 * The words that name a unit, with the text around them.
 * @param {{ unit: Api.TaskUnits, document: string }} props
 */
const Words = ({ unit, document }) => html`
  <p class="snippet">……${unit.before}<${Quote} document=${document} start=${unit.start} end=${unit.end}><mark>${unit.quote}</mark><//>${unit.after}……</p>
`;

/** @param {{ pair: Api.ResponsibilityEdgesRow, url: string }} props */
function PairSide({ pair, url }) {
  /** @type {[said: string, tasks: number][]} */
  const parts = [
    ["共同牵头", pair.both_lead],
    [`${pair.one}牵头、${pair.other}配合`, pair.one_leads],
    [`${pair.other}牵头、${pair.one}配合`, pair.other_leads],
    ["都是配合", pair.both_participate],
  ];
  return html`
    <p class="title"><${Agency} id=${pair.one_id} name=${pair.one} />与<${Agency} id=${pair.other_id} name=${pair.other} /></p>
    <p>共同承担 ${number(pair.tasks)} 项任务，见于 ${number(pair.documents)} 份文件。 <${Source} url=${url} /></p>
    <ul class="plain lines">
      ${parts.map(([said, tasks]) => tasks > 0 && html`<li><span>${said}</span> <span class="said">${number(tasks)} 项</span></li>`)}
    </ul>
  `;
}

/** @param {{ node: GraphNode, touching: GraphEdge[], onSelect: Chooser }} props */
function NodeSide({ node, touching, onSelect }) {
  const roles = touching.flatMap(({ id, fact }) => (fact ? [{ id, fact }] : []));
  const pairs = touching.flatMap(({ id, pair }) => (pair ? [{ id, pair }] : []));
  return html`
    <p class="title">${node.kind === "document" ? html`<${Document} id=${node.of} title=${node.name} />` : html`<${Agency} id=${node.of} name=${node.name} />`}</p>
    ${node.kind === "collective" && html`<p class="note">${MEANING.collective}</p>`}
    ${node.kind !== "document" && touching.length === 0 && html`<p class="none">没有符合筛选条件的任务。</p>`}
    ${node.kind === "document" && html`<p>图中有它的 ${number(touching.length)} 项任务。</p>`}
    <ul class="plain facts">
      ${roles.map(
        ({ id, fact }) =>
          html`<li><${Role} role=${fact.role} /> <button class="text" onClick=${() => onSelect(id)}>${fact.task_number} ${fact.task ?? "（无标题）"}</button></li>`,
      )}
      ${pairs.map(({ id, pair }) => {
        const other = pair.one_id === node.of ? pair.other : pair.one;
        return html`<li><button class="text" onClick=${() => onSelect(id)}>与${other}共同承担 ${number(pair.tasks)} 项</button></li>`;
      })}
    </ul>
  `;
}
