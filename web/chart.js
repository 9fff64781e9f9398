// Charts: SVG whose bars are links, drawn by Plot in the colours of the page.
import { html, useEffect, useRef } from "./vendor/preact.js";
import * as Plot from "./vendor/plot.js";

export { Plot };

/** A chart made by `options(width)`, Plot's options, drawn again when its width changes. `label` says for who listens what it shows. */
export function Chart({ options, label, input }) {
  const place = useRef(null);
  useEffect(() => {
    let width = 0;
    const draw = () => {
      width = place.current.clientWidth;
      const chart = Plot.plot({ style: { background: "transparent", color: "inherit", fontFamily: "inherit", fontSize: "13px" }, ...options(width), width });
      chart.setAttribute("role", "img");
      chart.setAttribute("aria-label", label);
      place.current.replaceChildren(chart);
    };
    draw();
    const watcher = new ResizeObserver(() => place.current && place.current.clientWidth !== width && draw());
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, [input, label]);
  return html`<div class="chart" ref=${place}></div>`;
}

const SHORT = 16; // characters of a bar's name

/**
 * Lying bars of 牵头 and 配合, one a row: {label, leads, participates, href?}. 牵头 is filled and 配合 hatched, so that they are
 * told apart without colour.
 */
export function RoleBars({ rows, label }) {
  const parts = rows.flatMap((row) => [
    { ...row, role: "牵头", tasks: row.leads },
    { ...row, role: "配合", tasks: row.participates },
  ]);
  const short = (said) => (said.length > SHORT ? `${said.slice(0, SHORT)}…` : said);
  const options = (width) => ({
    marginLeft: Math.min(width * 0.45, 20 + 13 * Math.max(...rows.map((row) => Math.min(row.label.length, SHORT + 1)))),
    marginRight: 40,
    height: 30 + rows.length * 30,
    x: { axis: null },
    y: { label: null, domain: rows.map((row) => row.label), tickFormat: short, tickSize: 0 },
    marks: [
      Plot.barX(
        parts.filter((part) => part.tasks > 0),
        Plot.stackX({
          x: "tasks",
          y: "label",
          fill: (part) => (part.role === "牵头" ? "var(--leads)" : "url(#hatch)"),
          stroke: (part) => (part.role === "牵头" ? "var(--leads)" : "var(--participates)"),
          href: "href",
          title: (part) => `${part.label}：${part.role} ${part.tasks} 项`,
          insetTop: 4,
          insetBottom: 4,
        }),
      ),
      Plot.text(rows, { x: (row) => row.leads + row.participates, y: "label", text: (row) => row.leads + row.participates, textAnchor: "start", dx: 6 }),
    ],
  });
  return html`<div class="rolebars">
    <${Hatch} />
    <p class="legend" aria-hidden="true"><span class="swatch leads"></span>牵头 <span class="swatch participates"></span>配合</p>
    <${Chart} options=${options} label=${`${label}：${rows.map((row) => `${row.label} 牵头 ${row.leads} 配合 ${row.participates}`).join("；")}`} input=${rows} />
  </div>`;
}

/** The pattern of 配合. */
export const Hatch = () =>
  html`<svg width="0" height="0" class="unseen" aria-hidden="true">
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--paper)"></rect><line x1="0" y1="0" x2="0" y2="6" stroke="var(--participates)" stroke-width="4"></line>
      </pattern>
    </defs>
  </svg>`;
