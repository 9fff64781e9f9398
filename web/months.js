// Months and days: 2022-06; from a month on: 2022-06/..; up to it: ../2022-06 (ISO 8601-2).

import { day } from "./words.js";

/**
 * Whether it is a day of the calendar, as ISO 8601.
 * @param {string} iso
 */
export function isDay(iso) {
  const at = Date.parse(iso);
  return /^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso);
}

/** A month, or an open interval of months. */
export const SPAN = /^(\.\.\/)?\d{4}-(0[1-9]|1[0-2])(\/\.\.)?$/;

/**
 * `n` months after a month.
 * @param {string} month
 * @param {number} n
 */
export function later(month, n) {
  const [year, index] = month.split("-").map(Number);
  const moved = year * 12 + index - 1 + n;
  return `${Math.floor(moved / 12)}-${String((moved % 12) + 1).padStart(2, "0")}`;
}

/**
 * Whether a day lies in a day, a month, or an open interval of months; every day lies in "".
 * @param {string} date
 * @param {string} span
 */
export function within(date, span) {
  if (span.startsWith("../")) return date.slice(0, 7) <= span.slice(3);
  if (span.endsWith("/..")) return date.slice(0, 7) >= span.slice(0, -3);
  return date.startsWith(span);
}

/**
 * The first and the last day of a span, as the service asks for them.
 * @param {string} span
 * @returns {{ due_from?: string, due_to?: string }}
 */
export function daysOf(span) {
  if (!span) return {};
  const month = span.replace(/^\.\.\/|\/\.\.$/g, "");
  const [year, index] = month.split("-").map(Number);
  const [due_from, due_to] = [`${month}-01`, `${month}-${new Date(Date.UTC(year, index, 0)).getUTCDate()}`];
  return { ...(span.startsWith("../") ? {} : { due_from }), ...(span.endsWith("/..") ? {} : { due_to }) };
}

/**
 * A span for the reader.
 * @param {string} span
 */
export const spanSaid = (span) =>
  span.startsWith("../") ? `${day(span.slice(3))}及以前` : span.endsWith("/..") ? `${day(span.slice(0, -3))}及以后` : day(span);

/**
 * What stands under the bar of a span: 更早, 更晚, and every third month between them, the first and each January with its year.
 * @param {string} span
 * @param {string[]} spans of all bars
 */
export function tick(span, spans) {
  if (span.startsWith("../")) return "更早";
  if (span.endsWith("/..")) return "更晚";
  const [year, month] = span.split("-").map(Number);
  const at = spans.indexOf(span);
  if (month % 3 !== 1 || at < 2 || at > spans.length - 3) return "";
  return month === 1 || at < 5 ? `${month}月\n${year}` : `${month}月`;
}
