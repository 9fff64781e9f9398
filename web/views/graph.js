// 关系图: who must do what, drawn. It begins with a question's answer, and grows where the reader opens a node.

import { address, ask, download, useAnswer, watch } from "../api.js";
import { Canvas } from "../canvas.js";
import { DataTable } from "../datatable.js";
import { agencyOf, count, cut, drawing, facts } from "../facts.js";
import { graphml } from "../graphml.js";
import { lines, total } from "../lines.js";
import { Answer, Choice, Empty, Failure, Panel, Source, useTitle } from "../parts.js";
import { change, to } from "../route.js";
import { NODE, ORIGIN, Side } from "../side.js";
import { html, useEffect, useMemo, useRef, useState } from "../vendor/preact.js";
import { BASIS, number, ROLE } from "../words.js";

/** @import { Handle, Layout } from "../canvas.js" */
/** @typedef {Record<string, string>} Chosen filters, each "" where there is none */
/**
 * @typedef {{
 *   path: "/ledger" | "/obligations" | "/tasks/joint-leads" | "/network/edges", places?: "/documents",
 *   given: (value: string, chosen: Chosen) => Given, keep?: (fact: Fact, id: string) => boolean,
 *   focus: (list: Fact[]) => GraphNode | null | undefined, title: (list: Fact[], value: string) => string,
 *   table: (value: string, chosen: Chosen) => string, filters: string[],
 * }} Question
 */
/** @typedef {{ urls: string[], rows: AboutTask[], short: { id: string, rows: number }[], problem?: Trouble }} Opened */

const MOST = 300; // nodes
const ROWS = 2000; // of an answer
/** @type {Opened} */
const NOTHING = { urls: [], rows: [], short: [] };
/** @type {Record<NodeKind, string>} */
const UNIT = { agency: "个机构", collective: "个统称", task: "项任务", document: "份文件" };

const KINDS = /** @type {NodeKind[]} */ (Object.keys(UNIT));

/**
 * What can be drawn: the query that is asked, which of its facts answer, and where the whole answer stands as a table. The places to
 * choose from are those of the answer's rows, or of the answer at `places`.
 * @type {Record<string, Question>}
 */
const QUESTIONS = {
  agency: {
    path: "/ledger",
    given: (agency, { place }) => ({ agency, place, limit: ROWS }),
    keep: (fact, id) => [fact.agency_id, fact.agency].includes(id),
    focus: (list) => list[0] && agencyOf(list[0]),
    title: (list) => `${list[0]?.agency ?? "这个机构"}的任务`,
    table: (id) => to("agency", id),
    filters: ["role", "basis", "place"],
  },
  document: {
    path: "/ledger",
    given: (document) => ({ document, limit: ROWS }),
    focus: () => null,
    title: (list) => `${list[0]?.document ?? "文件"}：任务分工`,
    table: (id) => to("document", id),
    filters: ["role", "basis"],
  },
  function: {
    path: "/obligations",
    given: (name, { role, basis, place }) => ({ function: name, role, basis, place, limit: ROWS }),
    focus: () => null,
    title: (_, name) => `各地${name}的任务`,
    table: (name) => to("function", name),
    filters: ["role", "basis", "place"],
  },
  joint: {
    path: "/tasks/joint-leads",
    given: (_, { basis, place }) => ({ basis, place, limit: ROWS }),
    focus: () => null,
    title: () => "联合牵头的任务",
    table: (_, { place }) => to("ask", "joint-leads", { place }),
    filters: ["place"],
  },
  network: {
    path: "/network/edges",
    places: "/documents",
    given: (_, { basis, place, min }) => ({ basis, place, min_tasks: min }),
    focus: () => null,
    title: () => "共同承担任务的机构",
    table: (_, { place }) => to("ask", "responsibility-edges", { place }),
    filters: ["place", "min"],
  },
};

/** @param {{ route: Route }} props */
export default function Graph({ route }) {
  const name = Object.keys(QUESTIONS).find((known) => route.params.get(known));
  return name
    ? html`<${Drawn} key=${`${name} ${route.params.get(name)}`} name=${name} params=${route.params} />`
    : html`<${Questions} />`;
}

