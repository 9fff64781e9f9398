// A table that sorts, filters, and draws only the rows near the window, however many there are.

import { useTotal } from "./api.js";
import { Empty, Explained, usePrinting } from "./parts.js";
import { html, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "./vendor/preact.js";
import * as T from "./vendor/table.js";
import { number } from "./words.js";

const FEATURES = T.tableFeatures({
  ...T.coreFeatures,
  coreReactivityFeature: T.storeReactivityBindings(),
  columnFilteringFeature: T.columnFilteringFeature,
  rowSortingFeature: T.rowSortingFeature,
  coreRowModel: T.createCoreRowModel(),
  filteredRowModel: T.createFilteredRowModel(),
  sortedRowModel: T.createSortedRowModel(),
  filterFns: {
    holds: (row, id, words) =>
      words.every((word) =>
        String(row.getValue(id) ?? "")
          .toLowerCase()
          .includes(word),
      ),
  },
  sortFns: { chinese: (a, b, id) => compare(a.getValue(id), b.getValue(id)) },
});
/** @type {Answered<object>} */
const WHOLE = { url: "", body: null, rows: [], truncated: false, state: "ready", again: () => {} };
const VIRTUAL = 150; // from so many rows on, only those near the window are drawn
const CHINESE = new Intl.Collator("zh-CN", { numeric: true });

/**
 * @param {any} a value of a cell
 * @param {any} b
 */
function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (!a || !b) return a ? -1 : b ? 1 : 0; // what is not said comes last
  return CHINESE.compare(a, b);
}

/** @type {(column: { numeric?: boolean, pinned?: boolean }) => string} */
const classOf = ({ numeric, pinned }) => [numeric && "numeric", pinned && "pinned"].filter(Boolean).join(" ");

/**
 * `caption` names the table for who listens; without `filter` there is no box to filter by words. `of`: the answer whose rows these
 * are, which may have more. `most` rows stand on a page of it, on paper all.
 * @template Row
 * @param {{
 *   columns: Column<Row>[], rows: Row[], caption: string, rowKey?: (row: Row, index: number) => string,
 *   filter?: boolean, of?: Answered<object>, sorting?: T.Sorting[], empty?: string, most?: number,
 * }} props
 */
