// The drawing of nodes and edges: cytoscape in the colours of the page.

import { apart, GAP, pack, stack, wrap } from "./layout.js";
import { FONT, LINE, look } from "./look.js";
import cytoscape from "./vendor/graph.js";
import { html, useEffect, useImperativeHandle, useRef, useState } from "./vendor/preact.js";

/** @import { Core, ElementDefinition, NodeSingular } from "cytoscape" */

/** @typedef {Record<NodeKind, [wide: number, most: number]>} Boxes how a node is cut: characters a line, lines at most */
/** @typedef {"layers" | "force"} Layout */

/**
 * What may be asked of a drawing from outside.
 * @typedef {{
 *   fit: () => void, zoom: (by: number) => void, show: (id: string) => void, png: () => Promise<Blob>, svg: () => string,
 * }} Handle
 */

/** @type {Boxes} */
const BOX = { agency: [14, 2], collective: [14, 2], task: [24, 2], document: [12, 3] };
/** @type {Boxes} */
const SMALL = { ...BOX, task: [14, 3], document: [10, 4] }; // on a phone
const PHONE = matchMedia("(max-width: 600px)");
const READABLE = 0.75; // where all of it would be smaller than this, the reader begins at a part

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @type {(node: GraphNode, focus: string | undefined, box: Boxes) => ElementDefinition} */
function element(node, focus, box) {
  const [wide, most] = box[node.kind];
  const lines = wrap([node.number, node.name].filter(Boolean).join(" "), wide, most);
  const width = lines.length > 1 ? wide * FONT : [...lines[0]].length * FONT;
  return {
    group: "nodes",
    data: { ...node, label: lines.join("\n"), width: width + 24, height: lines.length * LINE + 12 },
    classes: `${node.kind} ${node.id === focus ? "focus" : ""}`,
  };
}

/** @type {(edge: GraphEdge) => ElementDefinition} */
const arc = (edge) => ({
  group: "edges",
  // a document stands on the far side of its tasks: the line runs to it, whatever is said of whom
  data: edge.kind === "HAS_TASK" ? { ...edge, source: edge.target, target: edge.source } : { ...edge, tasks: edge.pair?.tasks },
  classes: edge.kind,
});

/**
 * Three columns: units, tasks in the order of the text, documents; units and documents beside their tasks.
 * @param {Core} cy
 * @returns {Record<string, { x: number, y: number }>} by the id of a node, its middle
 */
function columns(cy) {
  /** @type {ReturnType<typeof columns>} */
  const place = {};
  const of = (/** @type {NodeKind[]} */ ...kinds) => [...cy.nodes(kinds.map((kind) => `.${kind}`).join())];
  /** @type {(column: NodeSingular[], left: (width: number) => number, wish: (node: NodeSingular) => number) => void} */
  const set = (column, left, wish) => {
    const middles = stack(column.map((node) => ({ height: node.height(), wish: wish(node) })));
    for (const [index, node] of column.entries()) place[node.id()] = { x: left(node.width()), y: middles[index] };
  };
  const tasks = of("task").toSorted(inText);
  set(
    tasks,
    (width) => width / 2,
    () => 0,
  );
  const height = (/** @type {NodeSingular} */ node) => {
    const beside = [...node.neighborhood(".task")].map((task) => place[task.id()].y);
    return beside.reduce((sum, y) => sum + y, 0) / (beside.length || 1);
  };
  const byHeight = (/** @type {NodeSingular[]} */ list) => list.toSorted((a, b) => height(a) - height(b));
  const fan = 0.12 * tasks.reduce((sum, task) => sum + task.height() + GAP, 0); // a flat one reads better than a steep one
  const gap = PHONE.matches ? 50 : Math.min(260, Math.max(140, fan));
  const widest = Math.max(0, ...tasks.map((task) => task.width()));
  set(byHeight(of("agency", "collective")), (width) => -gap - width / 2, height);
  set(byHeight(of("document")), (width) => widest + 80 + width / 2, height);
  return place;
}

/** @type {(a: NodeSingular, b: NodeSingular) => number} */
function inText(a, b) {
  const [one, other] = [a.data("document"), b.data("document")];
  return one === other ? a.data("start") - b.data("start") : one < other ? -1 : 1;
}

