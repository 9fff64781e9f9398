// What a reader decides of a document: the entries of corrections.yaml, and the calls that show, keep and take them back.

import { actor } from "./actor.js";
import { address, forget, send } from "./api.js";
import { standing } from "./quoting.js";
import { DECISION, SAID } from "./words.js";

/** @typedef {{ change: string, [field: string]: string | number | undefined }} Entry of docs/corrections.md */
/** @typedef {Api.TextFact} Told */
/** @typedef {{ document_id: string, facts: Told[], paragraphs: Api.Paragraph[] }} Body */
/** @typedef {{ quote: string, start: number, end: number }} Picked words of the text */

/** @type {(url: string, method: string, body?: object) => Promise<any>} */
const call = async (url, method, body) => {
  const sent = body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await send(url, { method, ...sent });
  return response.json();
};

/** @type {(entry: Entry) => Entry} */
const signed = (entry) => ({ ...entry, ...(actor() && { by: actor() }) });

/**
 * What an entry would change.
 * @param {Entry} entry
 * @returns {Promise<Api.ChangedAnswer>}
 */
export const preview = (entry) => call("/decisions/preview", "POST", { entry: signed(entry) });

/** After it has changed, or is found to have been changed by another, the document is read anew.
 * @template T
 * @param {Promise<T>} done
 */
const thenForget = (done) => done.finally(forget);

/** @type {(entry: Entry, revision?: string) => Promise<Api.ChangedAnswer>} */
export const keep = (entry, revision) => thenForget(call("/decisions", "POST", { entry: signed(entry), revision }));
/** @type {(id: string, revision: string) => Promise<unknown>} */
export const undo = (id, revision) => thenForget(call(address("/decisions/{id}", { id, revision }), "DELETE"));
/** @type {(document: string, state: string, revision: string) => Promise<unknown>} */
export const review = (document, state, revision) =>
  thenForget(call(address("/documents/{document}/review", { document }), "POST", { state, by: actor() || null, revision }));

// Which facts there are to decide on

const DECIDED = new Set(["lead", "participation", "deadline", "principle", "citation"]);

/** Whether people may decide on it where it stands. @param {Told} fact */
export const isOpen = (fact) => DECIDED.has(fact.kind) || (fact.kind === "residue" && fact.reason === null);

/**
 * The next of some facts behind a place in the text (`step` 1), or the last before it (-1), around the ends.
 * @template {{ start: number, end: number }} Fact
 * @param {Fact[]} facts in the order of the text
 * @param {readonly [number, number] | null} at
 * @param {1 | -1} step
 * @returns {Fact | undefined}
 */
export function next(facts, at, step) {
  if (!at) return facts.at(step === 1 ? 0 : -1);
  const [start, end] = at;
  if (step === 1) return facts.find((f) => f.start > start || (f.start === start && f.end < end)) ?? facts[0];
  return facts.findLast((f) => f.start < start || (f.start === start && f.end > end)) ?? facts.at(-1);
}

// Entries

/** A task goes by its title. @type {(fact: Told, document: string) => Record<string, string>} */
const of = (fact, document) => ({
  document,
  quote: (fact.kind === "task" && fact.name) || (fact.quote ?? ""),
  ...(fact.task_id && { task: fact.task_id }),
});

/** What an entry does, and to what, in a word. @type {(entry: { change: string, [field: string]: unknown }) => string} */
export const deed = ({ change, kind, quote, surface, document }) =>
  `${DECISION[kind === "none" ? "delete" : change]}“${quote ?? surface ?? document}”`;

/** @type {(fact: Told, document: string) => Entry} */
export function confirming(fact, document) {
  const part = fact.role && { role: fact.role, basis: fact.basis ?? "clause" };
  return { change: "confirm", ...of(fact, document), ...part, reason: "核对无误" };
}

/** @type {(fact: Told, document: string) => Entry} */
export function striking(fact, document) {
  if (!fact.role) return { change: fact.kind, ...of(fact, document), kind: "none", reason: `不是${SAID.kind[fact.kind]}` };
  return { change: "delete", ...of(fact, document), role: fact.role ?? "", basis: fact.basis ?? "", reason: "不是责任单位" };
}

/** @type {(fact: Told, document: string) => Entry} */
export const otherRole = (fact, document) => ({
  change: "role",
  ...of(fact, document),
  role: fact.role === "LEADS" ? "PARTICIPATES" : "LEADS",
  reason: fact.role === "LEADS" ? "是配合单位" : "是牵头单位",
});

