// 提问: every canned query as a question, with a form for what it takes and a table for what it gives.

import { useAnswer } from "../api.js";
import { columnsOf, label, said, typeOf } from "../cells.js";
import { DataTable } from "../datatable.js";
import { NOTE } from "../notes.js";
import { Answer, Download, Panel, Reviewed, useGiven, useTitle } from "../parts.js";
import { change, to } from "../route.js";
import { html, useEffect, useId, useMemo, useState } from "../vendor/preact.js";
import { day, QUESTION, today } from "../words.js";

/** @typedef {Record<string, string[]>} Lists of values, by the names of parameters */
/** @typedef {{ rows: Record<string, any>[], parameters: Record<string, any>, named?: Record<string, string> | null }} Body of any query */

/** @param {{ route: Route }} props */
export default function Ask({ route }) {
  const catalogue = useAnswer("/queries");
  const query = catalogue.rows.find((row) => row.name === route.id);
  useTitle(query ? question(query) : "全部问题");
  if (!route.id) return html`<${All} catalogue=${catalogue} />`;
  return html`<${Answer} of=${catalogue} lines=${6}>
    ${() => (query ? html`<${Question} key=${query.name} query=${query} params=${route.params} />` : html`<h1>没有这个问题</h1><p><a href=${to("ask")}>看全部问题</a></p>`)}
  <//>`;
}

const question = (/** @type {Query} */ query) => QUESTION[query.name]?.[1] ?? query.answers;
const language = (/** @type {Query} */ query) => (QUESTION[query.name] ? undefined : "en");

/** @param {{ catalogue: Answered<Api.Answers["/queries"]> }} props */
function All({ catalogue }) {
  return html`
    <div class="head"><h1>全部问题</h1></div>
    <${Answer} of=${catalogue} lines=${8}>
      ${(/** @type {Query[]} */ rows) => {
        const groups = Map.groupBy(rows, (query) => QUESTION[query.name]?.[0] ?? "其他");
        const order = [...new Set(Object.values(QUESTION).map(([group]) => group)), "其他"].filter((group) =>
          groups.has(group),
        );
        return html`<div class="panels">
          ${order.map(
            (group) => html`<${Panel} title=${group}>
              <ul class="plain lines">
                ${ranked(groups.get(group) ?? []).map(
                  (query) => html`<li>
                    <a href=${to("ask", query.name)} lang=${language(query)}>${question(query)}</a>
                    ${needed(query).length > 0 && html`<span class="said"><a href=${to("ask", query.name, example(query))}>例：${shortly(example(query))}</a></span>`}
                  </li>`,
                )}
              </ul>
            <//>`,
          )}
        </div>`;
      }}
    <//>
  `;
}

const RANK = Object.keys(QUESTION);
const ranked = (/** @type {Query[]} */ queries) => queries.toSorted((a, b) => RANK.indexOf(a.name) - RANK.indexOf(b.name));

const needed = (/** @type {Query} */ query) => query.parameters.filter((p) => p.required);

/**
 * The parameters of the command line that the catalogue gives as an example.
 * @param {Query} query
 */
export function example(query) {
  /** @type {Lists} */
  const given = {};
  let name = "";
  for (const [, quoted, word] of query.example.matchAll(/'([^']*)'|(\S+)/g)) {
    if (word?.startsWith("--")) name = word.slice(2).replaceAll("-", "_");
    else if (name) given[name] = [...(given[name] ?? []), quoted ?? word];
  }
  return given;
}

/**
 * An example's values, ids without their place code.
 * @param {Lists} given
 */
const shortly = (given) =>
  Object.entries(given)
    .flatMap(([name, values]) => values.map((value) => said(name, value).replace(/^(\d{6}|-):/, "")))
    .join("，");

/**
 * What the address gives of what the query takes.
 * @param {Query} query
 * @param {URLSearchParams} params
 * @returns {Lists}
 */
const givenBy = (query, params) =>
  Object.fromEntries(query.parameters.filter((p) => params.has(p.name)).map((p) => [p.name, params.getAll(p.name)]));

