// 文件: the documents, and the text of one with every fact marked in its place. The service cuts the text; here nothing is counted
// in characters, but for a place named in the address.

import { useAnswer } from "../api.js";
import { Fact, MARKS, markOf, said } from "../cards.js";
import { Acts, Said, State, useDesk } from "../check.js";
import { DataTable } from "../datatable.js";
import { Deciding } from "../deciding.js";
import { former } from "../editions.js";
import { FILE } from "../files.js";
import { Answer, Choice, Deadlines, Download, Panel, Reviewed, Source, useTitle } from "../parts.js";
import { covers, cutIntoBlocks, hint, span } from "../passages.js";
import { Made, usePicked } from "../picking.js";
import { Changed, hasChanged, OfSelection, placeOf, pointed } from "../quoting.js";
import { change, changed, here, to } from "../route.js";
import { html, useEffect, useLayoutEffect, useMemo, useRef } from "../vendor/preact.js";
import { day, LEVEL, number, REVIEW } from "../words.js";

/** @typedef {Api.TextAnswer} Body */
/** @typedef {Api.TextFact} Told */
/** @import { BlockOfText, Span } from "../passages.js" */

/** @param {{ route: Route }} props */
export default function View({ route }) {
  return route.id ? html`<${Evidence} key=${route.id} route=${route} />` : html`<${List} params=${route.params} />`;
}

// All documents

/** @type {Column<Api.DocumentsRow>[]} */
const COLUMNS = [
  ...FILE,
  { id: "review", label: "核对", width: "5.5rem", value: (row) => REVIEW[row.review] },
  { id: "cites", label: "引用", width: "4.5rem", numeric: true, value: (row) => row.cites.length },
  {
    id: "due",
    label: "总时限",
    width: "10.5rem",
    value: (row) => row.deadlines[0]?.due_on,
    cell: (row) => html`<${Deadlines} deadlines=${row.deadlines} document=${row.document_id} />`,
  },
];

/** @param {{ params: URLSearchParams }} props */
function List({ params }) {
  useTitle("文件");
  const level = params.get("level") ?? "";
  const review = params.get("review") ?? "";
  const answer = useAnswer("/documents", { level, review, limit: 5000 });
  return html`
    <div class="head"><h1>文件</h1><${Download} url=${answer.url} /></div>
    <div class="filters">
      <${Choice} label="级别" name="level" value=${level} options=${["nation", "province", "city", "county"].map((l) => [l, LEVEL[l]])} />
      <${Choice} label="核对" name="review" value=${review} options=${Object.entries(REVIEW)} />
    </div>
    <${Panel} title="已载入的文件" answer=${answer}>
      <${Answer} of=${answer} lines=${6} empty="没有这样的文件。">
        ${(/** @type {Api.DocumentsRow[]} */ rows) => html`<${Reviewed} of=${answer} /><${DataTable} columns=${COLUMNS} rows=${rows} caption="文件" rowKey=${(/** @type {Api.DocumentsRow} */ row) => row.document_id} />`}
      <//>
    <//>
  `;
}

// One document

const WIDE = matchMedia("(min-width: 1081px)"); // room for the tasks beside the text

/** @param {{ route: Route }} props */
function Evidence({ route }) {
  const answer = useAnswer("/documents/{document}/text", { document: route.id });
  useTitle(answer.body?.document ?? "文件");
  return html`<${Answer} of=${answer} lines=${12}>${() => html`<${Reader} body=${answer.body} url=${answer.url} params=${route.params} />`}<//>`;
}

