// Where boxes with words stand, in pixels; what draws them is elsewhere.

export const GAP = 10; // between two boxes

/**
 * Text in at most `most` lines of `wide` Chinese characters, two Latin ones being as wide as one; what does not fit becomes ….
 * @param {string} text
 * @param {number} wide
 * @param {number} most
 */
export function wrap(text, wide, most) {
  const lines = [""];
  let filled = 0;
  for (const sign of text) {
    const width = sign < "\u0300" ? 0.58 : 1;
    if (filled + width > wide) {
      if (lines.length === most) return [...lines.slice(0, -1), `${lines[most - 1].slice(0, -1)}…`];
      lines.push("");
      filled = 0;
    }
    lines[lines.length - 1] += sign;
    filled += width;
  }
  return lines;
}

/**
 * The heights of the middles of boxes that stand under each other in this order, each as near as can be to the one it wishes for:
 * where boxes would overlap they become a block, at the mean of their wishes.
 * @param {{ height: number, wish: number }[]} boxes
 * @returns {number[]}
 */
export function stack(boxes) {
  /** @type {{ count: number, size: number, top: number }[]} */
  const blocks = [];
  for (const { height, wish } of boxes) {
    let block = { count: 1, size: height + GAP, top: wish - height / 2 };
    for (let last = blocks.at(-1); last && last.top + last.size > block.top; last = blocks.at(-1)) {
      blocks.pop();
      const count = last.count + block.count;
      const top = (last.top * last.count + (block.top - last.size) * block.count) / count;
      block = { count, size: last.size + block.size, top };
    }
    blocks.push(block);
  }
  const middles = [];
  for (const { count, top } of blocks) {
    let next = top;
    for (const { height } of boxes.slice(middles.length, middles.length + count)) {
      middles.push(next + height / 2);
      next += height + GAP;
    }
  }
  return middles;
}

/**
 * Moves boxes, given by their middles, that are nearer than GAP away from each other.
 * @param {{ x: number, y: number, width: number, height: number }[]} boxes
 */
export function apart(boxes) {
  for (let round = 0, moved = true; moved && round < 300; round += 1) {
    moved = false;
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        const x = (a.width + b.width) / 2 + GAP - Math.abs(a.x - b.x);
        const y = (a.height + b.height) / 2 + GAP - Math.abs(a.y - b.y);
        if (x <= 0.5 || y <= 0.5) continue;
        moved = true;
        const axis = x < y ? "x" : "y";
        const by = Math.min(x, y) / 2;
        const side = a[axis] < b[axis] ? -1 : 1;
        a[axis] += side * by;
        b[axis] -= side * by;
      }
    }
  }
}

const SPACE = 60; // between two parts

/**
 * The left upper corners of boxes set side by side in rows, the highest first, over an area half as wide again as high.
 * @param {{ w: number, h: number }[]} boxes
 * @returns {{ x: number, y: number }[]} in the order given
 */
export function pack(boxes) {
  const wide = 1.5 * Math.sqrt(boxes.reduce((sum, box) => sum + (box.w + SPACE) * (box.h + SPACE), 0));
  let [x, y, high] = [0, 0, 0];
  const corners = new Map();
  for (const box of boxes.toSorted((a, b) => b.h - a.h)) {
    if (x > 0 && x + box.w > wide) [x, y, high] = [0, y + high + SPACE, 0];
    corners.set(box, { x, y });
    x += box.w + SPACE;
    high = Math.max(high, box.h);
  }
  return boxes.map((box) => corners.get(box));
}
