// What rows of the canned queries say, as the nodes and edges of a drawing.

/** @type {(units: NamedUnit[] | undefined, role: string) => (NamedUnit & { role: string })[]} */
const inRole = (units, role) => (units ?? []).map((unit) => ({ ...unit, role }));

/**
 * The facts that rows of any query about tasks hold.
 * @param {AboutTask[]} rows
 * @returns {Fact[]}
 */
export const facts = (rows) =>
  rows.flatMap((row) => {
    const { task_id, task, task_number, document_id, document } = row;
    const named =
      "agency_id" in row
        ? [row]
        : [...(row.units ?? []), ...inRole(row.leads, "LEADS"), ...inRole(row.participants, "PARTICIPATES")];
    return named.map((unit) => ({
      agency_id: unit.agency_id,
      agency: unit.agency,
      collective: unit.collective ?? false,
      role: unit.role,
      basis: unit.basis,
      quote: unit.quote,
      start: unit.start,
      ...{ task_id, task, task_number, document_id, document },
    }));
  });

// The nodes that a fact or a pair is about

/** @type {(fact: Fact) => GraphNode} */
export const agencyOf = (fact) => ({
  id: `agency:${fact.agency_id}`,
  kind: fact.collective ? "collective" : "agency",
  of: fact.agency_id,
  name: fact.agency,
});
/** @type {(fact: Fact) => GraphNode} */
const taskOf = (fact) => ({
  id: `task:${fact.task_id}`,
  kind: "task",
  of: fact.task_id,
  name: fact.task ?? "（无标题）",
  number: fact.task_number,
  document: fact.document_id,
  start: fact.start,
});
/** @type {(fact: Fact) => GraphNode} */
const documentOf = (fact) => ({
  id: `document:${fact.document_id}`,
  kind: "document",
  of: fact.document_id,
  name: fact.document ?? fact.document_id,
});
/** @type {(pair: Api.ResponsibilityEdgesRow) => [GraphNode, GraphNode]} */
const pairOf = (pair) => [
  { id: `agency:${pair.one_id}`, kind: "agency", of: pair.one_id, name: pair.one },
  { id: `agency:${pair.other_id}`, kind: "agency", of: pair.other_id, name: pair.other },
];

/**
 * What is drawn: `focus` (the node that the question is about, or nothing), `asked` (the facts that answer it), all that touches the
 * nodes `open`, and `pairs` of units that share tasks. Between two nodes that are drawn stands every known fact.
 * @param {{
 *   focus: GraphNode | null | undefined, asked: Fact[], known: Fact[], open: string[], pairs: Api.ResponsibilityEdgesRow[],
 * }} given
 * @returns {Drawn}
 */
export function drawing({ focus, asked, known, open, pairs }) {
  /** @type {Map<string, GraphNode>} */
  const nodes = new Map();
  const show = (/** @type {GraphNode[]} */ ...list) => {
    for (const node of list) if (!nodes.has(node.id)) nodes.set(node.id, node);
  };
  if (focus) show(focus);
  for (const pair of pairs) show(...pairOf(pair));
  for (const fact of asked) show(agencyOf(fact), taskOf(fact), documentOf(fact));
  for (const fact of known) {
    const [agency, task, document] = [agencyOf(fact), taskOf(fact), documentOf(fact)];
    if (open.includes(agency.id)) show(agency, task, document);
    if (open.includes(task.id)) show(task, agency, document);
    if (open.includes(document.id)) show(document, task);
  }
  /** @type {Map<string, GraphEdge>} */
  const edges = new Map();
  const join = (/** @type {GraphEdge} */ edge) => nodes.has(edge.source) && nodes.has(edge.target) && edges.set(edge.id, edge);
  for (const pair of pairs) {
    const [one, other] = pairOf(pair);
    join({ id: `${one.id}|SHARES|${other.id}`, kind: "SHARES", source: one.id, target: other.id, pair });
  }
  for (const fact of known) {
    const [agency, task, document] = [agencyOf(fact), taskOf(fact), documentOf(fact)];
    join({
      id: `${agency.id}|${fact.role}|${fact.basis}|${task.id}`,
      kind: fact.role,
      source: agency.id,
      target: task.id,
      fact,
    });
    join({ id: `${document.id}|HAS_TASK|${task.id}`, kind: "HAS_TASK", source: document.id, target: task.id });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/**
 * The `most` nodes with the most edges, those in `first` before all others, and what joins them; `left`: the nodes left out.
 * @param {Drawn} drawn
 * @param {(string | undefined)[]} first ids
 * @param {number} most
 * @returns {Drawn & { left: GraphNode[] }}
 */
export function cut({ nodes, edges }, first, most) {
  const degrees = new Map(nodes.map((node) => [node.id, first.includes(node.id) ? Infinity : 0]));
  const degree = (/** @type {string} */ id) => degrees.get(id) ?? 0;
  for (const { source, target } of edges) for (const end of [source, target]) degrees.set(end, degree(end) + 1);
  const ranked = nodes.toSorted((a, b) => degree(b.id) - degree(a.id));
  const kept = new Set(ranked.slice(0, most).map((node) => node.id));
  return {
    nodes: nodes.filter((node) => kept.has(node.id)),
    edges: edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target)),
    left: ranked.slice(most),
  };
}

/**
 * How many nodes there are of each kind that there is.
 * @param {GraphNode[]} nodes
 * @returns {Partial<Record<NodeKind, number>>}
 */
export const count = (nodes) =>
  Object.fromEntries([...Map.groupBy(nodes, (node) => node.kind)].map(([kind, list]) => [kind, list.length]));
