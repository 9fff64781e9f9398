// Where in a text something stands, and which paragraphs of it belong together.

/** @typedef {[start: number, end: number]} Span in code points */
/** @typedef {{ task: string | null, starts: boolean, start: number, end: number, paragraphs: Api.Paragraph[] }} BlockOfText of a task, or between two */

/**
 * "12-34" as [12, 34]; null where it says nothing of the kind.
 * @param {string | null} said
 * @returns {Span | null}
 */
export function span(said) {
  const found = /^(\d+)-(\d+)$/.exec(said ?? "");
  return found && Number(found[1]) < Number(found[2]) ? [Number(found[1]), Number(found[2])] : null;
}

/**
 * Whether a place in the text is that of a fact: the same words, or for a task any that begin with it.
 * @type {(fact: Api.TextFact, at: Span) => boolean}
 */
export const covers = (fact, [start, end]) =>
  fact.start === start && (fact.end === end || (fact.kind === "task" && fact.end >= end));

/**
 * Paragraphs of one task, or between tasks, together.
 * @param {Api.Paragraph[]} paragraphs
 * @returns {BlockOfText[]}
 */
export function cutIntoBlocks(paragraphs) {
  /** @type {BlockOfText[]} */
  const blocks = [];
  for (const paragraph of paragraphs) {
    const { task, task_starts: starts, start, end } = paragraph;
    const last = blocks.at(-1);
    if (last && last.task === task && !paragraph.heading && !starts) {
      last.paragraphs.push(paragraph);
      last.end = end;
    } else blocks.push({ task, starts, start, end, paragraphs: [paragraph] });
  }
  return blocks;
}

/**
 * What stands where no mark is told of.
 * @param {string | null} said what the address names
 * @param {Span | null} at
 * @param {Api.TextAnswer} body
 */
export function hint(said, at, body) {
  if (!said) return "点开原文中的标注，这里说明它是什么、属于哪项任务。";
  return at && at[0] < body.end && at[1] > body.start ? "这里没有单独的标注，原文已标出。" : "地址里的位置不在这份文件中。";
}
