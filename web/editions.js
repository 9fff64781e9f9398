// Editions: the 工作要点 of a place, year by year.

/** @typedef {{ document: string | null, place_code: string | null, year: number | null }} Edition */

// 例 2021年 · 二〇二一年
const YEAR = /[〇零一二三四五六七八九\d]{4}年?/g;

/** @param {Edition} edition */
const plain = (edition) => edition.document?.replace(YEAR, "");

/**
 * The last of `held` before this one that is for the same place and called the same but for the year.
 * @template {Edition} Held
 * @param {Edition} edition
 * @param {Held[]} held
 */
export function former(edition, held) {
  const year = edition.year ?? 0;
  const before = held.filter(
    (one) => one.place_code === edition.place_code && one.year !== null && one.year < year && plain(one) === plain(edition),
  );
  return before.sort((a, b) => Number(b.year) - Number(a.year)).at(0);
}
