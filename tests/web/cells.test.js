import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.js";
import { columnsOf, label, said, typeOf } from "../../web/cells.js";
import { example } from "../../web/views/ask.js";

test("a type of the catalogue is taken apart", () => {
  assert.deepEqual(typeOf("text?"), { name: "text", many: false, options: [], fields: [] });
  assert.deepEqual(typeOf("task|step[]"), { name: "task|step", many: true, options: ["task", "step"], fields: [] });
  const map = typeOf("{agency: text, kind: by|period, due_on: date?}[]?");
  assert.equal(map.many, true);
  assert.deepEqual(map.options, [], "the bars are a field's");
  assert.deepEqual(map.fields, [
    { name: "agency", type: "text" },
    { name: "kind", type: "by|period" },
    { name: "due_on", type: "date?" },
  ]);
});

test("a column that counts is called a number", () => {
  assert.equal(label("places", "integer"), "地区数");
  assert.equal(label("places", "integer?"), "地区数");
  assert.equal(label("places", "text[]"), "地区");
  assert.equal(label("tasks", "integer"), label("tasks"), "a count in every answer");
  assert.equal(label("nobody_foresaw_this"), "nobody_foresaw_this");
});

test("a word has its Chinese where it stands, and else stays", () => {
  assert.equal(said("role", "LEADS"), "牵头");
  assert.equal(said("role", "LEADER"), "LEADER");
  assert.equal(said("place", "长治市"), "长治市");
});

const GIVEN = [
  ["agency", "text"],
  ["agency_id", "text"],
  ["task_number", "text?"],
  ["task", "text?"],
  ["year", "integer"],
  ["leads", "integer"],
  ["partners", "{function: text, tasks: integer}[]"],
  ["collective", "boolean"],
  ["start", "integer"],
].map(([name, type]) => ({ name, type }));

test("ids, offsets and what another column shows have no column", () => {
  const names = columnsOf(GIVEN).map((column) => column.id);
  assert.deepEqual(names, ["agency", "task", "year", "leads", "partners", "collective"]);
  const alone = columnsOf([{ name: "task_number", type: "text?" }]);
  assert.deepEqual(
    alone.map((column) => column.id),
    ["task_number"],
  );
});

test("numbers are set as such, years are not", () => {
  const numeric = columnsOf(GIVEN).filter((column) => column.numeric);
  assert.deepEqual(
    numeric.map((column) => column.id),
    ["leads"],
  );
});

test("a cell is sorted and filtered by what it shows", () => {
  const value = (name, row) =>
    columnsOf(GIVEN)
      .find((column) => column.id === name)
      .value(row);
  assert.equal(value("collective", { collective: true }), "是");
  assert.equal(
    value("partners", {
      partners: [
        { function: "司法局", tasks: 3 },
        { tasks: 1, function: "财政局" },
      ],
    }),
    "司法局、财政局",
  );
  assert.equal(value("leads", { leads: 12 }), 12);
  assert.equal(value("task", { task: null }), null);
});

test("what a row holds against its own leads to a document of its own", () => {
  const given = ["task_number", "task", "document", "document_id", "start", "end"].map((name) => `former_${name}`);
  const columns = columnsOf(given.map((name) => ({ name, type: "text" })));
  assert.deepEqual(
    columns.map((column) => column.id),
    ["former_task", "former_document"],
  );
  const row = Object.fromEntries(given.map((name) => [name, name]));
  const { task, document_id, start } = columns[0].cell(row).props.row;
  assert.deepEqual([task, document_id, start], ["former_task", "former_document_id", "former_start"]);
});

test("the example of a query is read from its command line", () => {
  const given = (line) => example({ example: line });
  assert.deepEqual(given("kg query ledger --place 长治市"), { place: ["长治市"] });
  assert.deepEqual(given("kg query x --due-before 2022-06-30 --kind task step --q 'a b'"), {
    due_before: ["2022-06-30"],
    kind: ["task", "step"],
    q: ["a b"],
  });
  assert.deepEqual(given("kg query overview"), {});
});