const FORCE = { name: "fcose", randomize: false, animate: false, fit: false, nodeRepulsion: 9000, idealEdgeLength: 100 };

/** @type {(cy: Core, layout: Layout, again: boolean, done: () => void) => void} */
function arrange(cy, layout, again, done) {
  cy.edges().toggleClass("beside", layout === "layers");
  if (layout === "layers") {
    const animate = again && !calm();
    cy.layout({ name: "preset", positions: columns(cy), fit: false, animate, animationDuration: 350, stop: done }).run();
    return;
  }
  cy.layout({ name: "circle", fit: false, animate: false }).run(); // from the same beginning the same question gives the same drawing
  cy.layout(FORCE).run();
  const boxes = [...cy.nodes()].map((node) => ({ node, ...node.position(), width: node.width(), height: node.height() }));
  apart(boxes);
  for (const { node, x, y } of boxes) node.position({ x, y });
  const parts = cy.elements().components();
  const corners = pack(parts.map((part) => part.boundingBox()));
  for (const [index, part] of parts.entries()) {
    const { x1, y1 } = part.boundingBox();
    part.shift({ x: corners[index].x - x1, y: corners[index].y - y1 });
  }
  done();
}

/**
 * A drawing. `selected` is the id of a node or an edge, or null; `focus` that of the node that the question is about.
 * @param {Drawn & {
 *   layout: Layout, focus?: string, selected: string | null, label: string,
 *   onSelect: (id: string | null) => void, onOpen: (id: string) => void, handle: { current: Handle | null },
 * }} props
 */
export function Canvas({ nodes, edges, layout, focus, selected, label, onSelect, onOpen, handle }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const drawn = useRef(/** @type {Core | null} */ (null));
  /** Sets the window to the drawing again, until the reader has moved it. */
  const framed = useRef(/** @type {((cy: Core) => void) | null} */ (null));
  const told = useRef({ onSelect, onOpen });
  told.current = { onSelect, onOpen };
  const [box, setBox] = useState(PHONE.matches ? SMALL : BOX);
  const [whole, setWhole] = useState(true);
  const frame = (/** @type {(cy: Core) => void} */ how) => {
    const cy = drawn.current;
    if (!cy) return;
    framed.current = how;
    how(cy);
    setWhole(inside(cy));
  };

  useEffect(() => {
    const container = place.current;
    if (!container) return undefined;
    const cy = cytoscape({
      container,
      style: look(),
      minZoom: 0.08,
      maxZoom: 2.5,
      boxSelectionEnabled: false,
      selectionType: "single",
    });
    drawn.current = cy;
    cy.on("tap", (event) => told.current.onSelect(event.target === cy ? null : event.target.id()));
    cy.on("dbltap", "node", (event) => told.current.onOpen(event.target.id()));
    cy.on("dragpan scrollzoom pinchzoom", () => {
      framed.current = null;
    });
    cy.on("viewport", () => setWhole(inside(cy)));
    cy.on("mouseover", "node, edge", () => {
      container.style.cursor = "pointer";
    });
    cy.on("mouseout", "node, edge", () => {
      container.style.cursor = "";
    });
    const dress = () => cy.style(look());
    const theme = new MutationObserver(dress);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", dress);
    const size = new ResizeObserver(() => {
      cy.resize();
      framed.current?.(cy);
      setWhole(inside(cy));
      setBox(PHONE.matches ? SMALL : BOX);
    });
    size.observe(container);
    return () => {
      size.disconnect();
      theme.disconnect();
      dark.removeEventListener("change", dress);
      cy.destroy();
    };
  }, []);

  useEffect(() => {
    const cy = drawn.current;
    if (!cy) return;
    const again = cy.scratch("box") === box; // not the first time, nor in a window of another width
    cy.scratch("box", box);
    cy.json({ elements: [...nodes.map((node) => element(node, focus, box)), ...edges.map(arc)] }); // what stays is told its new data
    arrange(cy, layout, again, () => cy.destroyed() || frame(() => begin(cy, selected, focus, layout)));
  }, [nodes, edges, layout, focus, box]);

  useEffect(() => {
    const cy = drawn.current;
    cy?.batch(() => {
      cy.elements().unselect().removeClass("far");
      const chosen = selected ? cy.getElementById(selected) : cy.collection();
      if (chosen.empty()) return;
      chosen.select();
      cy.elements()
        .difference(chosen.is("node") ? chosen.closedNeighborhood() : chosen.union(chosen.connectedNodes()))
        .addClass("far");
    });
  }, [selected, nodes, edges, focus, box]);

  const move = (/** @type {(cy: Core) => void} */ how) => {
    framed.current = null;
    if (drawn.current) how(drawn.current);
  };
  const fit = () => frame((cy) => cy.fit(undefined, 20));
  const zoom = (/** @type {number} */ by) => move((cy) => cy.zoom({ level: cy.zoom() * by, renderedPosition: middle(cy) }));
  useImperativeHandle(handle, () => ({
    fit,
    zoom,
    show: (id) => move((cy) => reveal(cy, id)),
    png: async () => {
      if (!drawn.current) throw new Error("nothing is drawn");
      return drawn.current.png({
        output: "blob-promise",
        full: true,
        scale: 2,
        maxWidth: 8000,
        maxHeight: 8000,
        bg: paper(),
      });
    },
    svg: () => drawn.current?.svg({ bg: paper(), padding: 16 }) ?? "",
  }));

  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const way = WAYS[event.key];
    if (way) move((cy) => cy.panBy(way));
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") fit();
    else if (event.key === "Escape") onSelect(null);
    else return;
    event.preventDefault();
  };
  return html`
    <p class="note">${whole ? "拖动、滚轮可移动和缩放，双击展开。" : "图比窗口大：拖动查看，或点“全图”。"}</p>
    <div class="canvas" ref=${place} tabindex="0" role="group" aria-label=${label} onKeyDown=${pressed}></div>
  `;
}

