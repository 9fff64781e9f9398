// A drawing as GraphML, which Gephi, yEd and networkx open.

/** @type {Record<string, string[]>} */
const KEYS = {
  node: ["label", "kind"],
  edge: ["kind", "role", "basis", "quote", "tasks"],
};
/** @type {Record<string, string>} */
const TYPES = { tasks: "int" };
/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const NOT_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escaped = (/** @type {unknown} */ text) =>
  String(text)
    .replace(NOT_XML, "\ufffd")
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

/** @type {(of: "node" | "edge", values: Record<string, unknown>) => string} */
const data = (of, values) =>
  KEYS[of]
    .filter((name) => values[name] !== undefined && values[name] !== null)
    .map((name) => `<data key="${of}-${name}">${escaped(values[name])}</data>`)
    .join("");

/**
 * A directed graph. A node's `label` is its name; an edge carries its role, how it is known, and the words; one of units that share
 * tasks, how many.
 * @param {Drawn} drawn
 */
export function graphml({ nodes, edges }) {
  const keys = Object.entries(KEYS).flatMap(([of, names]) =>
    names.map((name) => `<key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${TYPES[name] ?? "string"}"/>`),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys,
    '<graph edgedefault="directed">',
    ...nodes.map((node) => {
      const label = [node.number, node.name].filter(Boolean).join(" ");
      return `<node id="${escaped(node.id)}">${data("node", { label, kind: node.kind })}</node>`;
    }),
    ...edges.map((edge) => {
      const { fact, pair } = edge;
      const said = data("edge", {
        kind: edge.kind,
        role: fact?.role,
        basis: fact?.basis,
        quote: fact?.quote,
        tasks: pair?.tasks,
      });
      return `<edge id="${escaped(edge.id)}" source="${escaped(edge.source)}" target="${escaped(edge.target)}">${said}</edge>`;
    }),
    "</graph>",
    "</graphml>",
    "",
  ].join("\n");
}