/** @param {{ name: string, params: URLSearchParams }} props */
function Drawn({ name, params }) {
  const question = QUESTIONS[name];
  const value = params.get(name) ?? "";
  const chosen = Object.fromEntries(
    ["role", "basis", "place", "min", "layout", "select"].map((filter) => [filter, params.get(filter) ?? ""]),
  );
  if (!question.filters.includes("basis")) chosen.basis ||= "clause"; // what the query takes where nothing is said
  const open = params.getAll("open").filter((id) => /^(agency|task|document):./.test(id));
  const answer = useAnswer(question.path, question.given(value, chosen));
  const more = useOpened(open, name === "function" ? "" : chosen.place); // there the place is the unit's, not the document's
  const canvas = useRef(/** @type {Handle | null} */ (null));
  const side = useRef(/** @type {HTMLElement | null} */ (null));

  /** @type {Api.ResponsibilityEdgesRow[]} */
  const pairs = useMemo(() => (name === "network" ? /** @type {any} */ (answer.rows) : []), [answer.body]);
  /** @type {Fact[]} */
  const all = useMemo(() => (name === "network" ? [] : facts(/** @type {AboutTask[]} */ (answer.rows))), [answer.body]);
  const asked = useMemo(() => all.filter((fact) => question.keep?.(fact, value) ?? true), [all]);
  const focus = question.focus(asked);
  const drawn = useMemo(() => {
    const wanted = (/** @type {Fact} */ fact) =>
      (!chosen.role || fact.role === chosen.role) && (!chosen.basis || fact.basis === chosen.basis);
    const known = [...all, ...facts(more.rows)].filter(wanted);
    return cut(drawing({ focus, asked: asked.filter(wanted), known, open, pairs }), [focus?.id, ...open], MOST);
  }, [pairs, all, more.rows, chosen.role, chosen.basis, open.join()]);

  const unnamed = name === "document" ? answer.rows.length - new Set(asked.map((fact) => fact.task_id)).size : 0;
  const title = question.title(asked, value);
  useTitle(title);
  const counts = count(drawn.nodes);
  /** @type {Layout} */
  const layout =
    chosen.layout === "layers" || chosen.layout === "force" ? chosen.layout : name === "network" ? "force" : "layers";
  const select = (/** @type {string | null} */ id) => change({ select: id }, true);
  const reveal = (/** @type {string} */ id) => {
    select(id);
    canvas.current?.show(id);
  };
  const revealInList = (/** @type {string} */ id) => {
    reveal(id);
    side.current?.scrollIntoView({ block: "nearest" });
  };
  const toggle = (/** @type {string} */ id) =>
    change({ open: open.includes(id) ? open.filter((other) => other !== id) : [...open, id], select: id });
  const said = (/** @type {Partial<Record<NodeKind, number>>} */ of) =>
    KINDS.filter((kind) => of[kind])
      .map((kind) => `${number(of[kind])} ${UNIT[kind]}`)
      .join("、");
  const origins = drawn.edges.filter((edge) => edge.kind === "HAS_TASK").length;
  const table = question.table(value, chosen);

  return html`
    <div class="head">
      <div>
        <h1>${title}</h1>
        <p class="about"><a href=${to("graph")}>换一个问题</a> · <a href=${table}>看成表格</a></p>
      </div>
    </div>
    <${Filters} question=${question} value=${value} chosen=${chosen} layout=${layout} />
    <${Answer} of=${answer} lines=${12} whole=${false} empty=${name === "network" ? "没有共同承担任务的机构。" : "没有写明责任单位的任务。"}>
      ${() =>
        drawn.edges.length === 0
          ? html`<${Empty}>没有符合筛选条件的关系。<a href=${to("graph", "", { [name]: value })}>清除筛选</a><//>`
          : html`<div class="drawing">
              <section class="panel" aria-labelledby="drawn">
                <h2 id="drawn" class="unseen">图</h2>
                <div class="tools">
                  <p role="status">画出 ${said(counts)}，${number(drawn.edges.length)} 条关系${origins > 0 && `（其中 ${number(origins)} 条是“${ORIGIN}”）`}。 ${[answer.url, ...more.urls].map((url) => html`<${Source} url=${url} /> `)}</p>
                  <${Tools} canvas=${canvas} drawn=${drawn} title=${title} />
                </div>
                ${answer.truncated && html`<p class="note">接口只给出前 ${number(answer.rows.length)} 行，其余没有画出。<a href=${table}>全部见表格</a>，或用上面的条件缩小范围。</p>`}
                ${more.short.map(({ id, rows }) => html`<p class="note">展开的“${drawn.nodes.find((node) => node.id === id)?.name ?? id}”任务太多，接口只给出前 ${number(rows)} 项，其余没有画出。</p>`)}
                ${
                  drawn.left.length > 0 &&
                  html`<p class="note">另有 ${said(count(drawn.left))}未画出：最多画 ${MOST} 个，先画联系多的。<a href=${table}>全部见表格</a>，或用上面的条件缩小范围。</p>`
                }
                ${unnamed > 0 && html`<p class="note">另有 ${number(unnamed)} 项任务没有写明责任单位，未画出，<a href=${table}>见文件</a>。</p>`}
                <${Canvas}
                  ...${{ nodes: drawn.nodes, edges: drawn.edges, layout, handle: canvas, selected: chosen.select || null }}
                  focus=${focus?.id}
                  label=${`${title}的关系图。方向键移动，加减号缩放，0 看全图；图中内容也在下面的列表里，可以逐条选取。`}
                  onSelect=${select}
                  onOpen=${toggle}
                />
                <${Legend} kinds=${new Set([...drawn.nodes, ...drawn.edges].map((one) => one.kind))} />
              </section>
              <${Side} place=${side} drawn=${drawn} id=${chosen.select} open=${open} onOpen=${toggle} onSelect=${reveal} chosen=${chosen} url=${answer.url} />
              ${more.problem && html`<${Failure} problem=${more.problem} />`}
            </div>
            <${List} drawn=${drawn} onSelect=${revealInList} />`}
    <//>
  `;
}

/**
 * The rows about the nodes that the reader has opened, of documents for this place. `short`: the nodes with more rows than these.
 * @param {string[]} open ids of nodes
 * @param {string} place
 */
function useOpened(open, place) {
  const [found, setFound] = useState(NOTHING);
  const [turn, setTurn] = useState(0);
  useEffect(() => watch((what) => what === "forgotten" && setTurn((n) => n + 1)), []);
  useEffect(() => {
    let wanted = true;
    const urls = open.map((id) => {
      const [kind, of] = id.split(/:(.*)/s);
      return kind === "task" ? address("/tasks/{task}", { task: of }) : address("/ledger", { [kind]: of, place, limit: ROWS });
    });
    Promise.all(urls.map(ask)).then(
      (bodies) => {
        const short = bodies.flatMap(({ rows, truncated }, index) =>
          truncated ? [{ id: open[index], rows: rows.length }] : [],
        );
        if (wanted) setFound({ urls, rows: bodies.flatMap((body) => body.rows), short });
      },
      (problem) => wanted && setFound({ ...NOTHING, problem }),
    );
    return () => {
      wanted = false;
    };
  }, [open.join("\n"), place, turn]);
  return found;
}

/** @param {{ question: Question, value: string, chosen: Chosen, layout: Layout }} props */
function Filters({ question, value, chosen, layout }) {
  const has = (/** @type {string} */ filter) => question.filters.includes(filter);
  const all = useAnswer(
    has("place") ? (question.places ?? question.path) : null,
    question.places ? { limit: ROWS } : question.given(value, { ...chosen, place: "" }),
  );
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const row of all.rows) if ("place" in row && row.place_code && row.place) names.set(row.place_code, row.place);
  const namesakes = (/** @type {string} */ name) => [...names.values()].filter((other) => other === name).length;
  const places = [...names].toSorted().map(([code, name]) => [code, namesakes(name) > 1 ? `${name}（${code}）` : name]);
  const options = (/** @type {Record<string, string>} */ words) => Object.entries(words);
  return html`<div class="filters">
    ${has("role") && html`<${Choice} label="责任" name="role" value=${chosen.role} options=${options(ROLE)} />`}
    <${Choice} label="依据类型" name="basis" value=${chosen.basis} options=${options(BASIS)} all=${has("basis") ? "全部" : null} />
    ${has("place") && (places.length > 1 || chosen.place) && html`<${Choice} label="地区" name="place" value=${chosen.place} options=${places} />`}
    ${!has("min") && html`<${Choice} label="排列" name="layout" value=${layout} options=${[["layers", "分层"], ["force", "力导"]]} all=${null} />`}
    ${has("min") && html`<${Choice} label="共同任务" name="min" value=${chosen.min} options=${["2", "3", "5", "10"].map((n) => [n, `至少 ${n} 项`])} all="至少 1 项" />`}
  </div>`;
}

/** @param {{ canvas: { current: Handle | null }, drawn: Drawn, title: string }} props */
function Tools({ canvas, drawn, title }) {
  /** @type {Record<string, (drawing: Handle) => Blob | Promise<Blob>>} */
  const write = {
    PNG: (drawing) => drawing.png(),
    SVG: (drawing) => new Blob([drawing.svg()], { type: "image/svg+xml" }),
    GraphML: () => new Blob([graphml(drawn)], { type: "application/graphml+xml" }),
  };
  const save = async (/** @type {string} */ form) => {
    if (canvas.current) download(await write[form](canvas.current), `${title}.${form.toLowerCase()}`);
  };
  return html`<div class="buttons">
    <button aria-label="放大" onClick=${() => canvas.current?.zoom(1.3)}>＋</button>
    <button aria-label="缩小" onClick=${() => canvas.current?.zoom(1 / 1.3)}>－</button>
    <button onClick=${() => canvas.current?.fit()}>全图</button>
    ${Object.keys(write).map(
      (form) => html`<button aria-label=${`下载为 ${form}`} onClick=${() => save(form)}>${form}</button>`,
    )}
  </div>`;
}

/**
 * What the shapes and lines mean, of those that are drawn.
 * @param {{ kinds: Set<string> }} props
 */
function Legend({ kinds }) {
  const line = (/** @type {object} */ style, /** @type {unknown} */ arrow = undefined) =>
    html`<svg width="40" height="12" aria-hidden="true"><line x1="0" y1="6" x2=${arrow ? 30 : 40} y2="6" ...${style} />${arrow}</svg>`;
  const head = (/** @type {string} */ fill, /** @type {string} */ stroke) =>
    html`<path d="M30 1 L39 6 L30 11 Z" fill=${fill} stroke=${stroke} stroke-width="1.4" />`;
  /** @type {Record<string, [sign: unknown, said: string]>} */
  const lines = {
    LEADS: [
      line({ stroke: "var(--leads)", "stroke-width": 3 }, head("var(--leads)", "var(--leads)")),
      "牵头（粗实线，实心箭头）",
    ],
    PARTICIPATES: [
      line(
        { stroke: "var(--participates)", "stroke-width": 1.6, "stroke-dasharray": "5 3" },
        head("none", "var(--participates)"),
      ),
      "配合（细虚线，空心箭头）",
    ],
    HAS_TASK: [line({ stroke: "var(--soft)", "stroke-width": 0.8 }), `${ORIGIN}（细线）`],
    SHARES: [line({ stroke: "var(--soft)", "stroke-width": 4 }), "共同承担任务，数字为项数，越粗越多"],
  };
  return html`<ul class="inline key" aria-label="图例">
    ${Object.keys(NODE).map((kind) => kinds.has(kind) && html`<li><span class=${`shape ${kind}`} aria-hidden="true"></span>${NODE[kind]}</li>`)}
    ${Object.entries(lines).map(([kind, [sign, said]]) => kinds.has(kind) && html`<li>${sign} ${said}</li>`)}
  </ul>`;
}

/**
 * The same as a list, for the keyboard and for who listens.
 * @param {{ drawn: Drawn, onSelect: (id: string) => void }} props
 */
function List({ drawn, onSelect }) {
  const [shown, setShown] = useState(false);
  const names = useMemo(
    () => new Map(drawn.nodes.map((node) => [node.id, [node.number, node.name].filter(Boolean).join(" ")])),
    [drawn],
  );
  const rows = useMemo(
    () => drawn.edges.toSorted((a, b) => Number(a.kind === "HAS_TASK") - Number(b.kind === "HAS_TASK")),
    [drawn],
  );
  /** @type {Column<GraphEdge>[]} */
  const columns = useMemo(() => {
    /** @type {Record<string, string>} */
    const kinds = { ...ROLE, HAS_TASK: ORIGIN, SHARES: "共同承担任务" };
    const node = (/** @type {"source" | "target"} */ end) => (/** @type {GraphEdge} */ edge) =>
      html`<button class="text" onClick=${() => onSelect(edge[end])}>${names.get(edge[end])}</button>`;
    return [
      { id: "source", label: "谁", value: (edge) => names.get(edge.source), cell: node("source"), width: "30%" },
      {
        id: "kind",
        label: "关系",
        value: (edge) => kinds[edge.kind],
        cell: (edge) =>
          html`<button class="text" onClick=${() => onSelect(edge.id)}>${kinds[edge.kind]}${edge.pair ? ` ${edge.pair.tasks} 项` : ""}</button>`,
        width: "8rem",
      },
      { id: "basis", label: "依据类型", value: (edge) => BASIS[edge.fact?.basis ?? ""] ?? "", width: "7rem" },
      { id: "target", label: "什么", value: (edge) => names.get(edge.target), cell: node("target") },
    ];
  }, [names]);
  return html`<details class="panel" open=${shown} onToggle=${(/** @type {Event & { target: HTMLDetailsElement }} */ event) => setShown(event.target.open)}>
    <summary>以列表显示图中的关系</summary>
    ${shown && html`<${DataTable} caption="图中的关系" columns=${columns} rows=${rows} rowKey=${(/** @type {GraphEdge} */ edge) => edge.id} />`}
  </details>`;
}

// Without a question

const FIRST = 6;

function Questions() {
  useTitle("关系图");
  const busiest = useAnswer("/workload", { limit: FIRST });
  const documents = useAnswer("/documents");
  const matrix = useAnswer("/compare", { collective: false });
  const joint = useAnswer("/tasks/joint-leads");
  const pairs = useAnswer("/network/edges", { min_tasks: 2 });
  const item = (/** @type {string} */ href, /** @type {string} */ name, /** @type {string} */ said) =>
    html`<li><a href=${href}>${name}</a> <span class="said">${said}</span></li>`;
  return html`
    <h1>关系图</h1>
    <p class="about">从一个问题的答案画起，再点开想看的机构、任务和文件。</p>
    <${Answer} of=${documents} lines=${10}>
      ${(/** @type {Api.DocumentsRow[]} */ rows) => html`<div class="panels">
        <${Panel} title="一个机构有哪些任务？" answer=${busiest}>
          <${Answer} of=${busiest} whole=${false} empty="还没有写明责任单位的任务。">
            ${(/** @type {Api.WorkloadRankingRow[]} */ ranked) =>
              html`<ul class="plain lines">
                  ${ranked.map((row) => item(to("graph", "", { agency: row.agency_id }), row.agency, `牵头 ${row.leads}，配合 ${row.participates}`))}
                </ul>
                <p><a href=${to("agency")}>全部机构</a></p>`}
          <//>
        <//>
        <${Panel} title="一份文件的任务怎样分工？" answer=${documents}>
          <ul class="plain lines facts">
            ${rows.map((row) => item(to("graph", "", { document: row.document_id }), row.document ?? row.document_id, `任务 ${row.tasks}`))}
          </ul>
        <//>
        <div>
          <${Panel} title="同一条线，各地有哪些任务？" answer=${matrix}>
            <${Answer} of=${matrix} whole=${false} empty="还没有写明责任单位的任务。">
              ${(/** @type {Api.ComparePlacesRow[]} */ rows) =>
                html`<ul class="plain lines">
                  ${lines(rows)
                    .slice(0, FIRST)
                    .map(([name, of]) =>
                      item(to("graph", "", { function: name }), name, `${of.length} 个地区，${number(total(of))} 项任务`),
                    )}
                </ul>`}
            <//>
          <//>
          <${Panel} title="谁和谁一起承担任务？">
            <ul class="plain lines">
              <li>
                <a href=${to("graph", "", { joint: 1 })}>联合牵头的任务</a>
                <span class="said">${joint.state === "ready" && `${number(joint.rows.length)}${joint.truncated ? " 项以上" : " 项"}`} <${Source} url=${joint.url} /></span>
              </li>
              <li>
                <a href=${to("graph", "", { network: 1, min: 2 })}>共同承担至少 2 项任务的机构</a>
                <span class="said">${pairs.state === "ready" && `${number(pairs.rows.length)}${pairs.truncated ? " 对以上" : " 对"}`} <${Source} url=${pairs.url} /></span>
              </li>
            </ul>
          <//>
        </div>
      </div>`}
    <//>
  `;
}
