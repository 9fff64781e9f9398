// Columns for the answer of any query: names and quotes become links, words become Chinese. A column that nobody has
// foreseen shows under its own name, as it is.

import { Agency, Basis, Clause, Deadlines, Document, Quote, Role, Task, usePrinting } from "./parts.js";
import { to } from "./route.js";
import { html, useState } from "./vendor/preact.js";
import { COUNT, day, due, LABEL, LIGHT, moment, number, RULE_MEANING, SAID } from "./words.js";

/** @typedef {Record<string, any>} Row of any query: its columns are known when it is there */
/** @typedef {{ name: string, type: string }} Field */
/** @typedef {{ name: string, many: boolean, options: string[], fields: Field[] }} Type */

/**
 * A type as the catalogue writes it: `clause|narrative[]`, `{agency: text, agency_id: text}[]?`.
 * @param {string} said
 * @returns {Type}
 */
export function typeOf(said) {
  const [, name = said, many = ""] = /^(.*?)(\[\])?\??$/.exec(said) ?? [];
  const map = name.startsWith("{");
  return {
    name,
    many: Boolean(many),
    options: !map && name.includes("|") ? name.split("|") : [],
    fields: map
      ? name
          .slice(1, -1)
          .split(", ")
          .map((field) => field.split(": "))
          .map(([of, type]) => ({ name: of, type }))
      : [],
  };
}

/** @param {string} name */
export const label = (name, type = "") => (/^integer\??$/.test(type) && COUNT[name]) || (LABEL[name] ?? name);

/**
 * What a word of the service is called where it stands in a parameter or column `name`.
 * @param {string} name
 * @param {string} word
 */
export const said = (name, word) => SAID[name]?.[word] ?? word;

/**
 * The columns of a DataTable for an answer's `given` columns. What only serves links has none of its own.
 * @param {Field[]} given
 * @returns {Column<Row>[]}
 */
export const columnsOf = (given) => {
  const shown = visible(given);
  const pinned = (shown.find(({ name }) => name === "task") ?? shown[0])?.name;
  return shown.map(({ name, type }) => {
    const kind = typeOf(type);
    const plural = kind.many || kind.fields.length > 0;
    return {
      id: name,
      label: label(name, type),
      numeric: !kind.many && /^(integer|number)$/.test(kind.name) && name !== "year",
      pinned: name === pinned,
      value: (row) => plain(name, row[name]),
      cell: (row) => (plural ? html`<${List} name=${name} type=${kind} row=${row} />` : one(name, row)),
    };
  });
};

/**
 * What is shown in the cell of another column, where there is one.
 * @type {Record<string, string>}
 */
const BESIDE = {
  clause: "quote",
  doc_number: "document",
  every: "due_on",
  former_task_number: "former_task",
  function: "agency",
  headings: "task",
  other_task_number: "other_task",
  start_on: "due_on",
  task_number: "task",
  within: "due_on",
};
const NEVER = /(^|_)(id|code|start|end|key)$|^(page|mentions|before|after)$/;

/**
 * Without offsets, ids and codes, and without what is shown together with another column.
 * @param {Field[]} given
 */
function visible(given) {
  const names = new Set(given.map((column) => column.name));
  return given.filter(({ name }) => !NEVER.test(name) && !names.has(BESIDE[name]));
}

/**
 * What a cell is sorted and filtered by.
 * @param {string} name
 * @param {any} value as the query gives it
 * @returns {Value}
 */
function plain(name, value) {
  if (Array.isArray(value)) return value.map((item) => plain(name, item)).join("、");
  if (value !== null && typeof value === "object") return Object.values(value).find((field) => typeof field === "string") ?? "";
  return typeof value === "boolean" ? yes(value) : said(name, value);
}

const yes = (/** @type {boolean} */ value) => (value ? "是" : "否");
const link = (/** @type {string} */ view, /** @type {string} */ name) => html`<a href=${to(view, name)}>${name}</a>`;
/** @type {(row: Row, prefix: string, words: Components) => Components} */
const quoted = (row, prefix, words) => {
  const [document, start, end] = ["document_id", "start", "end"].map((name) => row[prefix + name]);
  return document ? html`<${Quote} document=${document} start=${start} end=${end}>${words}<//>` : words;
};

/**
 * The document, the task and the words that a row holds against its own.
 * @param {string} prefix
 * @returns {Record<string, (row: Row) => unknown>}
 */
function beside(prefix) {
  const of = (/** @type {Row} */ row) =>
    Object.fromEntries(
      ["task", "task_number", "document", "document_id", "start", "end"].map((name) => [name, row[prefix + name]]),
    );
  return {
    [`${prefix}document`]: (row) => titled(of(row).document_id, of(row).document, true),
    [`${prefix}task`]: (row) => html`<${Task} row=${of(row)} />`,
    [`${prefix}quote`]: (row) => html`<span class="words">${quoted(row, prefix, row[`${prefix}quote`])}</span>`,
  };
}

/**
 * Columns that are more than their value.
 * @type {Record<string, (row: Row) => unknown>}
 */
