// The clerk's desk above a document: how far it is checked, by whom, what was decided, and the keys that do it.

import { actor, keepActor } from "./actor.js";
import { useAnswer } from "./api.js";
import {
  about,
  citing,
  confirming,
  deed,
  isOpen,
  keep,
  loose,
  newTask,
  next,
  otherRole,
  review,
  settingAside,
  striking,
  undo,
} from "./decide.js";
import { worded } from "./deciding.js";
import { Failure } from "./parts.js";
import { covers, span } from "./passages.js";
import { placeOf } from "./quoting.js";
import { change, here } from "./route.js";
import { useMay, useSession } from "./session.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/preact.js";
import { DOUBT, day, number, REVIEW } from "./words.js";

/** @import { Entry } from "./decide.js" */
const BY = "desk-by"; // the field of who decides
/** @typedef {Api.TextAnswer} Body */
/** @typedef {Api.TextFact} Told */

/** The keys, as the help shows them. */
const KEYS = [
  ["N / P", "下一处、上一处存疑"],
  ["J / K", "下一条、上一条标注"],
  ["C", "确认"],
  ["R", "牵头改配合，配合改牵头"],
  ["E", "改单位、时限、原则、引用或任务"],
  ["X", "删去；删一项任务，写在其中的单位和时限一并删去"],
  ["A", "把看不出原因的文字补成责任"],
  ["T", "把看不出原因的文字所在的一段补成新任务"],
  ["S", "搁置看不出原因的文字"],
  ["U", "撤销我的上一步"],
  ["V", "签为已核"],
  ["?", "打开、收起这张表"],
];

/**
 * What the keys and buttons do with the document, and the entry that is being decided on.
 * @param {Body} body
 * @param {Told[]} told the facts that the address names
 */
export function useDesk(body, told) {
  const allowed = useMay("check");
  const signer = useSession()?.name ?? "";
  useEffect(() => {
    if (signer) keepActor(signer);
  }, [signer]);
  const decided = useAnswer("/documents/{document}/decisions", { document: body.document_id });
  const waiting = useRef(/** @type {{ then: () => void, top: number } | null} */ (null));
  const [entry, setEntry] = useState(/** @type {Entry | null} */ (null));
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState(/** @type {Trouble | null} */ (null));
  const [help, setHelp] = useState(false);
  const [asked, setAsked] = useState(""); // the revision of which the reader was asked whether to sign it with doubts
  const [saved, setSaved] = useState(""); // the revision that something is kept on; until a newer one is here, nothing else is
  const busy = saved !== "" && (saved === body.revision || decided.body?.revision !== body.revision);
  /** @type {<T>(work: Promise<T>) => Promise<T>} */
  const saving = (work) => {
    setSaved(body.revision);
    return work.catch((trouble) => {
      setSaved("");
      throw trouble;
    });
  };
  const doubts = body.facts.filter((fact) => fact.doubt);
  const chosen = (/** @type {Told[]} */ facts) =>
    facts.find((f) => f.doubt) ?? facts.find(isOpen) ?? facts.find((f) => f.kind === "task");
  /** What the address names now, which is ahead of what is drawn. */
  const at = () => span(here().params.get("at"));
  const fact = () => {
    const [place, task] = [at(), here().params.get("task")];
    return chosen(body.facts.filter((f) => (place ? covers(f, place) : f.kind === "task" && f.id === task)));
  };
  /** @type {(work: (fact: Told) => Promise<unknown>, one: Told, done: string) => Promise<void>} */
  const andOn = async (work, one, done) => {
    const rest = doubts.filter((f) => f !== one);
    const on = next(rest, at(), 1);
    if (await doing(work(one), done)) show(on);
  };
  const show = (/** @type {Told | undefined} */ found) =>
    found && change({ ...placeOf(found), show: here().params.get("show") });
  /** Whether it is done. @type {(work: Promise<unknown>, done: string) => Promise<boolean>} */
  const doing = async (work, done) => {
    setProblem(null);
    setSaid("");
    return saving(work).then(
      () => {
        setSaid(done);
        return true;
      },
      (trouble) => {
        setProblem(trouble);
        return false;
      },
    );
  };
  /** Whether there is a name; else `then` waits for it, and the reader comes back to where it was asked. @param {() => void} then */
  const isNamed = (then) => {
    if (actor()) return true;
    waiting.current = { then, top: scrollY };
    setSaid("请先写上核对人，再作决定：写好按回车，就回到刚才的地方接着做。");
    document.getElementById(BY)?.focus();
    return false;
  };
  const named = (/** @type {string} */ name) => {
    keepActor(name);
    const held = actor() && waiting.current;
    if (!held) return;
    waiting.current = null;
    setSaid("");
    scrollTo(0, held.top);
    held.then();
  };
  // Of this document: what holds for every document is taken back where it is listed.
  const mine = decided.body?.decisions.findLast((one) => one.fields.document && (one.by ?? "") === actor());
  const isSigned = decided.body?.review === "checked" && (decided.body.reviewed_by ?? "") === actor();
  const open = (/** @type {Entry} */ begun) => {
    if (!isNamed(() => open(begun))) return;
    setSaid("");
    setEntry(begun);
  };
  const id = body.document_id;
  const sign = (/** @type {"checking" | "checked"} */ state = "checked") => {
    if (!isNamed(() => sign(state))) return;
    if (state === "checked" && doubts.length > 0 && asked !== body.revision) {
      setAsked(body.revision);
      const left = [`${number(body.doubtful)} 条存疑没有决定`, `${number(body.unexplained)} 句看不出原因`];
      setSaid(`还有 ${left.join("，")}。仍要签为已核，请再签一次。`);
    } else doing(review(id, state, body.revision), state === "checked" ? "已签为已核" : "已退回核对中");
  };
  const desk = {
    ...{ allowed, busy, decided, doubts, entry, fact: chosen(told), help, problem, said, setHelp, signer },
    next: (/** @type {1 | -1} */ step) => show(next(doubts, at(), step)),
    step: (/** @type {1 | -1} */ step) => show(next(body.facts.filter(isOpen), at(), step)),
    confirm: () => {
      const one = fact();
      if (!one || one.kind === "residue") return setSaid("这里没有可以确认的条目。");
      if (!isNamed(() => desk.confirm())) return;
      andOn((f) => keep(confirming(f, id), body.revision), one, `已确认“${one.kind === "deadline" ? one.quote : one.name}”`);
    },
    aside: () => {
      const one = fact();
      if (one?.kind !== "residue" || one.reason !== null) return setSaid("这里没有可以搁置的文字。");
      if (!isNamed(() => desk.aside())) return;
      andOn((f) => keep(settingAside(f, body), body.revision), one, `已搁置“${one.quote}”`);
    },
    strike: () => {
      const one = fact();
      if (one && one.kind !== "residue") open(striking(one, id));
    },
    role: () => {
      const one = fact();
      if (one?.role) open(otherRole(one, id));
    },
    edit: () => {
      const one = fact();
      if (one && one.kind !== "residue") open(editing(one, id));
    },
    add: () => {
      const one = fact();
      if (one?.kind !== "residue" || one.quote === null) return;
      open({
        change: "add",
        ...about({ quote: one.quote, start: one.start, end: one.end }, body),
        role: "LEADS",
        reason: "漏读",
      });
    },
    task: () => {
      const one = fact();
      const paragraph = one?.kind === "residue" && loose(one, body);
      if (paragraph) open(newTask(paragraph, body));
    },
    /** One, or what I did last: the signature, else a decision. */
    undo: (one = isSigned ? undefined : mine) => {
      if (one) doing(undo(one.id, body.revision), `已撤销：${deed({ ...one.fields, change: one.change })}`);
      else if (isSigned) sign("checking");
      else setSaid("没有可以撤销的决定。");
    },
    sign,
    open,
    named,
    save: (/** @type {Entry} */ whole) => saving(keep(whole, body.revision)),
    close: () => setEntry(null),
    done: (/** @type {string} */ what) => {
      setEntry(null);
      setSaid(`已保存：${what}`);
    },
  };
  useKeys(desk);
  return desk;
}

