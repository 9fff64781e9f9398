// A decision before it is kept: its form, and below it what it would change.

import { deed, keep, preview } from "./decide.js";
import { Failure } from "./parts.js";
import { html, useEffect, useId, useLayoutEffect, useRef, useState } from "./vendor/preact.js";
import { BASIS, DEADLINE_KIND, day, EVERY, KIND, LABEL, ROLE } from "./words.js";

/** @import { Entry } from "./decide.js" */
/** @typedef {{ name: string, label: string, options?: Record<string, string>, type?: string, optional?: boolean }} Field */

const TO_FILL = new Set(["unit", "deadline", "principle", "citation", "task", "merge", "split", "place"]); // the others are whole as they are begun
const AS_READ = new Set(["单位认错", "时限读错", "原则读错", "引用读错", "任务读错"]); // begun with what was read
const { general: _, ...NEW_KIND } = KIND; // what a task that people make can be
const PAUSE = 250; // milliseconds after which what is typed is shown

/** The fields of each kind of entry that a reader fills in. @type {Record<string, Field[]>} */
const FIELDS = {
  add: [
    { name: "role", label: LABEL.role, options: ROLE },
    { name: "agency", label: "单位全称（与原文不同时填）", optional: true },
  ],
  role: [{ name: "role", label: LABEL.role, options: ROLE }],
  unit: [{ name: "agency", label: "改为哪个单位" }],
  deadline: [
    { name: "kind", label: "怎么算", options: { ...DEADLINE_KIND, none: "不是时限" } },
    { name: "start", label: "起始日", type: "date", optional: true },
    { name: "due", label: "截止日", type: "date", optional: true },
    { name: "every", label: "周期", options: { "": "无", ...EVERY }, optional: true },
    { name: "within", label: "时长（如 P5D）", optional: true },
  ],
  principle: [
    { name: "kind", label: "是不是", options: { principle: "是原则", none: "不是原则" } },
    { name: "words", label: "原则的文字", optional: true },
  ],
  citation: [
    { name: "kind", label: "是不是", options: { citation: "是引用", none: "不是引用" } },
    { name: "title", label: "引用文件的标题", optional: true },
    { name: "doc_number", label: "文号", optional: true },
  ],
  task: [
    { name: "kind", label: LABEL.task_kind, options: { "": "不变", ...NEW_KIND }, optional: true },
    { name: "first", label: "从哪几个字开始", optional: true },
    { name: "last", label: "到哪几个字为止", optional: true },
    { name: "title", label: "标题", optional: true },
  ],
  "new-task": [
    { name: "kind", label: LABEL.task_kind, options: NEW_KIND },
    { name: "last", label: "到哪几个字为止", optional: true },
    { name: "title", label: "标题（不填就取开头的话）", optional: true },
    { name: "number", label: "序号（不填就取原文的）", optional: true },
  ],
  merge: [
    { name: "surface", label: "这个名称" },
    { name: "into", label: "其实是哪个单位" },
  ],
  split: [
    { name: "surface", label: "这个名称" },
    { name: "into", label: "自成一个单位，全称" },
    { name: "function", label: "条线", optional: true },
  ],
  place: [{ name: "place", label: "地区代码" }],
};

/**
 * Asks for what is left to say, shows what changes, and keeps it: `save`. `revision`: of the document as the reader sees it.
 * @param {{
 *   entry: Entry, revision?: string, save?: (entry: Entry) => Promise<unknown>, done: (said: string, kept: Entry) => void, close: () => void,
 * }} props
 */
