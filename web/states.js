// What stands where an answer is not there yet, or holds nothing, or not all.

import { useAnswer, useTotal } from "./api.js";
import { to } from "./route.js";
import { html } from "./vendor/preact.js";
import { explain, number } from "./words.js";

/**
 * Draws children(rows, answer) once the answer is there; what stands there before, instead, and where it is empty, is said.
 * `whole`: whether rows left out are to be spoken of.
 * @template {object} Body
 * @param {{
 *   of: Answered<Body>, empty?: Components, children: (rows: Rows<Body>, answer: Answered<Body>) => Components,
 *   lines?: number, whole?: boolean,
 * }} props
 */
export function Answer({ of: answer, empty = "没有符合条件的结果。", children, lines = 3, whole = true }) {
  if (answer.state === "failed") return html`<${Failure} problem=${answer.problem} again=${answer.again} />`;
  if (!answer.body) return html`<${Loading} lines=${lines} />`;
  const nothing = answer.rows.length === 0 && "rows" in answer.body;
  return html`<div aria-busy=${answer.state === "loading"} class=${answer.state === "loading" ? "stale" : ""}>
    ${nothing ? html`<${Nothing}>${empty}<//>` : children(answer.rows, answer)}
    ${whole && answer.truncated && html`<${Rest} answer=${answer} />`}
  </div>`;
}

/** @param {{ answer: Answered<object> }} props */
function Rest({ answer }) {
  const total = useTotal(answer);
  const all = total === null ? "其余被省略" : `共 ${number(total)} 行`;
  return html`<p class="note" role="status">只显示前 ${number(answer.rows.length)} 行，${all}：请缩小范围，或下载全部。</p>`;
}

/** @param {{ lines?: number }} props */
export const Loading = ({ lines = 3 }) =>
  html`<div class="loading" role="status">
    <span class="unseen">正在读取……</span>
    ${Array.from({ length: lines }, () => html`<span class="bone"></span>`)}
  </div>`;

/**
 * How much of what is shown comes from documents that people have checked.
 * @param {{ rows: { review: string }[] }} props
 */
export const Checked = ({ rows }) =>
  html`<p class="note">共 ${number(rows.length)} 行，其中 ${number(rows.filter((row) => row.review === "checked").length)} 行出自已核的文件。</p>`;

/**
 * How many of the documents that an answer rests on people have checked.
 * @param {{ of: { body?: object | null } }} props
 */
export const Reviewed = ({ of: { body } }) => {
  const { reviewed } = /** @type {{ reviewed?: Api.ReviewedShare | null }} */ (body ?? {});
  return (
    reviewed && html`<p class="note">出自 ${number(reviewed.documents)} 份文件，其中 ${number(reviewed.checked)} 份已核。</p>`
  );
};

/** @param {{ children: Components }} props */
export const Empty = ({ children }) => html`<p class="empty">${children}</p>`;

/**
 * Why an answer has no rows: because nothing is loaded, or `children`.
 * @param {{ children: Components }} props
 */
function Nothing({ children }) {
  const held = useAnswer("/status").body;
  return held?.documents === 0 ? html`<${EmptyBase} upload=${held.upload} />` : html`<${Empty}>${children}<//>`;
}

/**
 * What to do with a base that holds nothing.
 * @param {{ upload: boolean }} props
 */
export const EmptyBase = ({ upload }) =>
  html`<div class="empty">
    <p><strong>知识库还是空的。</strong></p>
    ${
      upload
        ? html`<p>先上传通知、方案、要点或台账，可以一次选多个；读完就能看谁牵头、谁配合、什么时候完成。</p>
          <p><a class="button primary" href=${to("data", "", { tab: "upload" })}>上传文件</a></p>`
        : html`<p>请管理员在服务器上运行 <code>kg load 文件或文件夹</code>；要在页面上传，设置 <code>KG_ALLOW_UPLOAD=1</code> 和 <code>KG_API_KEY</code> 后重新启动 <code>kg serve</code>。</p>`
    }
  </div>`;

/** @param {{ problem: Trouble, again?: () => void }} props */
export function Failure({ problem, again }) {
  const [what, todo] = explain(problem);
  const { candidates = [] } = problem;
  return html`<div class="failure" role="alert">
    <p><strong>${what}</strong> ${todo}</p>
    ${candidates.length > 0 && html`<p>是不是要找：${candidates.slice(0, 8).map((name, index) => html`${index > 0 && "、"}<a href=${to("", "", { q: name })}>${name}</a>`)}</p>`}
    ${problem.message && !what.startsWith(problem.message) && html`<details><summary>详细信息</summary><p lang="en">${problem.message} ${problem.hint}</p></details>`}
    ${again && html`<button onClick=${again}>重试</button>`}
  </div>`;
}
