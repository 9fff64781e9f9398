// How nodes and edges look, in the colours of the page as they stand now.

/** @import { EdgeSingular, StylesheetJson } from "cytoscape" */

export const FONT = 13; // pixels
export const LINE = 18;

/**
 * A stylesheet for cytoscape.
 * @returns {StylesheetJson}
 */
export function look() {
  const page = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => page.getPropertyValue(`--${name}`).trim();
  const edge = (/** @type {string} */ name, /** @type {number} */ width, /** @type {object} */ style) => ({
    width,
    "line-color": colour(name),
    "target-arrow-color": colour(name),
    ...style,
  });
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        width: "data(width)",
        height: "data(height)",
        shape: "round-rectangle",
        "font-family": getComputedStyle(document.body).fontFamily,
        "font-size": FONT,
        "line-height": LINE / FONT / 1.15,
        color: colour("ink"),
        "text-wrap": "wrap",
        "text-max-width": "400px",
        "text-valign": "center",
        "text-halign": "center",
        "background-color": colour("card"),
        "border-width": 1,
        "border-color": colour("soft"),
      },
    },
    {
      selector: ".agency",
      style: {
        "background-color": colour("clause-wash"),
        "border-width": 1.5,
        "border-color": colour("ink"),
        "font-weight": 600,
      },
    },
    {
      selector: ".collective",
      style: {
        "background-color": colour("clause-wash"),
        shape: "cut-rectangle",
        "border-style": "double",
        "border-width": 4,
        "border-color": colour("soft"),
      },
    },
    { selector: ".task", style: { "text-justification": "left", shape: "rectangle" } },
    {
      selector: ".document",
      style: {
        "background-color": colour("citation-wash"),
        "border-color": colour("citation"),
        shape: "barrel",
        "text-justification": "left",
      },
    },
    { selector: ".focus", style: { "border-width": 3, "border-color": colour("link") } },
    { selector: "edge", style: { "curve-style": "bezier", "arrow-scale": 1.1 } },
    { selector: ".beside", style: { "source-endpoint": "50% 0", "target-endpoint": "-50% 0" } },
    { selector: ".LEADS", style: edge("leads", 3, { "target-arrow-shape": "triangle" }) },
    {
      selector: ".PARTICIPATES",
      style: edge("participates", 1.4, {
        "line-style": "dashed",
        "target-arrow-shape": "triangle",
        "target-arrow-fill": "hollow",
      }),
    },
    { selector: ".HAS_TASK", style: edge("soft", 0.6, { opacity: 0.7 }) },
    {
      selector: ".SHARES",
      style: edge("soft", 1, {
        width: (/** @type {EdgeSingular} */ e) => 1 + Math.min(9, Number(e.data("tasks"))),
        opacity: 0.75,
        label: "data(tasks)",
        "font-size": 12,
        "min-zoomed-font-size": 10, // numbers come when there is room
        color: colour("ink"),
        "text-background-color": colour("card"),
        "text-background-opacity": 0.9,
        "text-background-padding": 2,
      }),
    },
    { selector: ".far", style: { opacity: 0.2 } },
    {
      selector: "node:selected",
      style: { "border-width": 4, "border-color": colour("participates"), "border-style": "solid" },
    },
    { selector: "edge:selected", style: { width: 6, opacity: 1 } },
    // @ts-expect-error The types ask for every property of the core, which takes some.
    { selector: "core", style: { "active-bg-opacity": 0, "selection-box-opacity": 0 } },
  ];
}