/** @param {{ body: Body, url: string, params: URLSearchParams }} props */
function Reader({ body, url, params }) {
  const pointer = useMemo(() => pointed(body.paragraphs, params), [body, params.get("at"), params.get("words")]);
  const at = pointer?.now?.at ?? null;
  const place = at?.join("-") ?? null;
  const task = params.get("task");
  const all = params.get("show") === "residue"; // what is explained is marked only if asked for
  const hidden = params.getAll("hide");
  const told = at
    ? body.facts.filter((fact) => covers(fact, at))
    : task
      ? body.facts.filter((fact) => fact.kind === "task" && fact.id === task)
      : [];
  const tasks = body.facts.filter((fact) => fact.kind === "task");
  const around = at ? tasks.filter((one) => one.start <= at[0] && at[1] <= one.end) : [];
  const current = around.length > 0 ? around.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a)).id : task;
  const counts = useMemo(
    () =>
      Object.fromEntries(Object.keys(MARKS).map((kind) => [kind, body.facts.filter((fact) => markOf(fact) === kind).length])),
    [body],
  );
  const text = useRef(/** @type {HTMLElement | null} */ (null));
  const desk = useDesk(body, told);
  const [picked, unpick] = usePicked(text);
  useLayoutEffect(() => {
    const found = text.current?.querySelector(".at") ?? text.current?.querySelector("[data-task-start].current");
    found?.scrollIntoView({ block: "center" });
    // A form that a key has opened by now has the focus: Enter is meant for it.
    if (!document.activeElement?.closest("form.deciding")) found?.closest("a")?.focus({ preventScroll: true });
  }, [body.document_id, place, task]);
  useEffect(unpick, [place, task]);
  const close = () => change({ at: null, words: null, task: null });
  useEffect(() => {
    const escaped = (/** @type {KeyboardEvent} */ event) => {
      const now = here().params; // the address is ahead of what is drawn
      if (event.key !== "Escape" || document.querySelector("form.deciding")) return; // that is closed first
      unpick();
      if (now.has("at") || now.has("task")) close();
    };
    addEventListener("keydown", escaped);
    return () => removeEventListener("keydown", escaped);
  }, []);
  return html`
    <div class="head">
      <div>
        <h1>${body.document ?? body.document_id}</h1>
        <p class="about">
          ${[body.doc_number, body.issuers?.join("、"), body.issued_on && `${day(body.issued_on)}成文`, body.place].filter(Boolean).join(" · ")}
        </p>
      </div>
      <p class="actions">
        <a class="button" href=${to("graph", "", { document: body.document_id })}>关系图</a>
        <a class="button" href=${to("ledger", "", { document: body.document_id })}>责任清单</a>
        <a class="button" href=${to("ask", "citing-documents", { cited: body.document_id })}>谁引用它</a>
        <${Former} body=${body} />
        <${Source} url=${url} />
      </p>
    </div>
    <${State} desk=${desk} body=${body} />
    <div class="reader">
      <details class="outline panel" open=${WIDE.matches}>
        <summary>任务 <span class="count">${number(tasks.length)}</span></summary>
        <${Outline} tasks=${tasks} current=${current} />
      </details>
      <article class=${["text", "panel", ...hidden.map((kind) => `hide-${kind}`)].join(" ")} ref=${text} aria-label="原文">
        <${Legend} counts=${counts} hidden=${hidden} all=${all} />
        <${Text} body=${body} at=${place} task=${task} hidden=${hidden.join()} all=${all} />
        <p class="note">原文出自 ${body.source}，共 ${number(body.end - body.start)} 字。</p>
      </article>
      <aside class=${`told panel ${told.length === 0 && !desk.entry && !picked && !desk.said && !hasChanged(pointer) ? "nothing" : ""}`} aria-live="polite" aria-labelledby="told">
        <h2 id="told">标注</h2>
        <${Changed} of=${pointer} />
        <${Said} desk=${desk} />
        ${desk.entry && html`<${Deciding} key=${JSON.stringify(desk.entry)} entry=${desk.entry} revision=${body.revision} save=${desk.save} done=${desk.done} close=${desk.close} />`}
        ${
          picked &&
          desk.allowed &&
          !desk.entry &&
          html`<${Made} picked=${picked} body=${body} open=${(/** @type {import("../decide.js").Entry} */ entry) => {
            unpick();
            desk.open(entry);
          }} close=${unpick} />`
        }
        ${told.map(
          (fact) =>
            html`<${Fact} key=${`${fact.kind} ${fact.id} ${fact.start} ${fact.task_id}`} fact=${fact} body=${body}><${Acts} desk=${desk} fact=${fact} body=${body} /><//>`,
        )}
        ${told.length === 0 && !desk.entry && !hasChanged(pointer) && html`<p class="note">${hint(params.get("at"), at, body)}</p>`}
        ${(told.length > 0 || hasChanged(pointer)) && html`<p><button onClick=${close}>关闭</button></p>`}
      </aside>
    </div>
    ${!desk.allowed && html`<${OfSelection} body=${body} text=${text} />`}
  `;
}

/** @param {{ counts: Record<string, number>, hidden: string[], all: boolean }} props */
const Legend = ({ counts, hidden, all }) =>
  html`<fieldset class="marks">
    <legend class="unseen">显示哪些标注</legend>
    ${Object.entries(MARKS).map(
      ([kind, said]) => html`<label>
        <input
          type="checkbox"
          checked=${kind === "residue" ? all : !hidden.includes(kind)}
          disabled=${counts[kind] === 0}
          onChange=${(/** @type {FieldEvent} */ event) => change(kind === "residue" ? { show: event.target.checked ? kind : null } : { hide: event.target.checked ? hidden.filter((k) => k !== kind) : [...hidden, kind] }, true)}
        />
        <span class=${`fact ${kind}`}>${said}</span> <span class="count">${number(counts[kind])}</span>
      </label>`,
    )}
  </fieldset>`;

/** @param {{ tasks: Told[], current: string | null }} props */
const Outline = ({ tasks, current }) =>
  html`<ol>
    ${tasks.map(
      (task) => html`<li>
        <a href=${changed({ task: task.id, at: null, words: null })} aria-current=${task.id === current ? "true" : undefined}>
          ${task.task_number && html`<span class="number">${task.task_number}</span> `}${task.name ?? "（无标题）"}
        </a>
      </li>`,
    )}
  </ol>`;

// The text: blocks of paragraphs, each drawn anew only if what the address names lies in it

/** @param {{ body: Body, at: string | null, task: string | null, hidden: string, all: boolean }} props */
function Text({ body, at, task, hidden, all }) {
  const asked = span(at);
  const blocks = useMemo(() => cutIntoBlocks(body.paragraphs), [body]);
  return blocks.map((block) => {
    const within = asked && asked[0] < block.end && asked[1] > block.start;
    return html`<${Block} key=${block.start} block=${block} body=${body} at=${within ? at : null} current=${block.task !== null && block.task === task} hidden=${hidden} all=${all} />`;
  });
}

/** @param {{ block: BlockOfText, body: Body, at: string | null, current: boolean, hidden: string, all: boolean }} props */
const Block = ({ block, body, at, current, hidden, all }) =>
  useMemo(
    () => html`<div class=${`block ${block.task ? "of-task" : ""} ${current ? "current" : ""}`} data-task-start=${block.starts ? block.task : undefined}>
      ${block.paragraphs.map((paragraph) => html`<${Paragraph} paragraph=${paragraph} body=${body} at=${span(at)} all=${all} />`)}
    </div>`,
    [block, body, at, current, hidden, all], // what is hidden stands in the links
  );

/** @param {{ paragraph: Api.Paragraph, body: Body, at: Span | null, all: boolean }} props */
function Paragraph({ paragraph, body, at, all }) {
  const inside = paragraph.segments.map((segment) => html`<${Segment} segment=${segment} body=${body} at=${at} all=${all} />`);
  return html`${paragraph.page && html`<span class="page">第 ${paragraph.page} 页</span>`}
    ${paragraph.sheet && html`<span class="page">表「${paragraph.sheet}」</span>`}
    ${paragraph.recognised && inside.length > 0 && html`<span class="recognised">识别文字</span>`}
    ${
      paragraph.heading
        ? html`<p data-start=${paragraph.start} class=${`heading level-${paragraph.heading}`} role="heading" aria-level=${Math.min(paragraph.heading + 1, 6)}>${inside}</p>`
        : inside.length > 0 && html`<p data-start=${paragraph.start}>${inside}</p>`
    }`;
}

/**
 * Words with the same facts. A mark is a link to its own place, so that it can be shared.
 * @param {{ segment: Api.Segment, body: Body, at: Span | null, all: boolean }} props
 */
function Segment({ segment, body, at, all }) {
  const marked = (/** @type {Told} */ fact) => MARKS[markOf(fact)] && (all || markOf(fact) !== "residue");
  const facts = segment.facts.map((index) => body.facts[index]).filter(marked);
  const words = at && at[0] < segment.end && at[1] > segment.start ? cut(segment, at) : segment.text;
  const inner = segment.doubtful ? html`<span class="doubtful" title="识别可能有误">${words}</span>` : words;
  const clause = segment.clause ? "clause" : "";
  if (facts.length === 0) return clause ? html`<span class=${clause}>${inner}</span>` : inner;
  const fact = facts.reduce((one, other) => (other.end - other.start < one.end - one.start ? other : one));
  const kinds = [...new Set(facts.map(markOf))];
  return html`<a
    class=${`fact ${kinds.join(" ")} ${clause} ${facts.some((f) => f.confirmed) ? "confirmed" : ""}`}
    draggable=${false}
    href=${changed(placeOf(fact))}
    title=${facts.map((f) => `${MARKS[markOf(f)]}：${said(f)}`).join("\n")}
    >${inner}</a
  >`;
}

/**
 * The part of a segment that the address names is marked; by code points, as the service counts.
 * @param {Api.Segment} segment
 * @param {Span} at
 */
function cut(segment, [start, end]) {
  const characters = Array.from(segment.text);
  const [from, until] = [Math.max(0, start - segment.start), Math.min(characters.length, end - segment.start)];
  const part = (/** @type {number} */ a, /** @type {number | undefined} */ b = undefined) => characters.slice(a, b).join("");
  return html`${part(0, from)}<span class="at">${part(from, until)}</span>${part(until)}`;
}

/**
 * To what changed since the edition before, if one is held.
 * @param {{ body: Body }} props
 */
function Former({ body }) {
  const known = body.place_code !== null && body.year !== null;
  const held = useAnswer(known && "/documents", { place: body.place_code, limit: 5000 });
  const last = former(body, held.rows);
  if (!last) return null;
  const given = { document: body.document_id, former: last.document_id };
  return html`<a class="button" href=${to("ask", "changes", given)}>与${last.year}年比较</a>`;
}