/**
 * How far an arrow key moves the drawing, in pixels.
 * @type {Record<string, { x: number, y: number }>}
 */
const WAYS = {
  ArrowLeft: { x: 60, y: 0 },
  ArrowRight: { x: -60, y: 0 },
  ArrowUp: { x: 0, y: 60 },
  ArrowDown: { x: 0, y: -60 },
};

const paper = () => getComputedStyle(document.documentElement).getPropertyValue("--card").trim();
const middle = (/** @type {Core} */ cy) => ({ x: cy.width() / 2, y: cy.height() / 2 });

/**
 * Whether all of the drawing is in the window.
 * @param {Core} cy
 */
function inside(cy) {
  const { x1, y1, x2, y2 } = cy.elements().renderedBoundingBox();
  return x1 >= 0 && y1 >= 0 && x2 <= cy.width() && y2 <= cy.height();
}

/**
 * All of it, or, where that would be too small to read, the part with what is selected, in focus, or most connected; of columns,
 * their beginning.
 * @param {Core} cy
 * @param {string | null} selected
 * @param {string | undefined} focus
 * @param {Layout} layout
 */
function begin(cy, selected, focus, layout) {
  const layers = layout === "layers";
  cy.fit(undefined, 20);
  cy.zoom({ level: Math.min(1.1, Math.max(layers ? READABLE : READABLE / 1.4, cy.zoom())), renderedPosition: middle(cy) });
  const box = cy.elements().renderedBoundingBox();
  const chosen = cy.getElementById(selected ?? "");
  const hub = layers ? cy.collection() : cy.nodes().max((node) => node.degree()).ele;
  const [part] = [chosen, cy.getElementById(focus ?? ""), hub].filter((one) => one.nonempty());
  const at = part?.renderedBoundingBox();
  if (box.h > cy.height()) cy.panBy({ x: 0, y: at ? middle(cy).y - (at.y1 + at.y2) / 2 : 20 - box.y1 });
  const left = 20 - box.x1;
  if (box.w > cy.width())
    cy.panBy({ x: at && (!layers || at.x2 + left > cy.width()) ? middle(cy).x - (at.x1 + at.x2) / 2 : left, y: 0 });
}

/**
 * Brings a node or an edge into the window.
 * @param {Core} cy
 * @param {string} id
 */
function reveal(cy, id) {
  const at = cy.getElementById(id);
  if (at.empty()) return;
  if (calm()) cy.center(at);
  else cy.animate({ center: { eles: at }, duration: 250 });
}
