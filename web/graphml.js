// A drawing as GraphML, which Gephi, yEd and networkx open.

const KEYS = {
  node: ["label", "kind"],
  edge: ["kind", "role", "basis", "quote", "tasks"],
};
const TYPES = { tasks: "int" };
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const NOT_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escape = (text) =>
  String(text)
    .replace(NOT_XML, "\ufffd")
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
const data = (of, values) =>
  KEYS[of]
    .filter((name) => values[name] !== undefined && values[name] !== null)
    .map((name) => `<data key="${of}-${name}">${escape(values[name])}</data>`)
    .join("");

/** A directed graph. A node's `label` is its name; an edge carries its role, how it is known, and the words; one of units that share tasks, how many. */
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
      return `<node id="${escape(node.id)}">${data("node", { label, kind: node.kind })}</node>`;
    }),
    ...edges.map((edge) => {
      const { role, basis, quote } = edge.fact ?? {};
      const said = data("edge", { kind: edge.kind, role, basis, quote, tasks: edge.pair?.tasks });
      return `<edge id="${escape(edge.id)}" source="${escape(edge.source)}" target="${escape(edge.target)}">${said}</edge>`;
    }),
    "</graph>",
    "</graphml>",
    "",
  ].join("\n");
}
