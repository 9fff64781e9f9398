// What falls due, by month: bars, and the days of one month.

import { Chart, Plot } from "./chart.js";
import { later, spanSaid, spansOf, tick, within } from "./months.js";
import { Choice } from "./parts.js";
import { changed, to } from "./route.js";
import { html } from "./vendor/preact.js";
import { day, LIGHT } from "./words.js";

/** @typedef {Api.DeadlineBoardRow} Due */
/** @typedef {Due & { due_on: string }} DueOn a day */

/** The lights of what has a day. */
export const DATED = ["red", "yellow", "green", "done"];
/** @type {Record<string, string>} */
const SHAPE = { red: "■", yellow: "▲", green: "●" };

// Months shown before and after that of the reference day
const BEFORE = 6;
const AFTER = 24;

/**
 * Bars of the months around the reference day, of the years before and of all after; colour and sign tell the light, a frame the chosen.
 * @param {{ rows: DueOn[], from: string, chosen: string }} props
 */
export function Timeline({ rows, from, chosen }) {
  /** @type {(width: number) => Plot.PlotOptions} */
  const options = (width) => {
    const wide = width > 700;
    const now = from.slice(0, 7);
    const months = Array.from({ length: (wide ? BEFORE + AFTER : 14) + 1 }, (_, n) => later(now, n - (wide ? BEFORE : 2)));
    const spans = spansOf(
      rows.map((row) => row.due_on),
      months,
      wide ? 8 : 3,
    );
    const bars = spans.flatMap((span) =>
      DATED.map((light) => ({
        span,
        light,
        count: rows.filter((row) => row.light === light && within(row.due_on, span)).length,
      })).filter((bar) => bar.count > 0),
    );
    const framed = spans.filter((span) => chosen && (span === chosen || (chosen.length === 7 && within(chosen, span))));
    const tops = spans.map((span) => ({ span, of: bars.filter((bar) => bar.span === span) })).filter((top) => top.of.length);
    return {
      height: 200,
      marginLeft: 4,
      marginRight: 4,
      marginTop: 40,
      marginBottom: 56,
      x: { domain: spans, label: null, tickSize: 0, tickFormat: (span) => tick(span, spans) },
      y: { axis: null },
      marks: [
        Plot.barY([now], {
          x: (month) => month,
          y1: 0,
          y2: Math.max(...tops.map((top) => sum(top.of))),
          fill: "var(--clause-wash)",
        }),
        Plot.barY(framed, {
          x: (span) => span,
          y1: 0,
          y2: Math.max(...tops.map((top) => sum(top.of))),
          fill: "none",
          stroke: "var(--link)",
          strokeWidth: 2,
        }),
        Plot.barY(bars, {
          x: "span",
          y: "count",
          fill: (bar) => `var(--${bar.light})`,
          title: (bar) => `${spanSaid(bar.span)}：${LIGHT[bar.light]} ${bar.count} 条`,
          href: (bar) => changed({ month: bar.span, ...(bar.span.includes("/") && { view: null }) }), // a calendar shows one month
          inset: 1,
        }),
        Plot.text(tops, {
          x: "span",
          y: (top) => sum(top.of),
          text: (top) => `${top.of.map((bar) => SHAPE[bar.light]).join("")}\n${sum(top.of)}`,
          lineAnchor: "bottom",
          dy: -4,
        }),
        Plot.text([now], {
          x: (month) => month,
          frameAnchor: "bottom",
          text: () => "▲\n基准日",
          lineAnchor: "top",
          dy: 33,
          fill: "var(--link)",
        }),
        Plot.ruleY([0]),
      ],
    };
  };
  const counted = [...Map.groupBy(rows, (row) => row.due_on.slice(0, 7))].sort();
  return html`
    <p class="legend" aria-hidden="true">${DATED.map((light) => html`<span class="light ${light}">${LIGHT[light]}</span> `)} 点一个月，只看这个月</p>
    <${Chart} options=${options} label=${`各月到期的时限：${counted.map(([month, of]) => `${day(month)} ${of.length} 条`).join("；")}${chosen && `；所选：${spanSaid(chosen)}`}`} rows=${rows} />
  `;
}

