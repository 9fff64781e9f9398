import assert from "node:assert/strict";
import { test } from "node:test";
import { change, changed, here, to } from "../../web/route.js";
import { location, here as open } from "./browser.js";

test("an address leaves out what is empty and repeats a list", () => {
  assert.equal(
    to("graph", "", { agency: "a", place: "", basis: null, open: ["x", "y"], at: false }),
    "#/graph?agency=a&open=x&open=y",
  );
  assert.equal(to(""), "#/");
  assert.equal(to("compare", "", { all: 0 }), "#/compare?all=0");
});

test("an id stays readable: its colon is not escaped, its slash is", () => {
  assert.equal(to("agency", "140400:司法局"), "#/agency/140400:%E5%8F%B8%E6%B3%95%E5%B1%80");
  assert.equal(to("document", "a/b?c"), "#/document/a%2Fb%3Fc");
});

test("what an address was made of comes back", () => {
  for (const id of ["140400:长政办发〔2022〕14号", "a/b", "50%", "a?b=c#d"]) {
    open(to("document", id, { at: "3-9", hide: ["lead", "deadline"] }));
    const route = here();
    assert.deepEqual([route.view, route.id], ["document", id]);
    assert.deepEqual(route.params.getAll("hide"), ["lead", "deadline"]);
    assert.equal(route.params.get("at"), "3-9");
  }
});

test("no address is the first page, and a broken escape is taken as it stands", () => {
  open("");
  assert.equal(here().view, "home");
  open("#/agency/%E5%8F");
  assert.equal(here().id, "%E5%8F");
});

test("a question mark in a value is not the beginning of another query", () => {
  open("#/?q=谁？&note=a?b");
  assert.equal(here().params.get("note"), "a?b");
});

test("changing a parameter keeps the others, and null takes one away", () => {
  open("#/deadlines?place=140400&light=red&light=green&today=2022-06-30");
  assert.equal(changed({ today: null }), "#/deadlines?place=140400&light=red&light=green");
  assert.equal(changed({ light: "red" }), "#/deadlines?place=140400&light=red&today=2022-06-30");
  open("#/?q=a");
  assert.equal(changed({ kind: "task" }), "#/?q=a&kind=task");
});

test("a quiet change tells who listens, though the browser would not", () => {
  open("#/document/d?at=1-2");
  let told = 0;
  addEventListener("hashchange", () => {
    told += 1;
  });
  change({ at: null }, true);
  assert.equal(location.hash, "#/document/d");
  assert.equal(told, 1);
  change({ at: null }, true);
  assert.equal(told, 1, "nothing was to change");
});
