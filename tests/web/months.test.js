import assert from "node:assert/strict";
import { test } from "node:test";
import { daysOf, isDay, later, SPAN, spanSaid, spansOf, tick, within } from "../../web/months.js";

test("a day is one of the calendar, written as ISO 8601", () => {
  for (const day of ["2022-06-30", "2024-02-29"]) assert.ok(isDay(day), day);
  for (const no of ["2022-02-30", "2023-02-29", "2022-6-30", "2022-13-01", "", "today", "2022-06-30T00:00"])
    assert.ok(!isDay(no), no);
});

test("months are counted over the ends of years", () => {
  assert.equal(later("2022-12", 1), "2023-01");
  assert.equal(later("2022-01", -1), "2021-12");
  assert.equal(later("2022-06", -18), "2020-12");
  assert.equal(later("2022-06", 24), "2024-06");
});

test("a month, or an interval of months, is a span; nothing else is", () => {
  for (const span of ["2022-06", "2022-06/..", "../2022-06", "2022-01/2022-12"]) assert.ok(SPAN.test(span), span);
  for (const no of ["2022", "2022-13", "2022-06-30", "x2022-06", "2022/2023", "../2022-01/2022-12", "2022-01/2022-12/..", ""])
    assert.ok(!SPAN.test(no), no);
});

test("a day lies in its month, and an interval holds its own month", () => {
  assert.ok(within("2022-06-30", "2022-06"));
  assert.ok(!within("2022-07-01", "2022-06"));
  assert.ok(within("2022-06-30", "../2022-06") && within("2019-01-01", "../2022-06"));
  assert.ok(!within("2022-07-01", "../2022-06"));
  assert.ok(within("2022-06-01", "2022-06/..") && !within("2022-05-31", "2022-06/.."));
  assert.ok(within("2022-12-31", "2022-01/2022-12") && !within("2021-12-31", "2022-01/2022-12"));
  assert.ok(within("2022-06-01", ""), "no span is all of time");
});

test("a span is said in words", () => {
  assert.equal(spanSaid("2022-06"), "2022年6月");
  assert.equal(spanSaid("../2022-06"), "2022年6月及以前");
  assert.equal(spanSaid("2022-06/.."), "2022年6月及以后");
  assert.equal(spanSaid("2022-01/2022-12"), "2022年");
  assert.equal(spanSaid("2022-01/2022-06"), "2022年1月至2022年6月");
});

test("the ends and every third month are named, the first and each January with the year", () => {
  const months = Array.from({ length: 14 }, (_, n) => later("2022-03", n));
  const spans = ["../2022-02", ...months, "2023-05/.."];
  const named = spans.map((span) => tick(span, spans));
  assert.equal(named[0], "更早");
  assert.equal(named.at(-1), "更晚");
  assert.deepEqual(named.slice(1, -1).filter(Boolean), ["4月\n2022", "7月", "10月", "1月\n2023"]);
});

test("each year gone by in which something was due has its bar; what is older than the last of them is one", () => {
  const months = ["2025-07", "2025-08"];
  const days = ["2020-06-30", "2023-12-31", "2025-03-01", "2025-07-01", "2027-01-01"];
  const years = ["2023-01/2023-12", "2025-01/2025-06"];
  assert.deepEqual(spansOf(days, months, 8), ["2020-01/2020-12", ...years, ...months, "2025-09/.."]);
  assert.deepEqual(spansOf(days, months, 2), ["../2022-12", ...years, ...months, "2025-09/.."]);
  assert.equal(tick("2025-01/2025-06", spansOf(days, months, 2)), "2025");
});

test("a span is asked for by its first and last day", () => {
  assert.deepEqual(daysOf("2024-02"), { due_from: "2024-02-01", due_to: "2024-02-29" });
  assert.deepEqual(daysOf("../2025-11"), { due_to: "2025-11-30" });
  assert.deepEqual(daysOf("2025-11/.."), { due_from: "2025-11-01" });
  assert.deepEqual(daysOf("2022-01/2022-12"), { due_from: "2022-01-01", due_to: "2022-12-31" });
  assert.deepEqual(daysOf(""), {});
});