const CELLS = {
  agency: (row) => html`<${Agency} id=${row.agency_id} name=${row.agency} />`,
  partner: (row) => html`<${Agency} id=${row.partner_id} name=${row.partner} />`,
  collective: (row) =>
    row.collective_id ? html`<${Agency} id=${row.collective_id} name=${row.collective} />` : yes(row.collective),
  one: (row) => unit(row.one_id, row.one),
  other: (row) => unit(row.other_id, row.other),
  function: (row) => link("function", row.function),
  document: (row) => titled(row.document_id, row.document, row.loaded !== false || "cited" in row, row.doc_number), // `loaded` is of `cited`, where that is
  cited: (row) => (row.cited_id ? titled(row.cited_id, row.cited, row.loaded) : number(row.cited)),
  counterpart: (row) => titled(row.counterpart_id, row.counterpart, true),
  task: (row) => taskOf(row),
  work: (row) => html`<a href=${to("ask", "task", { task: row.work_id })}>${row.work ?? row.work_id}</a>`,
  quote: (row) =>
    html`<span class="words">${row.clause && row.document_id ? html`<${Clause} row=${row} />` : quoted(row, "", row.quote)}</span>`,
  role: (row) => row.role && html`<${Role} role=${row.role} />`,
  basis: (row) => row.basis && html`<${Basis} basis=${row.basis} />`,
  rule: (row) => html`<span title=${RULE_MEANING[row.rule]}>${said("rule", row.rule)}</span>`,
  light: (row) => html`<span class=${`light ${row.light}`}>${LIGHT[row.light]}</span>`,
  due_on: (row) => (row.due_on || row.every || row.within) && html`<span class="due">${due(row)}</span>`,
  name: (row) => named(row),
  ...beside("other_"),
  ...beside("former_"),
};

/**
 * A unit, or a line of work, whose id is its name.
 * @param {string} id
 * @param {string} name
 */
const unit = (id, name) => (id.includes(":") ? html`<${Agency} id=${id} name=${name} />` : link("function", name));

/** @type {(id: string, title: string | null, held: boolean, doc_number?: string | null) => unknown} */
const titled = (id, title, held, doc_number) =>
  html`<span>${held ? html`<${Document} id=${id} title=${title} />` : (title ?? id)} ${doc_number && html`<span class="number">${doc_number}</span>`}</span>`;

const taskOf = (/** @type {Row} */ row) => {
  if (!row.task_id) return "";
  return row.document_id && row.start !== undefined
    ? html`<${Task} row=${row} />`
    : html`<a href=${to("ask", "task", { task: row.task_id })}>${row.task ?? row.task_id}</a>`;
};

/**
 * A fact of a document, by its kind.
 * @param {Row} row
 */
function named(row) {
  if (row.kind === "lead" || row.kind === "participation") return html`<${Agency} id=${row.id} name=${row.name} />`;
  return row.kind === "deadline" ? due(row) : row.name;
}

/**
 * One value.
 * @param {string} name
 * @param {Row} row
 * @returns {any}
 */
function one(name, row) {
  const value = row[name];
  if (value === null || value === undefined) return "";
  if (CELLS[name]) return CELLS[name](row);
  if (typeof value === "boolean") return yes(value);
  if (typeof value === "number") return name === "year" ? value : number(value);
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return moment(value);
  return /^\d{4}-\d\d(-\d\d)?$/.test(value) ? day(value) : said(name, value);
}

/** Whether a time limit of the whole document is one of the task in the same row.
 * @type {(name: string, row: Row, item: Row) => boolean} */
const isBeside = (name, row, item) =>
  name === "document_deadlines" &&
  (row.deadlines ?? []).some((/** @type {Row} */ own) => own.start === item.start && own.end === item.end);

const MOST = 5;

/**
 * Values under each other, the first few at first.
 * @param {{ name: string, type: Type, row: Row }} props
 */
function List({ name, type, row }) {
  const [opened, setAll] = useState(false);
  const all = usePrinting() || opened;
  const values = row[name] ?? [];
  const items = (Array.isArray(values) ? values : [values]).filter((item) => !isBeside(name, row, item));
  if (items.length === 0) return values.length > 0 ? html`<span class="none">同任务的时限</span>` : "";
  const document_id = name.startsWith("former_") ? row.former_document_id : row.document_id;
  const shown = all ? items : items.slice(0, MOST);
  const left = items.length - shown.length;
  return html`${
    type.fields.some((field) => field.name === "due_on")
      ? html`<${Deadlines} deadlines=${shown} document=${document_id} />`
      : html`<ul class="plain">
        ${shown.map((item) => html`<li>${type.fields.length ? part(type.fields, { document_id, ...item }) : single(name, item)}</li>`)}
      </ul>`
  }${left > 0 && html`<button class="text" onClick=${() => setAll(true)}>另有 ${left} 个</button>`}`;
}

const single = (/** @type {string} */ name, /** @type {any} */ item) =>
  name === "functions" ? link("function", item) : one(name, { [name]: item });

/**
 * A map in a list, in a line: its name as a link, what is counted, and the way to its words.
 * @param {Field[]} fields
 * @param {Row} item
 */
function part(fields, item) {
  const pieces = visible(fields).map(({ name }) => {
    const value = item[name];
    if (name === "quote") return html`<span class="whence">${quoted(item, "", "原文")}</span>`;
    if (name === "function") return item.function; // or the name of a unit without a line of work
    if (value === null || value === false || (name === "basis" && value === "clause")) return null;
    if (value === true) return CELLS[name] ? label(name) : null;
    return typeof value === "number" && name !== "year" ? `${label(name, "integer")} ${number(value)}` : one(name, item);
  });
  return pieces.filter((piece) => piece !== null).map((piece) => html`${piece} `);
}