export function Deciding({ entry: begun, revision, save = keep, done, close }) {
  const id = useId();
  const [entry, setEntry] = useState(begun);
  const [shown, setShown] = useState(/** @type {Api.ChangedAnswer | null} */ (null));
  const [problem, setProblem] = useState(/** @type {Trouble | null} */ (null));
  const [busy, setBusy] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const said = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== ""));
  const fields = begun.kind === "none" ? [] : (FIELDS[entry.change] ?? []); // what is struck asks for nothing but why
  const whole = fields.every((field) => field.optional || entry[field.name]);
  useLayoutEffect(() => {
    const first = form.current?.querySelector(
      TO_FILL.has(begun.change) && begun.kind !== "none" ? ".field input, .field select" : "button",
    );
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  }, []);
  // What was opened to be changed, and is not yet: there is nothing to look at.
  const isSame = entry === begun && AS_READ.has(String(entry.reason));
  useEffect(() => {
    if (!whole || isSame || busy) return undefined; // what is being kept is not asked about
    let wanted = true;
    const waited = setTimeout(() => {
      preview(/** @type {Entry} */ (said)).then(
        (found) => {
          if (!wanted) return;
          setShown(found);
          setProblem((trouble) => (trouble?.kind === "conflict" ? trouble : null));
        },
        (trouble) => {
          if (!wanted) return;
          setShown(null);
          setProblem(trouble);
        },
      );
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(waited);
    };
  }, [JSON.stringify(said), isSame, revision, busy]);
  const sent = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    setBusy(true);
    await save(/** @type {Entry} */ (said)).then(() => done(deed(entry), entry), setProblem);
    setBusy(false);
  };
  const typed = (/** @type {FieldEvent} */ event) => setEntry({ ...entry, [event.target.name]: event.target.value });
  /** @type {(field: Field) => unknown} */
  const control = ({ name, label, options, type, optional }) =>
    html`<div class="field">
      <label for=${`${id}-${name}`}>${label}</label>
      ${
        options
          ? html`<select id=${`${id}-${name}`} name=${name} value=${entry[name] ?? ""} onChange=${typed}>
            ${Object.entries(options).map(([value, word]) => html`<option value=${value} selected=${value === (entry[name] ?? "")}>${word}</option>`)}
          </select>`
          : html`<input id=${`${id}-${name}`} name=${name} type=${type ?? "text"} value=${entry[name] ?? ""} required=${!optional} maxlength="2000" onInput=${typed} />`
      }
    </div>`;
  return html`<form class="deciding card" ref=${form} onSubmit=${sent} aria-label=${deed(entry)}>
    <h3>${deed(entry)}</h3>
    ${[...fields, { name: "reason", label: "理由" }].map(control)}
    ${whole && !shown && !problem && html`<p class="note">${isSame ? "还没有改动。" : "正在看会改动什么……"}</p>`} ${shown && html`<${Changes} of=${shown} added=${entry.change === "add"} />`} ${problem && html`<${Failure} problem=${problem} />`}
    <p><button class="primary" disabled=${busy || !whole}>保存</button> <button type="button" onClick=${close}>取消</button></p>
  </form>`;
}

/** What a decision changes; what a person adds rests on no clause. @param {{ of: Api.ChangedAnswer, added?: boolean }} props */
export const Changes = ({ of: { changes, workloads }, added = false }) => html`<div class="changes" role="status">
  <ul class="plain">
    ${changes.length === 0 && html`<li>事实不变。</li>`}
    ${changes.map((change) => html`<li class=${change.sign === "-" ? "gone" : "came"}>${worded([change.sign, change.kind, change.task_id?.split(":").at(-1) ?? "", change.name, change.value], added)}</li>`)}
  </ul>
  ${
    workloads.length > 0 &&
    html`<p class="note">任务数：${workloads.map(({ agency, leads, participates }) => `${agency}${counted(ROLE.LEADS, leads)}${counted(ROLE.PARTICIPATES, participates)}`).join("；")}</p>`
  }
</div>`;

/** @type {(role: string, counts: number[]) => string} */
const counted = (role, [before, after]) => (before === after ? "" : ` ${role} ${before}→${after}`);

const SIGN = { "-": "去掉", "+": "新增" };

/**
 * A changed fact: [- or +, kind, number of its task, name, value], as kg.decide.told writes them.
 * @param {string[]} fact
 * @param {boolean} [added] by a person
 */
export function worded([sign, kind, task, name, value = ""], added = false) {
  const where = task && !kind.startsWith("task") ? `（任务 ${task}）` : ""; // a task is named itself
  const [first, ...rest] = value.split(" ");
  const said = {
    unit: () => `${ROLE[first]} ${name}（${added ? "人工补充" : BASIS[rest[0]]}）`,
    deadline: () =>
      `时限 ${name}：${rest.map((part) => EVERY[part] ?? (day(part) || part)).join("至") || DEADLINE_KIND[first]}`,
    task: () => `任务 ${name}${value.includes(":") ? `（原文 ${value.replace(":", "–")} 字）` : ""}`,
    task_kind: () => `任务 ${name} 的类型：${KIND[value]}`,
    issuer: () => `发文机关 ${name}`,
    principle: () => `原则 ${name}`,
    citation: () => `引用 ${name}${value && ` ${value}`}`,
  };
  const told = said[/** @type {keyof typeof said} */ (kind)];
  return `${SIGN[/** @type {"-" | "+"} */ (sign)]}：${told ? told() : name}${where}`;
}
