// The drawing of nodes and edges: cytoscape in the colours of the page.

import cytoscape from "./vendor/graph.js";
import { html, useEffect, useImperativeHandle, useRef, useState } from "./vendor/preact.js";

const FONT = 13;
const LINE = 18;
/** How a node of each kind is cut: characters a line, lines at most. */
const BOX = { agency: [14, 2], collective: [14, 2], task: [24, 2], document: [12, 3] };
const SMALL = { ...BOX, task: [14, 3], document: [10, 4] }; // on a phone
const PHONE = matchMedia("(max-width: 600px)");
const READABLE = 0.75; // where all of it would be smaller than this, the reader begins at a part
const GAP = 10; // between two boxes
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Text in lines of `wide` Chinese characters, two Latin ones being as wide as one; what does not fit becomes …. */
function wrap(text, wide, most) {
  const lines = [""];
  let filled = 0;
  for (const sign of text) {
    const width = sign.codePointAt(0) < 0x300 ? 0.58 : 1;
    if (filled + width > wide) {
      if (lines.length === most) return [...lines.slice(0, -1), `${lines.at(-1).slice(0, -1)}…`];
      lines.push("");
      filled = 0;
    }
    lines[lines.length - 1] += sign;
    filled += width;
  }
  return lines;
}

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

const arc = (edge) => ({
  group: "edges",
  // a document stands on the far side of its tasks: the line runs to it, whatever is said of whom
  data: edge.kind === "HAS_TASK" ? { ...edge, source: edge.target, target: edge.source } : { ...edge, tasks: edge.pair?.tasks },
  classes: edge.kind,
});

/** Colours of the page, as they stand now. */
function look() {
  const page = getComputedStyle(document.documentElement);
  const colour = (name) => page.getPropertyValue(`--${name}`).trim();
  const edge = (name, width, style) => ({ width, "line-color": colour(name), "target-arrow-color": colour(name), ...style });
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
        "text-max-width": 400,
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
        width: (e) => 1 + Math.min(9, Number(e.data("tasks"))),
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
    { selector: "core", style: { "active-bg-opacity": 0, "selection-box-opacity": 0 } },
  ];
}

/** Three columns: units, tasks in the order of the text, documents; units and documents beside their tasks. {id: {x, y}}. */
function columns(cy) {
  const place = {};
  const of = (...kinds) => cy.nodes(kinds.map((kind) => `.${kind}`).join()).toArray();
  // each box as near as can be to the height it wishes for: where boxes would overlap they become a block, at the mean of their wishes
  const stack = (column, left, wish) => {
    const blocks = [];
    for (const node of column) {
      let block = { list: [node], size: node.height() + GAP, top: wish(node) - node.height() / 2 };
      for (let last = blocks.at(-1); last && last.top + last.size > block.top; last = blocks.at(-1)) {
        blocks.pop();
        const list = [...last.list, ...block.list];
        const top = (last.top * last.list.length + (block.top - last.size) * block.list.length) / list.length;
        block = { list, size: last.size + block.size, top };
      }
      blocks.push(block);
    }
    for (let { list, top } of blocks) {
      for (const node of list) {
        place[node.id()] = { x: left(node.width()), y: top + node.height() / 2 };
        top += node.height() + GAP;
      }
    }
  };
  const tasks = of("task").toSorted((a, b) =>
    a.data("document") < b.data("document")
      ? -1
      : a.data("document") > b.data("document")
        ? 1
        : a.data("start") - b.data("start"),
  );
  stack(
    tasks,
    (width) => width / 2,
    () => 0,
  );
  const height = (node) => {
    const beside = node.neighborhood(".task").map((task) => place[task.id()].y);
    return beside.reduce((sum, y) => sum + y, 0) / (beside.length || 1);
  };
  const byHeight = (list) => list.toSorted((a, b) => height(a) - height(b));
  const gap = PHONE.matches
    ? 50
    : Math.min(260, Math.max(140, 0.12 * cy.nodes(".task").reduce((sum, task) => sum + task.height() + GAP, 0))); // a flat fan reads better than a steep one
  const widest = Math.max(0, ...tasks.map((task) => task.width()));
  stack(byHeight(of("agency", "collective")), (width) => -gap - width / 2, height);
  stack(byHeight(of("document")), (width) => widest + 80 + width / 2, height);
  return place;
}

