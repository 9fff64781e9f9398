// Words that are carried along: a link holds the words it points at, so that who opens it is told when the text has changed; and
// links and quotes are copied, of a fact or of what is selected.

import { span } from "./passages.js";
import { to } from "./route.js";
import { html, useEffect, useState } from "./vendor/preact.js";

/** @import { Span } from "./passages.js" */

const CARRIED = 40; // characters of a quote in an address

/**
 * What an address carries of a quote: its first characters, without white space, in which copies of a text differ.
 * @param {string | null | undefined} quote
 */
export const carried = (quote) => (quote ? Array.from(quote.replace(/\s+/g, "")).slice(0, CARRIED).join("") : null);

/**
 * A text without white space, and where each code unit of it stands in the source, in code points.
 * @param {Api.Paragraph[]} paragraphs
 */
function squeezed(paragraphs) {
  /** @type {number[]} */
  const places = [];
  let text = "";
  for (const { segments } of paragraphs)
    for (const segment of segments) {
      let at = segment.start;
      for (const sign of segment.text) {
        if (sign.trim()) {
          text += sign;
          for (let unit = 0; unit < sign.length; unit += 1) places.push(at);
        }
        at += 1;
      }
    }
  return { text, places };
}

/**
 * Each place where words stand, whatever white space breaks them.
 * @param {Api.Paragraph[]} paragraphs
 * @param {string} words
 * @returns {Span[]}
 */
export function standing(paragraphs, words) {
  const { text, places } = squeezed(paragraphs);
  const sought = words.replace(/\s+/g, "");
  /** @type {Span[]} */
  const spans = [];
  for (let at = text.indexOf(sought); sought && at >= 0; at = text.indexOf(sought, at + sought.length))
    spans.push([places[at], places[at + sought.length - 1] + 1]);
  return spans;
}

/**
 * Where the words stand that an address carries for the place `at`: there (`moved` is false), else where they are now; null where
 * the text no longer has them, or more than once. An address without words means its place.
 * @param {Api.Paragraph[]} paragraphs
 * @param {Span} at
 * @param {string | null} words
 * @returns {{ at: Span, moved: boolean } | null}
 */
export function found(paragraphs, at, words) {
  if (!words) return { at, moved: false };
  const { text, places } = squeezed(paragraphs);
  const here = places.findIndex((place) => place >= at[0]);
  if (here >= 0 && text.startsWith(words, here)) return { at, moved: false };
  const first = text.indexOf(words);
  if (first < 0 || text.includes(words, first + 1)) return null;
  return { at: [places[first], places[first + words.length - 1] + 1], moved: true };
}

/**
 * `found` of what the address says; null where it names no place.
 * @param {Api.Paragraph[]} paragraphs
 * @param {URLSearchParams} params
 */
export function pointed(paragraphs, params) {
  const at = span(params.get("at"));
  return at && { words: params.get("words"), now: found(paragraphs, at, params.get("words")) };
}

/**
 * Says that the text has changed since the link was made.
 * @param {{ of: ReturnType<typeof pointed> }} props
 */
export const Changed = ({ of }) =>
  hasChanged(of) &&
  html`<p class="failure" role="status">
    <strong>做这个链接以后，原文改动过。</strong> “${of?.words}”${of?.now ? "挪了位置，已在原文里标出。" : "在现在的原文里找不到，或不止一处。"}
  </p>`;

/** @param {ReturnType<typeof pointed>} of */
export const hasChanged = (of) => of !== null && of.now?.moved !== false;

// Copying

/** @typedef {{ document_id: string, document: string | null, doc_number: string | null }} Cited */
/** @typedef {{ start: number, end: number, quote: string, page?: number | null }} Passage */

/**
 * The whole address of words of a document.
 * @param {Cited} body
 * @param {Passage} passage
 */
const link = (body, { start, end, quote }) =>
  `${location.href.split("#")[0]}${to("document", body.document_id, { at: `${start}-${end}`, words: carried(quote) })}`;

/**
 * Words with where they are from, as they go into a report: “……”（《关于……的通知》，长政办发〔2022〕14号，第3页）
 * @param {Cited} body
 * @param {Passage} passage
 */
export function citation(body, { quote, page }) {
  const from = [`《${body.document ?? body.document_id}》`, body.doc_number, page && `第${page}页`].filter(Boolean).join("，");
  return `“${quote.replace(/\s*\n\s*/g, "")}”（${from}）`;
}

/**
 * Copies, where a page may: one that is served neither over HTTPS nor from this machine has the old way alone.
 * @param {string} words
 */
export async function copy(words) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  const area = Object.assign(document.createElement("textarea"), { value: words, className: "unseen" });
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

/**
 * The address of a fact's words.
 * @param {Api.TextFact} fact
 */
export const placeOf = (fact) => ({ at: `${fact.start}-${fact.end}`, words: carried(fact.quote), task: null });

/** @param {{ body: Cited, passage: Passage }} props */
export function Copying({ body, passage }) {
  const [said, setSaid] = useState("");
  const button = (/** @type {string} */ name, /** @type {string} */ words) =>
    html`<button onClick=${() =>
      copy(words).then(
        () => setSaid(`已${name}`),
        () => setSaid("浏览器不让复制"),
      )}>${name}</button>`;
  useEffect(() => setSaid(""), [passage.start, passage.end]);
  return html`<span class="buttons copying">
    ${button("复制链接", link(body, passage))} ${button("复制引文", citation(body, passage))} <span class="said" role="status">${said}</span>
  </span>`;
}

/**
 * The part of a text that is selected; paragraphs say in data-start where they begin.
 * @param {Element} text
 * @returns {(Passage & { box: DOMRect }) | null}
 */
export function selected(text) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const [start, end] = [
    offset(text, range.startContainer, range.startOffset),
    offset(text, range.endContainer, range.endOffset),
  ];
  const quote = selection.toString().trim();
  return start === null || end === null || start >= end || !quote
    ? null
    : { start, end, quote, box: range.getBoundingClientRect() };
}

/**
 * Where in the source a place of the page is, in code points.
 * @param {Element} text
 * @param {Node} node
 * @param {number} at
 */
function offset(text, node, at) {
  const paragraph = (node instanceof Element ? node : node.parentElement)?.closest("[data-start]");
  if (!(paragraph instanceof HTMLElement) || !text.contains(paragraph)) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, at);
  return Number(paragraph.dataset.start) + Array.from(before.toString()).length;
}

/**
 * Beside what is selected in a text: a link to it, and its words with where they are from.
 * @param {{ body: Cited, text: { current: HTMLElement | null } }} props
 */
export function OfSelection({ body, text }) {
  const [passage, setPassage] = useState(/** @type {ReturnType<typeof selected>} */ (null));
  useEffect(() => {
    const changed = () => setPassage(text.current && selected(text.current));
    document.addEventListener("selectionchange", changed);
    return () => document.removeEventListener("selectionchange", changed);
  }, []);
  if (!passage) return null;
  const { box } = passage;
  const at = { top: `${box.bottom + scrollY + 6}px`, left: `${Math.max(8, Math.min(box.left, innerWidth - 260))}px` };
  return html`<div class="selected panel" style=${at} role="toolbar" aria-label="选中的文字" onPointerDown=${(/** @type {Event} */ event) => event.preventDefault()}>
    <${Copying} body=${body} passage=${passage} />
  </div>`;
}
