// Which units a row of the ledger names, as its files have them too (exports/ledger_rows.py).

import { BASIS } from "./words.js";
import { COLUMN, MODALITY } from "./zh.js";

/** @typedef {Api.LedgerLeads} Unit */

const SUREST_FIRST = ["clause", "narrative", "default"];

/** @param {Unit} a @param {Unit} b */
const surer = (a, b) => SUREST_FIRST.indexOf(a.basis) - SUREST_FIRST.indexOf(b.basis);

/** The same unit once, by its surest basis. @param {Unit[]} units */
const once = (units) => {
  const sorted = [...units].sort(surer);
  return sorted.filter((unit, at) => sorted.findIndex((other) => other.agency_id === unit.agency_id) === at);
};

/**
 * By role, each unit once. Who leads by a clause does not also take part.
 * @param {{ leads: Unit[], participants: Unit[] }} row
 */
export function assigned(row) {
  const leads = once(row.leads);
  const led = new Set(leads.filter((unit) => unit.basis === "clause").map((unit) => unit.agency_id));
  return { LEADS: leads, PARTICIPATES: once(row.participants.filter((unit) => !led.has(unit.agency_id))) };
}

/**
 * （统称，正文表述）: what does not go without saying of a unit; "" where all does.
 * @param {Unit} unit
 */
export function marks(unit) {
  const said = [
    unit.collective && COLUMN.collective,
    unit.basis !== "clause" && BASIS[unit.basis],
    unit.modality !== "must" && MODALITY[unit.modality],
  ].filter(Boolean);
  return said.length > 0 ? `（${said.join("，")}）` : "";
}
