// Levels of places: what a comparison leaves out.

import { levelOf } from "./lines.js";
import { changed } from "./route.js";
import { html } from "./vendor/preact.js";
import { LEVEL, number } from "./words.js";

export const ALL = "all"; // levels

/**
 * How many places with documents are not here, since they are of another level.
 * @param {{ documents: Api.DocumentsRow[], level: string }} props
 */
export function OtherLevels({ documents, level }) {
  const places = [...new Set(documents.map((row) => row.place_code))].filter(Boolean);
  const others = Map.groupBy(
    places.filter((code) => levelOf(code) !== level),
    levelOf,
  );
  if (level === ALL || others.size === 0) return null;
  const said = [...others].map(
    ([of, codes]) => html`<a href=${changed({ level: of, place: null })}>${LEVEL[of]} ${number(codes.length)} 个</a>`,
  );
  return html`<p class="note">这里只比${LEVEL[level]}单位。有文件的地区里还有${said.map((link, at) => html`${at > 0 && "、"}${link}`)}，没有列入；<a href=${changed({ level: ALL, place: null })}>各级都比</a></p>`;
}
