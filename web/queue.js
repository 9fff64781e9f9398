// Several files: a queue that can grow while it is worked off, one file after the other; what became of each is said beside it.

import { address, forget, send } from "./api.js";
import { Panel, Titled } from "./parts.js";
import { html, useRef, useState } from "./vendor/preact.js";
import { ended, explain, number, unnamed } from "./words.js";

/** @typedef {{ said: string, failed: boolean, documents: string[] }} Done */

/** @type {Record<string, string>} */
export const OUTCOME = {
  added: "已载入。",
  replaced: "已载入，并替换了原来的同一份文件。",
  unchanged: "知识库里已有这份文件，没有变化。",
  letter: "邮件正文里没有任务，附件已分别读取。",
  same: "知识库里已有来自另一个文件的同一份文件，没有改动。",
};

/** @param {{ files: File[], clear: () => void }} props */
export function Queue({ files, clear }) {
  const all = useRef(files);
  all.current = files; // more may be added while it runs
  const done = useRef(/** @type {Map<File, Done>} */ (new Map())).current;
  const going = useRef(false);
  const [now, setNow] = useState(/** @type {File | null} */ (null));
  const [, redraw] = useState(0);
  const run = async () => {
    going.current = true;
    const next = () => (going.current && all.current.find((file) => !done.has(file))) || null;
    for (let file = next(); file; file = next()) {
      setNow(file);
      done.set(file, await load(file));
    }
    going.current = false;
    setNow(null);
    forget();
  };
  const stop = () => {
    going.current = false;
    redraw((n) => n + 1);
  };
  const again = () => {
    for (const [file, { failed }] of done) if (failed) done.delete(file);
    run();
  };
  const left = files.length - done.size;
  const failed = [...done.values()].filter((one) => one.failed).length;
  const act = html`<span class="buttons">
    ${now && html`<button disabled=${!going.current} onClick=${stop}>停下</button>`}
    ${!now && failed > 0 && html`<button onClick=${again}>再试没有载入的 ${number(failed)} 个</button>`}
    ${!now && left === 0 && html`<button onClick=${clear}>清空</button>`}
    ${(now || left > 0) && html`<button class="primary" disabled=${now !== null} onClick=${run}>${done.size > 0 && !now ? "继续载入" : "全部载入知识库"}</button>`}
  </span>`;
  return html`<${Panel} title=${`${files.length} 个文件`} actions=${act}>
    <p class="note">不逐个预览，依次载入；载入时还可以再添。各自的结果列在下面，也记在“载入记录”里。</p>
    <progress max=${files.length} value=${done.size} aria-label="载入进度"></progress>
    <p role="status">${(done.size > 0 || now) && `已处理 ${done.size} 个，共 ${files.length} 个。`}${now && `正在载入“${now.name}”……`}</p>
    <ol class="plain queue">
      ${files.map((file) => html`<${Line} file=${file} done=${done.get(file)} now=${file === now} />`)}
    </ol>
  <//>`;
}

/** @param {{ file: File, done?: Done, now: boolean }} props */
const Line = ({ file, done, now }) =>
  html`<li>
    <span class=${`kind ${done ? (done.failed ? "failed" : "done") : ""}`}>${done ? (done.failed ? "没有载入" : "完成") : now ? "正在载入" : "等待"}</span>
    ${file.name}${done && `：${done.said}`} ${done?.documents.map((id) => html` <${Titled} id=${id} />`)}
  </li>`;

/**
 * @param {File} file
 * @returns {Promise<Done>}
 */
const load = (file) =>
  send(address("/documents", { name: file.name }), { method: "POST", body: file }).then(
    (response) =>
      response.json().then((/** @type {Api.LoadAnswer} */ result) => ({
        said: became(result),
        failed: false,
        documents: result.documents,
      })),
    (problem) => ({ said: unnamed(file.name, explain(problem).map(ended).join("")), failed: true, documents: [] }),
  );

/**
 * What became of a file, in a word; of a package, of each file in it.
 * @type {(result: Api.LoadAnswer) => string}
 */
const became = (result) =>
  result.members.length > 0
    ? result.members.map(named).join(" ")
    : (OUTCOME[result.outcome] ?? unnamed(result.file, result.reason));

/** @param {Api.LoadAnswer["members"][number]} member */
export const named = (member) => `${member.file}：${OUTCOME[member.outcome] ?? unnamed(member.file, member.reason)}`;