/** Moves boxes that overlap away from each other. */
function apart(cy) {
  const boxes = cy.nodes().map((node) => ({ node, ...node.position(), w: node.width() + GAP, h: node.height() + GAP }));
  for (let round = 0, moved = true; moved && round < 300; round += 1) {
    moved = false;
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        const x = (a.w + b.w) / 2 - Math.abs(a.x - b.x);
        const y = (a.h + b.h) / 2 - Math.abs(a.y - b.y);
        if (x <= 0.5 || y <= 0.5) continue;
        moved = true;
        const [axis, by] = x < y ? ["x", x / 2] : ["y", y / 2];
        const side = a[axis] < b[axis] ? -1 : 1;
        a[axis] += side * by;
        b[axis] -= side * by;
      }
    }
  }
  for (const { node, x, y } of boxes) node.position({ x, y });
}

/** Sets what hangs together side by side, in rows, the highest first. */
function pack(cy) {
  const parts = cy
    .elements()
    .components()
    .map((nodes) => ({ nodes, box: nodes.boundingBox() }));
  const space = 60;
  const wide = 1.5 * Math.sqrt(parts.reduce((sum, { box }) => sum + (box.w + space) * (box.h + space), 0));
  let [x, y, high] = [0, 0, 0];
  for (const { nodes, box } of parts.toSorted((a, b) => b.box.h - a.box.h)) {
    if (x > 0 && x + box.w > wide) [x, y, high] = [0, y + high + space, 0];
    nodes.shift({ x: x - box.x1, y: y - box.y1 });
    x += box.w + space;
    high = Math.max(high, box.h);
  }
}

const FORCE = { name: "fcose", randomize: false, animate: false, fit: false, nodeRepulsion: 9000, idealEdgeLength: 100 };

function arrange(cy, layout, again, done) {
  cy.edges().toggleClass("beside", layout === "layers");
  if (layout === "layers") {
    const animate = again && !calm();
    cy.layout({ name: "preset", positions: columns(cy), fit: false, animate, animationDuration: 350, stop: done }).run();
    return;
  }
  cy.layout({ name: "circle", fit: false, animate: false }).run(); // from the same beginning the same question gives the same drawing
  cy.layout(FORCE).run();
  apart(cy);
  pack(cy);
  done();
}

/** {nodes, edges} drawn by `layout` (layers or force). `selected` is the id of a node or an edge, or null; `focus` the node that the
 * question is about. `handle.current` gets fit(), zoom(factor), png(), svg(). */