/** @param {{ query: Query, params: URLSearchParams }} props */
function Question({ query, params }) {
  const given = givenBy(query, params);
  const missing = needed(query).filter((p) => !given[p.name]);
  const shown = example(query);
  return html`
    <p class="note"><a href=${to("ask")}>全部问题</a>${QUESTION[query.name] && ` / ${QUESTION[query.name][0]}`}</p>
    <div class="head"><h1 lang=${language(query)}>${question(query)}</h1></div>
    ${query.parameters.length > 0 && html`<${Form} query=${query} given=${given} />`}
    ${NOTE[query.name] && html`<p class="note">计算口径：${NOTE[query.name]}</p>`}
    ${
      missing.length > 0
        ? html`<p class="empty">
          请填写${missing.map((p) => label(p.name)).join("、")}，例如<a href=${to("ask", query.name, shown)}>${shortly(shown)}</a>。
        </p>`
        : html`<${Result} query=${query} given=${given} />`
    }
    <details class="note">
      <summary>命令行写法</summary>
      <p><code>${query.example}</code></p>
    </details>
  `;
}

/** @param {{ query: Query, given: Lists }} props */
function Result({ query, given }) {
  const answer = useAnswer(/** @type {keyof Api.Answers} */ (query.path), given);
  return html`<${Panel} title="答案" answer=${answer} actions=${html`<${Download} url=${answer.url} />`}>
    <${Answer} of=${answer} lines=${8}>${(/** @type {unknown} */ _, /** @type {{ body: Body }} */ { body }) => html`<${Rows} query=${query} given=${given} body=${body} answer=${answer} />`}<//>
  <//>`;
}

/** @param {{ query: Query, given: Lists, body: Body, answer: Answered<object> }} props */
function Rows({ query, given, body, answer }) {
  const [rows, columns] = useMemo(() => {
    // A query about one document does not repeat it in each row.
    /** @type {Body["rows"]} */
    const found = body.rows.map((row) => ({ document_id: body.parameters.document, ...row }));
    return [found, columnsOf(query.columns).filter((column) => found.some((row) => !isBlank(row[column.id])))];
  }, [body]);
  const used = query.parameters
    .filter((p) => body.parameters[p.name] !== null)
    .map(
      (p) =>
        `${label(p.name, p.type)} ${[given[p.name] ?? body.parameters[p.name]]
          .flat()
          .map((value) => body.named?.[value] ?? word(p, value))
          .join("、")}`,
    );
  return html`
    ${used.length > 0 && html`<p class="note">条件：${used.join("；")}。</p>`} <${Reviewed} of=${answer} />
    <div class="answer"><${DataTable} columns=${columns} rows=${rows} caption=${question(query)} of=${answer} /></div>
    <p class="note">无内容的列不显示；编号、原文位置等全部列在下载的文件里。</p>
  `;
}

const isBlank = (/** @type {any} */ value) => value === null || value === undefined || value?.length === 0;

/** @type {Record<string, string>} */
const TRUTH = { true: "是", false: "否" };

/**
 * A parameter's value for the reader.
 * @param {QueryParameter} parameter
 * @param {any} value
 */
const word = ({ name, type }, value) =>
  typeOf(type).name === "date" ? day(value === "today" ? today() : value) : (TRUTH[value] ?? said(name, value));

// The form

/** @param {{ query: Query, given: Lists }} props */
function Form({ query, given }) {
  const asked = (/** @type {FormEvent} */ event) => {
    event.preventDefault();
    const filled = new FormData(event.target);
    const values = query.parameters.map((p) => {
      const list = typeOf(p.type).many
        ? filled.getAll(p.name).flatMap((value) => String(value).split(/[、，,\s]+/))
        : [String(filled.get(p.name)).trim()];
      const chosen = list.filter(Boolean);
      return [p.name, String(chosen) === String(usual(p)) ? null : chosen];
    });
    change(Object.fromEntries(values));
  };
  const fields = (/** @type {QueryParameter[]} */ parameters) =>
    parameters.map((p) => html`<${Field} key=${p.name} parameter=${p} values=${given[p.name] ?? usual(p)} />`);
  const [first, more] = [query.parameters.slice(0, FIRST), query.parameters.slice(FIRST)];
  return html`<form class="panel" onSubmit=${asked} aria-label="提问的条件">
    <div class="filters">${fields(first)}<button class="primary">查询</button></div>
    ${
      more.length > 0 &&
      html`<details open=${more.some((p) => given[p.name])}>
      <summary>更多条件（${more.length}）</summary>
      <div class="filters">${fields(more)}</div>
    </details>`
    }
  </form>`;
}

const FIRST = 4; // fields that are always seen

