// What rows of the canned queries say, as the nodes and edges of a drawing.

const ROLES = { leads: "LEADS", participants: "PARTICIPATES" };

/** One object a fact, {agency, agency_id, collective, role, basis, quote, task…, document…}, of rows of any query about tasks. */
export const facts = (rows) =>
  rows.flatMap((row) => {
    const { task_id, task, task_number, document_id, document } = row;
    const named = row.agency_id
      ? [row]
      : [
          ...(row.units ?? []),
          ...Object.entries(ROLES).flatMap(([list, role]) => (row[list] ?? []).map((unit) => ({ ...unit, role }))),
        ];
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

/** The nodes that a fact or a pair is about. */
export const agencyOf = (fact) => ({
  id: `agency:${fact.agency_id}`,
  kind: fact.collective ? "collective" : "agency",
  of: fact.agency_id,
  name: fact.agency,
});
const taskOf = (fact) => ({
  id: `task:${fact.task_id}`,
  kind: "task",
  of: fact.task_id,
  name: fact.task ?? "（无标题）",
  number: fact.task_number,
  document: fact.document_id,
  start: fact.start,
});
const documentOf = (fact) => ({
  id: `document:${fact.document_id}`,
  kind: "document",
  of: fact.document_id,
  name: fact.document ?? fact.document_id,
});
const pairOf = (pair) => [
  { id: `agency:${pair.one_id}`, kind: "agency", of: pair.one_id, name: pair.one },
  { id: `agency:${pair.other_id}`, kind: "agency", of: pair.other_id, name: pair.other },
];

/** What is drawn: `focus` (the node that the question is about, or nothing), `asked` (the facts that answer it), all that touches the
 * nodes `open`, and `pairs` of units that share tasks. Between two nodes that are drawn stands every known fact. */
export function drawing({ focus, asked, known, open, pairs }) {
  const nodes = new Map();
  const show = (...list) => list.forEach((node) => nodes.has(node.id) || nodes.set(node.id, node));
  if (focus) show(focus);
  for (const pair of pairs) show(...pairOf(pair));
  for (const fact of asked) show(agencyOf(fact), taskOf(fact), documentOf(fact));
  for (const fact of known) {
    const [agency, task, document] = [agencyOf(fact), taskOf(fact), documentOf(fact)];
    if (open.includes(agency.id)) show(agency, task, document);
    if (open.includes(task.id)) show(task, agency, document);
    if (open.includes(document.id)) show(document, task);
  }
  const edges = new Map();
  const join = (edge) => nodes.has(edge.source) && nodes.has(edge.target) && edges.set(edge.id, edge);
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

/** The `most` nodes with the most edges, those in `first` before all others, and what joins them; `left`: the nodes left out. */
export function cut({ nodes, edges }, first, most) {
  const degree = new Map(nodes.map((node) => [node.id, first.includes(node.id) ? Infinity : 0]));
  for (const { source, target } of edges) for (const end of [source, target]) degree.set(end, degree.get(end) + 1);
  const ranked = nodes.toSorted((a, b) => degree.get(b.id) - degree.get(a.id));
  const kept = new Set(ranked.slice(0, most).map((node) => node.id));
  return {
    nodes: nodes.filter((node) => kept.has(node.id)),
    edges: edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target)),
    left: ranked.slice(most),
  };
}

/** How many nodes of each kind: {agency, collective, task, document}. */
export const count = (nodes) =>
  Object.fromEntries([...Map.groupBy(nodes, (node) => node.kind)].map(([kind, list]) => [kind, list.length]));
