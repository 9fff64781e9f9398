import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.js";
import { graphml } from "../../web/graphml.js";
import { lines, total } from "../../web/lines.js";
import { covers, cutIntoBlocks, span } from "../../web/passages.js";
import { target } from "../../web/searchbox.js";
import { dated, day, decided, due, explain, number, today } from "../../web/words.js";

test("days and numbers for the reader", () => {
  assert.equal(day("2022-06-05"), "2022年6月5日");
  assert.equal(day("2022-06"), "2022年6月");
  assert.equal(day(null), "");
  assert.equal(dated("年底前 → 2021-12-31"), "年底前 → 2021年12月31日");
  assert.equal(decided("漏读 (2024-11-30, 王)"), "漏读（2024年11月30日，王）");
  assert.equal(decided("见附件 (2) (2024-11-30)"), "见附件 (2)（2024年11月30日）");
  assert.equal(number(12345), "12,345");
  assert.equal(number(undefined), "0");
  assert.match(today(), /^\d{4}-\d\d-\d\d$/);
});

test("a time limit in few words: how often, how long, from when till when, by when", () => {
  assert.equal(due({ every: "quarter", quote: "每季度末" }), "每季度");
  assert.equal(due({ within: "P5D", quote: "5个工作日内", due_on: "2022-06-30" }), "5个工作日内");
  assert.equal(due({ start_on: "2022-01-01", due_on: "2022-12-31" }), "2022年1月1日至2022年12月31日");
  assert.equal(due({ due_on: "2022-06-30" }), "2022年6月30日前");
  assert.equal(due({ due_on: null, quote: "尽快" }), "尽快");
});

test("a problem that nobody foresaw has words too", () => {
  assert.notDeepEqual(explain({ kind: "not-found" }), explain({ kind: "" }));
  assert.deepEqual(explain({ kind: "constructor" }), explain({ kind: "" }));
});

test("words outside every task have advice of their own: a new task", () => {
  assert.match(explain({ kind: "outside-tasks" }).join(), /不在任何任务里.*新任务/);
});

test("lines of work: what most places have comes first, then what has most tasks", () => {
  const row = (name, place, tasks) => ({ function: name, place, tasks });
  const rows = [row("财政局", "a", 9), row("司法局", "a", 1), row("司法局", "b", 2), row("民政局", "a", 10)];
  assert.deepEqual(
    lines(rows).map(([name, of]) => [name, of.length, total(of)]),
    [
      ["司法局", 2, 3],
      ["民政局", 1, 10],
      ["财政局", 1, 9],
    ],
  );
});

test("a hit leads to its view, a task to its words", () => {
  assert.equal(target({ kind: "agency", id: "140400:x" }), "#/agency/140400:x");
  assert.equal(target({ kind: "document", id: "d" }), "#/document/d");
  const task = { kind: "task", id: "d:1", document_id: "d", source_spans: [{ start: 5, end: 9 }] };
  assert.equal(target(task), "#/document/d?task=d%3A1&at=5-9");
  assert.equal(target({ ...task, source_spans: [] }), "#/document/d?task=d%3A1");
});

test("a place in a text is two numbers, the first the smaller", () => {
  assert.deepEqual(span("12-34"), [12, 34]);
  for (const no of ["34-12", "12-12", "12", "a-b", "-1-2", "12-34-56", null]) assert.equal(span(no), null, String(no));
});

test("a place is that of a fact with the same words, and of the task that begins there", () => {
  const fact = { kind: "lead", start: 10, end: 14 };
  assert.ok(covers(fact, [10, 14]));
  assert.ok(!covers(fact, [10, 12]) && !covers(fact, [11, 14]));
  assert.ok(covers({ kind: "task", start: 10, end: 90 }, [10, 14]));
  assert.ok(!covers({ kind: "task", start: 10, end: 90 }, [10, 91]));
});

test("paragraphs of one task stand together; a heading, and a task that begins anew, stand apart", () => {
  const paragraph = (start, task, more = {}) => ({ start, end: start + 9, task, task_starts: false, heading: null, ...more });
  const blocks = cutIntoBlocks([
    paragraph(0, null),
    paragraph(10, "t1", { task_starts: true }),
    paragraph(20, "t1"),
    paragraph(30, "t1", { heading: 2 }),
    paragraph(40, null),
    paragraph(50, "t1", { task_starts: true }),
    paragraph(60, "t1", { task_starts: true }),
  ]);
  assert.deepEqual(
    blocks.map((block) => [block.start, block.end, block.task, block.paragraphs.length]),
    [
      [0, 9, null, 1],
      [10, 29, "t1", 2],
      [30, 39, "t1", 1],
      [40, 49, null, 1],
      [50, 59, "t1", 1],
      [60, 69, "t1", 1],
    ],
  );
  assert.equal(blocks[1].starts, true);
});

test("GraphML holds nodes and edges, with nothing that XML does not take", () => {
  const text = graphml({
    nodes: [{ id: 'a"<', kind: "task", of: "a", name: "A & B\u0001", number: "（一）" }],
    edges: [
      { id: "e", kind: "SHARES", source: "a", target: "b", pair: { tasks: 4 } },
      { id: "f", kind: "LEADS", source: "a", target: "b", fact: { role: "LEADS", basis: "clause", quote: null } },
    ],
  });
  assert.ok(text.includes('<node id="a&quot;&lt;"><data key="node-label">（一） A &amp; B\ufffd</data>'));
  assert.ok(text.includes('<data key="edge-tasks">4</data>'));
  assert.ok(text.includes('attr.name="tasks" attr.type="int"'));
  assert.ok(text.includes('<data key="edge-role">LEADS</data><data key="edge-basis">clause</data></edge>'), "no empty quote");
});

test("a value that is refused is said with its field, what was given and what may be", () => {
  const refused = (message, hint) => explain({ kind: "bad-parameter", message, hint });
  assert.deepEqual(refused("due_before='2022-13-1' is not accepted", "due_before is a day such as 2022-12-31, or today"), [
    "“在此日前到期”填的是“2022-13-1”，不能这样写。",
    "请写成 2022-12-31 这样的日子，年、月、日都要写。",
  ]);
  assert.deepEqual(refused("year='二二' is not accepted", "year is a whole number from 0")[1], "请填整数，如 2022。");
  assert.match(
    refused("issued_from=2022-06-30 is later than issued_to=2022-01-01", "")[0],
    /“成文日期从”（2022年6月30日）晚于“成文日期到”/,
  );
  assert.equal(refused("x is strange", "")[0], "地址里的条件不对");
});