export function DataTable({
  columns,
  rows,
  caption,
  rowKey,
  filter = true,
  of = WHOLE,
  sorting = [],
  empty = "没有符合条件的行。",
  most = Number.POSITIVE_INFINITY,
}) {
  const [leaf, setLeaf] = useState(0);
  const printing = usePrinting();
  const [sorted, setSorted] = useState(sorting);
  const [words, setWords] = useState("");
  const total = useTotal(of);
  const held = of.truncated
    ? `前 ${number(rows.length)} 行${total === null ? "" : `，共 ${number(total)} 行`}`
    : `共 ${number(rows.length)} 行`;
  const table = useMemo(
    () =>
      T.constructTable({
        features: FEATURES,
        data: rows,
        columns: [
          ...columns.map((c) => ({ id: c.id, accessorFn: c.value, sortFn: "chinese" })),
          { id: "*", accessorFn: (row) => columns.map((c) => c.value(row) ?? "").join("\n"), filterFn: "holds" },
        ],
        initialState: { sorting: sorted, columnFilters: [] },
      }),
    [rows, columns],
  );
  const shown = useMemo(() => {
    table.setSorting(sorted);
    const asked = words.toLowerCase().split(/\s+/).filter(Boolean);
    table.setColumnFilters(asked.length ? [{ id: "*", value: asked }] : []);
    return table.getRowModel().rows.map((row) => row.original);
  }, [table, sorted, words]);
  useEffect(() => setLeaf(0), [shown]);
  const leaves = printing ? 1 : Math.max(1, Math.ceil(shown.length / most));
  const first = leaves > 1 ? Math.min(leaf, leaves - 1) * most : 0;
  const leafed = leaves > 1 ? shown.slice(first, first + most) : shown;
  const sort = (/** @type {string} */ id) => {
    const now = sorted[0]?.id === id ? sorted[0] : null;
    setSorted(!now ? [{ id, desc: false }] : now.desc ? [] : [{ id, desc: true }]);
  };
  return html`<div class="datatable">
    ${
      filter &&
      rows.length > 5 &&
      html`<div class="filter">
      <input type="search" placeholder="在表中筛选" aria-label=${`在“${caption}”中筛选`} value=${words} onInput=${(/** @type {FieldEvent} */ event) => setWords(event.target.value)} />
      <span role="status">${shown.length === rows.length ? held : `显示 ${number(shown.length)} 行，${held}（只筛这张表，不影响下载的文件）`}</span>
    </div>`
    }
    <table aria-rowcount=${shown.length + 1}>
      <caption class="unseen">${caption}</caption>
      <thead>
        <tr>
          ${columns.map((c) => {
            const order = sorted[0]?.id === c.id ? (sorted[0].desc ? "descending" : "ascending") : undefined;
            return html`<th scope="col" style=${c.width && { width: c.width }} class=${classOf(c)} aria-sort=${order}>
              <button onClick=${() => sort(c.id)}>${c.label}<span class="order" aria-hidden="true">${order === "ascending" ? "↑" : order ? "↓" : ""}</span></button>${c.about && html` <${Explained} of=${c.about} />`}
            </th>`;
          })}
        </tr>
      </thead>
      <${Body} columns=${columns} rows=${leafed} first=${first} rowKey=${rowKey} />
    </table>
    ${leaves > 1 && html`<${Leaves} caption=${caption} at=${first / most} count=${leaves} go=${setLeaf} />`}
    ${shown.length === 0 && html`<${Empty}>${empty}<//>`}
  </div>`;
}

/**
 * The way from one page of a table to another; its top comes into sight.
 * @param {{ caption: string, at: number, count: number, go: (leaf: number) => void }} props
 */
function Leaves({ caption, at, count, go }) {
  const nav = useRef(/** @type {HTMLElement | null} */ (null));
  const to = (/** @type {number} */ leaf) => {
    go(leaf);
    nav.current?.closest(".datatable")?.scrollIntoView();
  };
  return html`<nav class="leaves" aria-label=${`“${caption}”的分页`} ref=${nav}>
    <button disabled=${at === 0} onClick=${() => to(at - 1)}>上一页</button>
    <label>第 <select onChange=${(/** @type {SelectEvent} */ event) => to(Number(event.target.value))}>
      ${Array.from({ length: count }, (_, leaf) => html`<option value=${leaf} selected=${leaf === at}>${leaf + 1}</option>`)}
    </select> 页，共 ${number(count)} 页</label>
    <button disabled=${at === count - 1} onClick=${() => to(at + 1)}>下一页</button>
  </nav>`;
}

/**
 * `first`: how many rows stand on the pages before.
 * @template Row
 * @param {{ columns: Column<Row>[], rows: Row[], first: number, rowKey?: (row: Row, index: number) => string }} props
 */
function Body({ columns, rows, first, rowKey }) {
  const body = useRef(/** @type {HTMLElement | null} */ (null));
  const near = useNear(body, rows.length);
  const line = (/** @type {Row} */ row, /** @type {number} */ index) =>
    html`<tr key=${rowKey?.(row, index) ?? index} data-index=${index} aria-rowindex=${first + index + 2} ref=${near.measure}>
      ${columns.map((c) => html`<td data-label=${c.label} class=${classOf(c)}>${(c.cell ?? c.value)(row)}</td>`)}
    </tr>`;
  const gap = (/** @type {number} */ height) =>
    height > 0 &&
    html`<tr class="gap" aria-hidden="true" style=${{ height: `${height}px` }}><td colspan=${columns.length}></td></tr>`;
  return html`<tbody ref=${body}>
    ${gap(near.before)} ${near.indexes.map((index) => line(rows[index], index))} ${gap(near.after)}
  </tbody>`;
}

/**
 * Which of `count` rows to draw, and how high the others are, in pixels.
 * @param {{ current: HTMLElement | null }} body
 * @param {number} count
 */
function useNear(body, count) {
  const [, redraw] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const kept = useRef(/** @type {T.Virtualizer | null} */ (null));
  const options = {
    count,
    estimateSize: () => 64,
    overscan: 12,
    getScrollElement: () => window,
    scrollMargin: body.current ? body.current.getBoundingClientRect().top + scrollY : 0,
    scrollToFn: T.windowScroll,
    observeElementRect: T.observeWindowRect,
    observeElementOffset: T.observeWindowOffset,
    initialOffset: () => scrollY,
    initialRect: { width: innerWidth, height: innerHeight },
    onChange: () => redraw(undefined),
  };
  const printing = usePrinting();
  if (count > VIRTUAL) kept.current ??= new T.Virtualizer(options);
  const virtual = count > VIRTUAL && !printing ? kept.current : null;
  virtual?.setOptions(options);
  useEffect(() => virtual?._didMount(), [virtual]);
  useLayoutEffect(() => {
    virtual?._willUpdate();
  });
  if (!virtual) return { indexes: Array.from({ length: count }, (_, index) => index), before: 0, after: 0, measure: undefined };
  const items = virtual.getVirtualItems();
  const margin = options.scrollMargin;
  return {
    indexes: items.map((item) => item.index),
    before: items.length ? items[0].start - margin : 0,
    after: items.length ? virtual.getTotalSize() - (items[items.length - 1].end - margin) : 0,
    measure: (/** @type {Element | null} */ row) => row && virtual.measureElement(row),
  };
}
