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