/**
 * That words cite another document: 《标题》（文号）.
 * @template {{ quote: string }} Words
 * @param {Words} words
 */
export const citing = (words) => ({
  change: "citation",
  ...words,
  kind: "citation",
  title: /《(.+)》/su.exec(words.quote)?.[1].replace(/\s+/g, "") ?? "",
  doc_number: /[\p{L}]{1,12}[〔［[（(]\d{4}[〕］\])）]\d{1,5}号/u.exec(words.quote)?.[0].replace(/\s+/g, "") ?? "",
});

/**
 * Which of the unexplained words that are the same this is, where there are several.
 * @type {(fact: Told, body: Body) => Entry}
 */
export function settingAside(fact, body) {
  const same = body.facts.filter((f) => f.kind === "residue" && f.reason === null && f.quote === fact.quote);
  const nth = same.length > 1 ? { nth: same.indexOf(fact) + 1 } : {};
  return { change: "aside", document: body.document_id, quote: fact.quote ?? "", ...nth, reason: "不布置任务" };
}

/** The innermost task that words stand in. @type {(picked: Picked, body: Body) => Told | null} */
export function taskAround(picked, body) {
  const around = body.facts.filter((f) => f.kind === "task" && f.start <= picked.start && picked.end <= f.end);
  return around.reduce((/** @type {Told | null} */ a, b) => (a && a.end - a.start <= b.end - b.start ? a : b), null);
}

/**
 * An entry about words of the text, with what tells them from the same words elsewhere: their task, and there, or in the document,
 * the how manyth.
 * @param {Picked} picked
 * @param {Body} body
 * @returns {{ document: string, quote: string, task?: string, nth?: number }}
 */
export function about(picked, body) {
  const task = taskAround(picked, body);
  const same = standing(body.paragraphs, picked.quote).filter(
    ([start, end]) => !task || (task.start <= start && end <= task.end),
  );
  const nth = same.findIndex(([start]) => start >= picked.start) + 1;
  const words = { document: body.document_id, quote: picked.quote, ...(task && { task: task.id }) };
  return same.length > 1 && nth > 0 ? { ...words, nth } : words;
}

const LONG = 30; // characters of a task, over which it is kept by where it begins and ends

/**
 * That words are a task: where they are long, by their first and last sentence, so that what changes between them loses nothing.
 * Inside a task they only say where another begins: that goes to its end, and is of its kind.
 * @param {Picked} words
 * @param {Body} body
 * @returns {Entry}
 */
export function newTask(words, body) {
  const around = taskAround(words, body);
  const picked = around ? { ...words, quote: behind(around, words.start), end: around.end } : words;
  const [first = "", ...others] = picked.quote.match(/[^。；;\n]+[。；;]*/g) ?? [];
  const last = others.at(-1)?.trim() ?? "";
  const rest = picked.quote.slice(first.length);
  const cut = picked.quote.length > LONG && last && rest.indexOf(last) + last.length === rest.length;
  const said = about({ ...picked, quote: cut ? first : picked.quote }, body);
  const kind = around?.task_kind && around.task_kind !== "general" ? around.task_kind : "task";
  const reason = around ? "应分为两项" : "漏读";
  return { change: "new-task", ...said, last: cut ? last : "", kind, title: "", number: "", reason };
}

/** The words of a task from a place on, in code points. @type {(task: Told, start: number) => string} */
const behind = (task, start) =>
  Array.from(task.quote ?? "")
    .slice(start - task.start)
    .join("")
    .trim();

/**
 * The paragraph around a fact, where it is no part of a task.
 * @param {Told} fact
 * @param {Body} body
 * @returns {Picked | undefined}
 */
export function loose(fact, body) {
  const found = body.paragraphs.find((p) => p.start <= fact.start && fact.start < p.end);
  if (found?.task !== null) return undefined;
  return {
    quote: found.segments
      .map((segment) => segment.text)
      .join("")
      .trim(),
    start: found.start,
    end: found.end,
  };
}

/**
 * The last day that words for a time name: 2022年6月底前 is 2022-06-30; "" where they name none.
 * @param {string} words
 */
export function dayIn(words) {
  const found = /(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?/.exec(words.replace(/\s+/g, ""));
  if (!found) return "";
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 12), Number(found[3] ?? 0)];
  return new Date(Date.UTC(year, day ? month - 1 : month, day)).toISOString().slice(0, 10);
}
