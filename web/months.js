// Months and days: 2022-06; several months: 2022-01/2022-12; from one on: 2022-06/..; up to it: ../2022-06 (ISO 8601-2).

import { day } from "./words.js";

/**
 * Whether it is a day of the calendar, as ISO 8601.
 * @param {string} iso
 */
export function isDay(iso) {
  const at = Date.parse(iso);
  return /^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso);
}

/** A month, or an interval of months, which may be open. */
export const SPAN = /^(\.\.\/\d{4}-(0[1-9]|1[0-2])|\d{4}-(0[1-9]|1[0-2])(\/(\d{4}-(0[1-9]|1[0-2])|\.\.))?)$/;

/** The first and the last month of a span; "" where it is open. @param {string} span */
const ends = (span) => {
  const [first, last = first] = span.split("/");
  return [first, last].map((month) => month.replace("..", ""));
};

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
 * Whether a day, or a month, lies in a day, a month, or an interval of months; every day lies in "".
 * @param {string} date
 * @param {string} span
 */
export function within(date, span) {
  if (!span.includes("/")) return date.startsWith(span);
  const [first, last] = ends(span);
  const month = date.slice(0, 7);
  return first <= month && (!last || month <= last);
}

/**
 * The spans of bars: `months` one by one, each year before them in which a day lies, and the rest on both sides.
 * @param {string[]} days
 * @param {string[]} months in a row
 * @param {number} most years
 */
export function spansOf(days, months, most) {
  const before = later(months[0], -1);
  const gone = [...new Set(days.filter((day) => day.slice(0, 7) <= before).map((day) => day.slice(0, 4)))].sort();
  const years = gone.slice(-most);
  const earlier = years.length < gone.length ? [`../${Number(years[0]) - 1}-12`] : [];
  const ofYears = years.map((year) => `${year}-01/${before < `${year}-12` ? before : `${year}-12`}`);
  return [...earlier, ...ofYears, ...months, `${later(months[months.length - 1], 1)}/..`];
}

/**
 * The first and the last day of a span, as the service asks for them.
 * @param {string} span
 * @returns {{ due_from?: string, due_to?: string }}
 */
export function daysOf(span) {
  const [first, last] = ends(span);
  const [year, index] = last.split("-").map(Number);
  return {
    ...(first && { due_from: `${first}-01` }),
    ...(last && { due_to: `${last}-${new Date(Date.UTC(year, index, 0)).getUTCDate()}` }),
  };
}

/**
 * A span for the reader.
 * @param {string} span
 */
export function spanSaid(span) {
  const [first, last] = ends(span);
  if (!first) return `${day(last)}及以前`;
  if (!last) return `${day(first)}及以后`;
  if (first === last) return day(first);
  return first.endsWith("-01") && last === `${first.slice(0, 4)}-12` ? `${first.slice(0, 4)}年` : `${day(first)}至${day(last)}`;
}

/**
 * What stands under the bar of a span: 更早, 更晚, years, and every third month between, the first and each January with its year.
 * @param {string} span
 * @param {string[]} spans of all bars
 */
export function tick(span, spans) {
  if (span.startsWith("../")) return "更早";
  if (span.endsWith("/..")) return "更晚";
  if (span.includes("/")) return (spans.indexOf(span) % 2 ? "\n" : "") + span.slice(0, 4); // a bar is narrower than a year
  const [year, month] = span.split("-").map(Number);
  const months = spans.filter((one) => !one.includes("/"));
  const at = months.indexOf(span);
  if (month % 3 !== 1 || at < 1 || at > months.length - 2) return "";
  return month === 1 || at < 4 ? `${month}月\n${year}` : `${month}月`;
}