export function Canvas({ nodes, edges, layout, focus, selected, label, onSelect, onOpen, handle }) {
  const place = useRef(null);
  const drawn = useRef(null);
  const framed = useRef(null); // sets the window to the drawing again, until the reader has moved it
  const told = useRef({});
  told.current = { onSelect, onOpen };
  const [box, setBox] = useState(PHONE.matches ? SMALL : BOX);
  const [whole, setWhole] = useState(true);
  const frame = (how) => {
    framed.current = how;
    how();
    setWhole(inside(drawn.current));
  };

  useEffect(() => {
    const cy = cytoscape({
      container: place.current,
      style: look(),
      minZoom: 0.08,
      maxZoom: 2.5,
      boxSelectionEnabled: false,
      selectionType: "single",
    });
    drawn.current = cy;
    cy.on("tap", (event) => told.current.onSelect(event.target === cy ? null : event.target.id()));
    cy.on("dbltap", "node", (event) => told.current.onOpen(event.target.id()));
    cy.on("dragpan scrollzoom pinchzoom", () => (framed.current = null));
    cy.on("viewport", () => setWhole(inside(cy)));
    cy.on("mouseover", "node, edge", () => (place.current.style.cursor = "pointer"));
    cy.on("mouseout", "node, edge", () => (place.current.style.cursor = ""));
    const dress = () => cy.style(look());
    const theme = new MutationObserver(dress);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", dress);
    const size = new ResizeObserver(() => {
      cy.resize();
      framed.current?.();
      setWhole(inside(cy));
      setBox(PHONE.matches ? SMALL : BOX);
    });
    size.observe(place.current);
    return () => {
      size.disconnect();
      theme.disconnect();
      dark.removeEventListener("change", dress);
      cy.destroy();
    };
  }, []);

  useEffect(() => {
    const cy = drawn.current;
    const again = cy.scratch("box") === box; // not the first time, nor in a window of another width
    cy.scratch("box", box);
    cy.json({ elements: [...nodes.map((node) => element(node, focus, box)), ...edges.map(arc)] }); // what stays is told its new data
    arrange(cy, layout, again, () => cy.destroyed() || frame(() => begin(cy, selected, focus, layout)));
  }, [nodes, edges, layout, focus, box]);

  useEffect(() => {
    const cy = drawn.current;
    cy.batch(() => {
      cy.elements().unselect().removeClass("far");
      const chosen = selected ? cy.getElementById(selected) : cy.collection();
      if (chosen.empty()) return;
      chosen.select();
      cy.elements()
        .difference(chosen.isNode() ? chosen.closedNeighborhood() : chosen.union(chosen.connectedNodes()))
        .addClass("far");
    });
  }, [selected, nodes, edges, focus, box]);

  useImperativeHandle(handle, () => ({
    fit: () => frame(() => drawn.current.fit(undefined, 20)),
    zoom: (by) => move(() => drawn.current.zoom({ level: drawn.current.zoom() * by, renderedPosition: middle(drawn.current) })),
    show: (id) => move(() => reveal(drawn.current, id)),
    png: () =>
      drawn.current.png({ output: "blob-promise", full: true, scale: 2, maxWidth: 8000, maxHeight: 8000, bg: paper() }),
    svg: () => drawn.current.svg({ bg: paper(), padding: 16 }),
  }));

  const move = (how) => {
    framed.current = null;
    how();
  };
  const pressed = (event) => {
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (moves[event.key]) move(() => drawn.current.panBy({ x: moves[event.key][0], y: moves[event.key][1] }));
    else if (event.key === "+" || event.key === "=") handle.current.zoom(1.25);
    else if (event.key === "-") handle.current.zoom(0.8);
    else if (event.key === "0") handle.current.fit();
    else if (event.key === "Escape") onSelect(null);
    else return;
    event.preventDefault();
  };
  return html`
    <p class="note">${whole ? "拖动、滚轮可移动和缩放，双击展开。" : "图比窗口大：拖动查看，或点“全图”。"}</p>
    <div class="canvas" ref=${place} tabindex="0" role="group" aria-label=${label} onKeyDown=${pressed}></div>
  `;
}

const paper = () => getComputedStyle(document.documentElement).getPropertyValue("--card").trim();
const middle = (cy) => ({ x: cy.width() / 2, y: cy.height() / 2 });

/** Whether all of the drawing is in the window. */
function inside(cy) {
  const { x1, y1, x2, y2 } = cy.elements().renderedBoundingBox();
  return x1 >= 0 && y1 >= 0 && x2 <= cy.width() && y2 <= cy.height();
}

/** All of it, or, where that would be too small to read, the part with what is selected, in focus, or most connected; of columns, their beginning. */
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

/** Brings a node or an edge into the window. */
function reveal(cy, id) {
  const at = cy.getElementById(id);
  if (at.empty()) return;
  if (calm()) cy.center(at);
  else cy.animate({ center: { eles: at }, duration: 250 });
}
