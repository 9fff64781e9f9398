import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, GAP, pack, stack, wrap } from "../../web/layout.js";

test("text is broken after so many characters, two Latin ones counting about one", () => {
  assert.deepEqual(wrap("全面推行公示", 4, 3), ["全面推行", "公示"]);
  assert.deepEqual(wrap("abcdefg", 4, 3), ["abcdef", "g"]);
  assert.deepEqual(wrap("", 4, 3), [""]);
});

test("what does not fit ends in …, at the width of a line", () => {
  assert.deepEqual(wrap("一二三四五六七八九", 4, 2), ["一二三四", "五六七…"]);
  assert.deepEqual(wrap("一二三四五六七八", 4, 2), ["一二三四", "五六七八"]);
});

test("a character outside the basic plane is not broken", () => {
  assert.deepEqual(wrap("𠮷𠮷𠮷", 2, 2), ["𠮷𠮷", "𠮷"]);
});

const box = (wish, height = 20) => ({ height, wish });

test("boxes with room stand where they wish", () => {
  assert.deepEqual(stack([box(0), box(100), box(200)]), [0, 100, 200]);
  assert.deepEqual(stack([]), []);
});

test("boxes that would overlap become a block around the mean of their wishes", () => {
  assert.deepEqual(stack([box(50), box(50)]), [35, 65]);
  assert.deepEqual(stack([box(0), box(0), box(0)]), [-30, 0, 30]);
});

test("a block that grows takes in its neighbours, and nothing ever overlaps", () => {
  const boxes = [box(0, 40), box(50, 20), box(40, 60), box(45, 20), box(400, 20)];
  const middles = stack(boxes);
  for (let i = 1; i < boxes.length; i += 1) {
    const free = middles[i] - middles[i - 1] - (boxes[i].height + boxes[i - 1].height) / 2;
    assert.ok(free >= GAP - 1e-9, `${free} between ${i - 1} and ${i}`);
  }
  assert.equal(middles[4], 400);
});

test("boxes on each other are moved apart along the shorter way, and far ones are left", () => {
  const [a, b, far] = [
    { x: 0, y: 0, width: 100, height: 20 },
    { x: 10, y: 4, width: 100, height: 20 },
    { x: 500, y: 0, width: 100, height: 20 },
  ];
  apart([a, b, far]);
  assert.deepEqual([a.x, b.x], [0, 10], "to the side would be farther");
  assert.ok(b.y - a.y >= 20 + GAP - 0.5);
  assert.deepEqual([far.x, far.y], [500, 0]);
});

test("parts are set in rows, the highest first, and none overlaps another", () => {
  const parts = [
    { w: 100, h: 50 },
    { w: 300, h: 200 },
    { w: 200, h: 100 },
    { w: 250, h: 100 },
  ];
  const corners = pack(parts);
  assert.deepEqual(corners[1], { x: 0, y: 0 });
  for (const [i, a] of corners.entries()) {
    for (const [j, b] of corners.entries()) {
      if (i >= j) continue;
      const aside = a.x + parts[i].w <= b.x || b.x + parts[j].w <= a.x;
      const under = a.y + parts[i].h <= b.y || b.y + parts[j].h <= a.y;
      assert.ok(aside || under, `${i} and ${j}`);
    }
  }
  assert.ok(new Set(corners.map((corner) => corner.y)).size > 1, "more than one row");
});
