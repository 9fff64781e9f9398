// Lines of work (条线), of the rows of /compare: one row per line and place.

/**
 * How many tasks the rows count.
 * @param {{ tasks: number }[]} rows
 */
export const total = (rows) => rows.reduce((sum, row) => sum + row.tasks, 0);

/**
 * [name, rows] of each line of work, what most places have first.
 * @template {{ function: string, tasks: number }} Row
 * @param {Row[]} rows
 * @returns {[name: string, rows: Row[]][]}
 */
export const lines = (rows) =>
  [...Map.groupBy(rows, (row) => row.function)].sort(([, a], [, b]) => b.length - a.length || total(b) - total(a));

/**
 * The level of a place, by its GB/T 2260 code: 140000, 140400, 140402.
 * @param {string | null} code
 */
export const levelOf = (code) => (!code ? "" : code.endsWith("0000") ? "province" : code.endsWith("00") ? "city" : "county");

/**
 * The level that most of the places have for which there are documents, of several the first of city, county, province.
 * @param {{ place_code: string | null }[]} documents
 */
export function usualLevel(documents) {
  const codes = [...new Set(documents.map((row) => row.place_code))];
  const places = (/** @type {string} */ level) => codes.filter((code) => levelOf(code) === level).length;
  return ["city", "county", "province"].reduce((most, level) => (places(level) > places(most) ? level : most));
}
