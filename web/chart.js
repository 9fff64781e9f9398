// Charts: SVG whose bars are links, drawn by Plot in the colours of the page.

import { Explained } from "./parts.js";
import * as Plot from "./vendor/plot.js";
import { html, useEffect, useRef } from "./vendor/preact.js";

export { Plot };

/**
 * A chart made by `options(width)`, Plot's options, drawn again when its width, its `rows` or the address (which its links keep)
 * change. `label` says for who listens what it shows.
 * @param {{ options: (width: number) => Plot.PlotOptions, label: string, rows: unknown[] }} props
 */
export function Chart({ options, label, rows }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const box = place.current;
    if (!box) return undefined;
    let width = 0;
    const draw = () => {
      width = box.clientWidth;
      if (width === 0) return; // not laid out yet
      const chart = Plot.plot({
        style: { background: "transparent", color: "inherit", fontFamily: "inherit", fontSize: `${EM}px` },
        ...options(width),
        width,
      });
      for (const mark of chart.querySelectorAll("g[aria-label]")) mark.removeAttribute("aria-label"); // Plot's names, in English
      chart.setAttribute("role", "group"); // not img: its bars are links
      chart.setAttribute("aria-label", label);
      box.replaceChildren(chart);
    };
    draw();
    const watcher = new ResizeObserver(() => {
      if (box.clientWidth !== width) draw();
    });
    watcher.observe(box);
    return () => watcher.disconnect();
  }, [rows, label, location.hash]);
  return html`<div class="chart" ref=${place}></div>`;
}

const LONGEST = 18; // characters of a bar's name
const EM = 13; // pixels

/**
 * Lying bars of 牵头 and 配合, one a row. 牵头 is filled and 配合 hatched, so that they are told apart without colour.
 * @param {{ rows: { label: string, leads: number, participates: number, href?: string }[], label: string }} props
 */
export function RoleBars({ rows, label }) {
  const parts = rows.flatMap((row, line) => [
    { ...row, line, role: "牵头", tasks: row.leads },
    { ...row, line, role: "配合", tasks: row.participates },
  ]);
  const short = (/** @type {string} */ said, /** @type {number} */ most) =>
    said.length > most ? `${said.slice(0, most - 1)}…` : said;
  const fitting = (/** @type {number} */ width) =>
    Math.min(LONGEST, Math.floor((width * 0.5) / EM), Math.max(...rows.map((row) => row.label.length)));
  /** @type {(width: number) => Plot.PlotOptions} */
  const options = (width) => ({
    marginLeft: 8 + EM * fitting(width),
    marginRight: 40,
    marginBottom: 4,
    height: 24 + rows.length * 30,
    x: { axis: null },
    y: { label: null, domain: rows.keys(), tickFormat: (line) => short(rows[line].label, fitting(width)), tickSize: 0 },
    marks: [
      Plot.barX(
        parts.filter((part) => part.tasks > 0),
        Plot.stackX({
          x: "tasks",
          y: "line",
          fill: (part) => (part.role === "牵头" ? "var(--leads)" : "url(#hatch)"),
          stroke: (part) => (part.role === "牵头" ? "var(--leads)" : "var(--participates)"),
          href: "href",
          title: (part) => `${part.label}：${part.role} ${part.tasks} 项`,
          insetTop: 4,
          insetBottom: 4,
        }),
      ),
      Plot.text(rows, {
        x: (row) => row.leads + row.participates,
        y: (_, line) => line,
        text: (row) => row.leads + row.participates,
        textAnchor: "start",
        dx: 6,
      }),
    ],
  });
  return html`<div class="rolebars">
    <p class="legend"><span class="swatch leads"></span>牵头 <span class="swatch participates"></span>配合 <${Explained} of=${["LEADS", "PARTICIPATES"]} /></p>
    <${Chart} options=${options} label=${`${label}：${rows.map((row) => `${row.label} 牵头 ${row.leads} 配合 ${row.participates}`).join("；")}`} rows=${rows} />
  </div>`;
}
