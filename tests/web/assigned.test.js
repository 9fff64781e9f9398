import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.js";
import { assigned, marks } from "../../web/assigned.js";

const unit = (id, more = {}) => ({
  agency_id: id,
  agency: `${id}局`,
  basis: "clause",
  modality: "must",
  collective: false,
  ...more,
});
const shown = (units) => units.map((one) => [one.agency_id, one.basis]);

test("each unit stands once in its role, by what is surest, and that first", () => {
  const { LEADS, PARTICIPATES } = assigned({
    leads: [unit("a", { basis: "narrative" }), unit("b", { basis: "default" }), unit("c"), unit("a")],
    participants: [unit("d", { basis: "narrative" }), unit("e"), unit("d", { basis: "default" })],
  });
  assert.deepEqual(shown(LEADS), [
    ["c", "clause"],
    ["a", "clause"],
    ["b", "default"],
  ]);
  assert.deepEqual(shown(PARTICIPATES), [
    ["e", "clause"],
    ["d", "narrative"],
  ]);
});

test("who leads by a clause does not also take part; who leads by a sentence may", () => {
  const row = { leads: [unit("a"), unit("b", { basis: "narrative" })], participants: [unit("a"), unit("b")] };
  assert.deepEqual(shown(assigned(row).PARTICIPATES), [["b", "clause"]]);
});

test("what does not go without saying is said", () => {
  assert.equal(marks(unit("a")), "");
  assert.equal(marks(unit("a", { collective: true, basis: "narrative", modality: "must not" })), "（统称，正文表述，不得）");
});