/**
 * The values of a parameter that is not given.
 * @param {QueryParameter} parameter
 */
const usual = (parameter) => [parameter.default ?? []].flat().map((value) => (value === "today" ? today() : value));

/** @param {{ parameter: QueryParameter, values: string[] }} props */
function Field({ parameter, values }) {
  const { name, required } = parameter;
  const type = typeOf(parameter.type);
  const id = useId();
  const value = values.join("、");
  const plain = useGiven(value);
  const title = html`${label(name, parameter.type)}${required && html`<span>（必填）</span>`}`;
  if (type.many && type.options.length > 0)
    return html`<fieldset class="field" aria-labelledby=${id}>
      <span class="label" id=${id}>${title}</span>
      <span>
        ${type.options.map(
          (option) =>
            html`<label><input type="checkbox" name=${name} value=${option} checked=${values.includes(option)} />${said(name, option)}</label> `,
        )}
      </span>
    </fieldset>`;
  const options =
    type.name === "boolean"
      ? [
          ["true", "是"],
          ["false", "否"],
        ]
      : type.options.map((option) => [option, said(name, option)]);
  return html`<div class="field">
    <label for=${id}>${title}</label>
    ${
      options.length > 0
        ? html`<select id=${id} name=${name}>
          ${parameter.default === null && html`<option value="" selected=${value === ""}>不限</option>`}
          ${options.map(([option, words]) => html`<option value=${option} selected=${option === value}>${words}</option>`)}
        </select>`
        : SUGGESTED[type.name]
          ? html`<${Named} id=${id} name=${name} value=${value} kind=${type.name} many=${type.many} required=${required} />`
          : html`<input id=${id} name=${name} ref=${plain} required=${required} ...${INPUT[type.name] ?? { size: 18 }} />`
    }
  </div>`;
}

/** @type {Record<string, Record<string, string | number>>} */
const INPUT = {
  date: { type: "date" },
  integer: { type: "number", min: 0, step: 1 },
  number: { type: "number", min: 0, step: "any" },
  code: { inputmode: "numeric", pattern: "[1-9][0-9]{5}", size: 8, placeholder: "六位代码" },
};

/**
 * Kind of node: [path, parameters for what is typed, (row) => [value, what it is]].
 * @type {Record<string, [path: keyof Api.Answers, given: (typed: string) => Given, read: (row: any) => [name: string, what?: string]]>}
 */
const SUGGESTED = {
  agency: ["/agencies", (q) => ({ q, limit: 40 }), (row) => [row.agency]],
  document: ["/documents", (q) => ({ q, limit: 40 }), (row) => [row.doc_number ?? row.document, row.document]],
  task: ["/search", (q) => ({ q, kind: "task", limit: 40 }), (row) => [row.id, row.name]],
  place: ["/compare", () => ({ limit: 5000 }), (row) => [row.place]],
  function: ["/compare", () => ({ limit: 5000 }), (row) => [row.function]],
};

/**
 * A name, with names to choose from; of several, the last is being typed.
 * @param {{ id: string, name: string, value: string, kind: string, many: boolean, required: boolean }} props
 */
function Named({ id, name, value, kind, many, required }) {
  const [typed, setTyped] = useState(value);
  const [open, setOpen] = useState(false);
  useEffect(() => setTyped(value), [value]);
  const before = many ? (/^.*[、，,\s]/.exec(typed)?.[0] ?? "") : "";
  const [path, given, read] = SUGGESTED[kind];
  const asked = typed.slice(before.length).trim();
  const found = useAnswer(open && (asked || kind !== "task") ? path : null, given(asked));
  /** @type {Map<string, string | undefined>} */
  const options = new Map();
  for (const [option, what] of found.rows.map((row) => read(row))) if (option) options.set(option, what);
  return html`
    <input
      id=${id}
      name=${name}
      list=${`${id}-names`}
      value=${typed}
      size=${kind === "place" ? 12 : 20}
      required=${required}
      autocomplete="off"
      placeholder=${many ? "多个用顿号隔开" : undefined}
      onFocus=${() => setOpen(true)}
      onInput=${(/** @type {FieldEvent} */ event) => setTyped(event.target.value)}
    />
    <datalist id=${`${id}-names`}>${[...options].map(([option, what]) => html`<option value=${before + option}>${what}</option>`)}</datalist>
  `;
}