/** @typedef {ReturnType<typeof useDesk>} Desk */

/** @type {(fact: Told, document: string) => Entry} */
function editing(fact, document) {
  const task = fact.task_id ? { task: fact.task_id } : {};
  const quote = fact.quote ?? "";
  if (fact.kind === "deadline") {
    const { deadline_kind: kind, start_on: start, due_on: due, every, within } = fact;
    const limit = { kind: kind ?? "by", start: start ?? "", due: due ?? "", every: every ?? "", within: within ?? "" };
    return { change: "deadline", document, quote, ...task, ...limit, reason: "时限读错" };
  }
  if (fact.kind === "task")
    return {
      change: "task",
      document,
      quote: fact.name ?? quote,
      ...task,
      kind: "",
      first: "",
      last: "",
      title: "",
      reason: "任务读错",
    };
  if (fact.kind === "principle")
    return { change: "principle", document, quote, kind: "principle", words: quote, reason: "原则读错" };
  if (fact.kind === "citation") return { ...citing({ document, quote }), reason: "引用读错" };
  return { change: "unit", document, quote, ...task, agency: fact.name ?? "", reason: "单位认错" };
}

/** @param {{ [act: string]: any, allowed: boolean, busy: boolean, entry: Entry | null }} desk */
function useKeys(desk) {
  // Before what is drawn is seen: a key that follows what was read there is not met by the desk of before.
  useLayoutEffect(() => {
    /** @type {Record<string, () => unknown>} */
    const keys = {
      n: () => desk.next(1),
      p: () => desk.next(-1),
      j: () => desk.step(1),
      k: () => desk.step(-1),
      c: desk.confirm,
      r: desk.role,
      e: desk.edit,
      x: desk.strike,
      a: desk.add,
      t: desk.task,
      s: desk.aside,
      u: () => desk.undo(),
      v: () => desk.sign(),
      "?": () => desk.setHelp(!desk.help),
    };
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      const elsewhere = event.target instanceof Element && event.target.closest("input, select, textarea, dialog");
      if (event.key === "Escape" && desk.entry) desk.close();
      if (!desk.allowed || desk.busy || elsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
      const act = keys[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
}

/**
 * How far the document is checked, and what is done about it.
 * @param {{ desk: Desk, body: Body }} props
 */
export function State({ desk, body }) {
  const taken = (/** @type {KeyboardEvent & { target: HTMLInputElement }} */ event) =>
    event.key === "Enter" && event.target.blur();
  const who = [body.reviewed_by, body.reviewed_on && day(body.reviewed_on)].filter(Boolean).join("，");
  const confirmed = body.facts.filter((fact) => fact.confirmed).length;
  const decisions = desk.decided.body?.decisions ?? [];
  const may = useSession()?.may;
  const late = decisions.filter((one) => one.problem);
  return html`<section class="desk panel" aria-label="核对">
    <p>
      <span class=${`kind review-${body.review}`}>${REVIEW[body.review]}</span> ${[who, `存疑 ${number(desk.doubts.length)} 处`, `已确认 ${number(confirmed)} 条`].filter(Boolean).join(" · ")}
    </p>
    ${may && !may.includes("check") && !may.includes("report") && html`<p class="note">现在只能查看：核对和填报进展没有打开，或者所用的密钥不能做这些。请管理员打开。</p>`}
    ${
      body.review_changes.length > 0 &&
      html`<details open><summary>签核以后变了 ${number(body.review_changes.length)} 条，请再核对</summary>
        <ul class="plain">${body.review_changes.map((line) => html`<li>${worded(line.split("\t"))}</li>`)}</ul>
      </details>`
    }
    ${
      desk.allowed &&
      html`<p class="actions">
        <label for=${BY}>核对人</label> <input id=${BY} key=${desk.signer} class="by" readonly=${desk.signer !== ""} onKeyDown=${taken} defaultValue=${desk.signer || actor()} maxlength="100" autocomplete="name" onChange=${(/** @type {FieldEvent} */ event) => desk.named(event.target.value)} />
        <button onClick=${() => desk.next(1)} disabled=${desk.doubts.length === 0}>下一处存疑 <kbd>N</kbd></button>
        <button disabled=${desk.busy} onClick=${() => desk.undo()}>撤销 <kbd>U</kbd></button>
        ${
          body.review === "checked"
            ? html`<button disabled=${desk.busy} onClick=${() => desk.sign("checking")}>退回核对中</button>`
            : html`<button class="primary" disabled=${desk.busy} onClick=${() => desk.sign()}>签为已核 <kbd>V</kbd></button>`
        }
        <button aria-expanded=${desk.help} onClick=${() => desk.setHelp(!desk.help)}>按键 <kbd>?</kbd></button>
      </p>`
    }
    ${desk.help && html`<dl class="keys">${KEYS.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl>`}
    ${
      decisions.length > 0 &&
      html`<details open=${late.length > 0}><summary>人工决定 ${number(decisions.length)} 条${late.length > 0 && `，${number(late.length)} 条没有对上`}</summary>
        <ul class="plain">${decisions.map(
          (one) => html`<li>
            ${one.problem && html`<strong>没有对上：</strong>`}${deed({ ...one.fields, change: one.change })} <span class="said">${[one.reason, one.by, day(one.date)].filter(Boolean).join("，")}</span>
            ${desk.allowed && html`<button class="text" disabled=${desk.busy} onClick=${() => desk.undo(one)}>撤销</button>`}
          </li>`,
        )}</ul>
      </details>`
    }
  </section>`;
}

/**
 * What became of the last decision.
 * @param {{ desk: Desk }} props
 */
export const Said = ({ desk }) => html`
  ${(desk.busy || desk.said) && html`<p role="status">${desk.busy ? "正在保存……" : desk.said}</p>`} ${desk.problem && html`<${Failure} problem=${desk.problem} />`}
`;

/**
 * What can be done with a fact where it is told of.
 * @param {{ desk: Desk, fact: Told, body: Body }} props
 */
export function Acts({ desk, fact, body }) {
  if (!desk.allowed || fact !== desk.fact) return null;
  const act = (/** @type {string} */ key, /** @type {string} */ word, /** @type {() => unknown} */ does) =>
    html`<button disabled=${desk.busy} onClick=${does}>${word} <kbd>${key}</kbd></button>`;
  return html`${fact.doubt && html`<p class="note">存疑：${DOUBT[fact.doubt]}</p>`}
    <p class="actions">
      ${
        fact.kind === "residue"
          ? html`${act("A", "补成责任", desk.add)} ${loose(fact, body) && act("T", "这一段是新任务", desk.task)} ${act("S", "搁置", desk.aside)}`
          : html`${!fact.confirmed && act("C", "确认", desk.confirm)} ${fact.role && act("R", fact.role === "LEADS" ? "改为配合" : "改为牵头", desk.role)} ${act("E", "更改", desk.edit)} ${act("X", "删去", desk.strike)}`
      }
    </p>`;
}