const sum = (/** @type {{ count: number }[]} */ bars) => bars.reduce((all, bar) => all + bar.count, 0);

const DAYS = ["一", "二", "三", "四", "五", "六", "日"];
const MOST = 4; // of a day, before the others are asked for

/**
 * The days of a month in weeks from Monday, each a list of what is due; of the month of the reference day, if none is chosen.
 * @param {{ rows: DueOn[], recurring: Due[], chosen?: string, from: string }} props
 */
export function Calendar({ rows, recurring, chosen, from }) {
  const items = [
    ...rows.map((row) => ({ row, date: row.due_on })),
    ...recurring.flatMap((row) => row.occurrences.map((date) => ({ row, date }))),
  ];
  const months = [...Map.groupBy(items, (item) => item.date.slice(0, 7))].sort();
  const month = chosen ?? from.slice(0, 7);
  const held = new Map([[month, /** @type {typeof items} */ ([])], ...months]);
  const options = [...held].sort().map(([one, of]) => [one, `${day(one)}（${of.length} 条）`]);
  const [year, index] = month.split("-").map(Number);
  const before = (new Date(year, index - 1, 1).getDay() + 6) % 7;
  const length = new Date(year, index, 0).getDate();
  const dates = Array.from({ length: Math.ceil((before + length) / 7) * 7 }, (_, n) => n - before + 1).map((n) =>
    n < 1 || n > length ? null : `${month}-${String(n).padStart(2, "0")}`,
  );
  const step = (/** @type {number} */ n, /** @type {string} */ words) =>
    html`<a class="button" href=${changed({ month: later(month, n) })}>${words}</a>`;
  return html`
    <div class="filters">
      ${step(-1, "上个月")} ${step(1, "下个月")}
      <${Choice} label="有时限的月份" name="month" value=${month} all=${null} options=${options} />
    </div>
    <table class="calendar">
      <caption>${day(month)}</caption>
      <thead><tr>${DAYS.map((name) => html`<th scope="col"><span class="unseen">星期</span>${name}</th>`)}</tr></thead>
      <tbody>
        ${Array.from(
          { length: dates.length / 7 },
          (_, week) => html`<tr>
            ${dates.slice(week * 7, week * 7 + 7).map((date) => {
              if (!date) return html`<td class="outside"></td>`;
              const due = items.filter((item) => item.date === date).map(({ row }) => html`<li><${Item} row=${row} /></li>`);
              return html`<td class=${[due.length === 0 && "free", date === from && "reference"].filter(Boolean).join(" ")}>
                <span class="date"><span class="month">${index}月</span>${Number(date.slice(8))}${date === from && html` <span class="said">基准日</span>`}</span>
                ${due.length > 0 && html`<ul class="plain">${due.slice(0, MOST)}</ul>`}
                ${
                  due.length > MOST &&
                  html`<details>
                  <summary>另有 ${due.length - MOST} 条</summary>
                  <ul class="plain">${due.slice(MOST)}</ul>
                </details>`
                }
              </td>`;
            })}
          </tr>`,
        )}
      </tbody>
    </table>
    ${!months.some(([one]) => one === month) && html`<p class="note">这个月没有到期的日子，上面可以选有时限的月份。</p>`}
  `;
}

/** @param {{ row: Due }} props */
const Item = ({ row }) =>
  html`<a class="item" href=${to("document", row.document_id, { at: `${row.start}-${row.end}` })} title=${`${name(row)}（${row.document}）`}>
    <span class="light ${row.light}"><span class="unseen">${LIGHT[row.light]}</span></span>${name(row)}
  </a>`;

const name = (/** @type {Due} */ row) => (row.task_id ? (row.task ?? "（无标题）") : `全文：${row.document}`);
