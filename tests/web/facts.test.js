import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.js";
import { agencyOf, count, cut, drawing, facts } from "../../web/facts.js";

const TASK = { task_id: "t1", task: "建站", task_number: "（一）", document_id: "d1", document: "工作要点" };
const unit = (id, more = {}) => ({ agency_id: id, agency: `${id}局`, basis: "clause", quote: id, start: 3, ...more });
const LEDGER = { ...TASK, leads: [unit("a")], participants: [unit("b"), unit("c", { collective: true })] };
const known = facts([LEDGER]);

test("a row with lists of units is a fact for each, in its role", () => {
  assert.deepEqual(
    known.map((fact) => [fact.agency_id, fact.role, fact.collective]),
    [
      ["a", "LEADS", false],
      ["b", "PARTICIPATES", false],
      ["c", "PARTICIPATES", true],
    ],
  );
  assert.ok(known.every((fact) => fact.task_id === "t1" && fact.document === "工作要点"));
});

test("a row about one unit, and one whose units say their roles, are facts as they stand", () => {
  assert.deepEqual(facts([{ ...TASK, ...unit("a"), role: "LEADS" }]), [known[0]]);
  assert.deepEqual(facts([{ ...TASK, units: [unit("a", { role: "LEADS" })] }]), [known[0]]);
  assert.deepEqual(facts([TASK]), []);
});

test("a collective is a node of another kind", () => {
  assert.deepEqual(agencyOf(known[2]), { id: "agency:c", kind: "collective", of: "c", name: "c局" });
});

const draw = (given) => drawing({ focus: null, asked: [], known, open: [], pairs: [], ...given });
const ids = (list) => list.map((one) => one.id).sort();

test("what answers is drawn with its task and document, and every fact between what is drawn", () => {
  const { nodes, edges } = draw({ asked: [known[0]] });
  assert.deepEqual(ids(nodes), ["agency:a", "document:d1", "task:t1"]);
  assert.deepEqual(ids(edges), ["agency:a|LEADS|clause|task:t1", "document:d1|HAS_TASK|task:t1"]);
});

test("an opened task brings its units, an opened document its tasks alone", () => {
  assert.deepEqual(ids(draw({ open: ["task:t1"] }).nodes), ["agency:a", "agency:b", "agency:c", "document:d1", "task:t1"]);
  assert.deepEqual(ids(draw({ open: ["document:d1"] }).nodes), ["document:d1", "task:t1"]);
  assert.deepEqual(ids(draw({ focus: agencyOf(known[1]) }).nodes), ["agency:b"]);
});

test("a node and an edge are drawn once, however often they are known", () => {
  const twice = draw({ asked: known, known: [...known, ...known] });
  assert.equal(twice.nodes.length, 5);
  assert.equal(twice.edges.length, 4);
});

test("units that share tasks are joined", () => {
  const pair = { one_id: "a", one: "a局", other_id: "b", other: "b局", tasks: 2 };
  const { nodes, edges } = draw({ pairs: [pair], known: [] });
  assert.deepEqual(ids(nodes), ["agency:a", "agency:b"]);
  assert.deepEqual(edges, [{ id: "agency:a|SHARES|agency:b", kind: "SHARES", source: "agency:a", target: "agency:b", pair }]);
});

test("too many nodes: the most connected stay, those asked for before all others", () => {
  const all = draw({ asked: known });
  const left = cut(all, ["agency:c"], 2);
  assert.deepEqual(ids(left.nodes), ["agency:c", "task:t1"]);
  assert.deepEqual(ids(left.edges), ["agency:c|PARTICIPATES|clause|task:t1"]);
  assert.equal(left.left.length, 3);
  assert.deepEqual(cut(all, [], 300).left, []);
});

test("nodes are counted by kind, without those that there are none of", () => {
  assert.deepEqual(count(draw({ asked: known }).nodes), { agency: 2, collective: 1, task: 1, document: 1 });
  assert.deepEqual(count([]), {});
});
