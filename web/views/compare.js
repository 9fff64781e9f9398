// 城市对比: lines of work (条线) by places; one opened shows its tasks side by side, and where the lead differs.

import { useAnswer } from "../api.js";
import { ALL, OtherLevels } from "../levels.js";
import { levelOf, lines, total, usualLevel } from "../lines.js";
import {
  Agencies,
  Agency,
  Answer,
  Basis,
  Choice,
  Clause,
  Download,
  Empty,
  Panel,
  Quote,
  Role,
  Source,
  Task,
  usePrinting,
  useTitle,
} from "../parts.js";
import { change, changed, to } from "../route.js";
import { html, useEffect, useId, useRef, useState } from "../vendor/preact.js";
import { BASIS, due, LEVEL, MEANING, number } from "../words.js";

/** @typedef {Api.ComparePlacesRow} Row */
/** @typedef {ReturnType<typeof placesOf>[number]} Place */
/** @typedef {ReturnType<typeof alikeOf>[number]} Group of similar tasks */
/** @typedef {Api.ObligationsAcrossPlacesRow} Obligation */
/** @typedef {{ basis: string | string[], level: string | null, year: string | null, limit: number }} Asked of the service */

const PLACES = 5; // shown before anyone chooses
const LINES = 20;
const TASKS = 8; // of a place, before all are asked for
const LIMIT = 10_000;
const LEVELS_OF_DOCUMENTS = ["province", "city", "county"];

/** @param {{ route: Route }} props */
export default function Compare({ route: { params } }) {
  const basis = params.get("basis") ?? "";
  const held = useAnswer("/documents", { limit: LIMIT });
  const documents = held.rows;
  const level = params.get("level") ?? usualLevel(documents); // like with like, until all are asked for
  const given = {
    basis: basis === "all" ? Object.keys(BASIS) : basis || "clause",
    level: level === ALL ? null : level,
    year: params.get("year"),
    limit: LIMIT,
  };
  const collective = params.get("collective") === "true";
  const matrix = useAnswer(held.body && "/compare", { ...given, collective });
  const line = params.get("line");
  useTitle(line ? `${line} · 城市对比` : "城市对比");
  return html`
    <div class="head">
      <div>
        <h1>城市对比</h1>
        <p class="about">同一条线（如司法局），各地牵头多少、配合多少；点开一格，并排读原文。</p>
      </div>
    </div>
    <div class="filters">
      <${Choice} label="依据类型" name="basis" value=${basis} about=${Object.keys(BASIS)} all=${BASIS.clause} options=${[["narrative", BASIS.narrative], ["default", BASIS.default], ["all", "三种都算"]]} />
      <${Choice} label="年份" name="year" value=${given.year} options=${[...new Set(documents.map((row) => row.year))]
        .filter(Boolean)
        .sort()
        .map((year) => [String(year), `${year}年`])} />
      <${Choice} label="单位级别" name="level" value=${level} all=${null} options=${[[ALL, "全部"], ...Object.entries(LEVEL)]} />
      <${Choice} label="单位还是统称" name="collective" value=${params.get("collective")} all="单个机构" options=${[["true", "统称"]]} />
    </div>
    ${collective && html`<p class="note">${MEANING.collective}</p>`}
    <${OtherLevels} documents=${documents} level=${level} />
    <${Answer} of=${matrix} lines=${10} empty="没有可以比较的单位：换个依据、年份或级别试试。">
      ${(/** @type {Row[]} */ rows) => {
        const all = placesOf(rows);
        const asked = params.getAll("place");
        const places = asked.length ? all.filter((place) => asked.includes(place.code)) : all.slice(0, PLACES);
        return html`
          <${Places} all=${all} chosen=${places.map((place) => place.code)} />
          ${html`<${Absent} documents=${documents.filter((row) => (!given.year || row.year === Number(given.year)) && (!given.level || levelOf(row.place_code) === given.level))} present=${all} basis=${basis || "clause"} />`}
          ${
            places.length > 0
              ? html`<${Matrix} answer=${matrix} places=${places} functions=${params.getAll("function")} whole=${params.has("all")} open=${line} />`
              : html`<${Empty}>所选的地区在这些条件下没有任务。<//>`
          }
          ${line && html`<${Reading} key=${line} line=${line} places=${places} rows=${rows} collective=${collective} at=${params.get("at")} given=${given} />`}
        `;
      }}
    <//>
  `;
}

/**
 * {code, name, lines, tasks} of each place, the one with the most lines of work first.
 * @param {Row[]} rows
 */
function placesOf(rows) {
  return [...Map.groupBy(rows, (row) => row.place_code)]
    .map(([code, of]) => ({ code, name: of[0].place, lines: of.length, tasks: total(of) }))
    .sort((a, b) => b.lines - a.lines || b.tasks - a.tasks);
}

/** @type {(places: Place[], code: string | null) => Place[]} */
const first = (places, code) => [...places].sort((a, b) => Number(b.code === code) - Number(a.code === code));

/**
 * Which places stand side by side.
 * @param {{ all: Place[], chosen: string[] }} props
 */
function Places({ all, chosen }) {
  const turn = (/** @type {string} */ code) =>
    change({ place: chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code] });
  return html`<details class="chips" open=${all.length <= 12}>
    <summary>选择地区（已选 ${chosen.length} 个，共 ${all.length} 个）</summary>
    <ul class="inline">
      ${all.map(
        (place) => html`<li>
          <label class="chip"><input type="checkbox" checked=${chosen.includes(place.code)} disabled=${String(chosen) === place.code} onChange=${() => turn(place.code)} />${place.name} <span class="said">${place.lines} 条线</span></label>
        </li>`,
      )}
    </ul>
  </details>`;
}

/**
 * The places whose documents name no unit that could be compared, and why they are not there.
 * @param {{ documents: Api.DocumentsRow[], present: Place[], basis: string }} props
 */
function Absent({ documents, present, basis }) {
  const codes = new Set(present.map((place) => place.code));
  const names = new Set(documents.filter((row) => row.place && !codes.has(row.place_code ?? "")).map((row) => row.place));
  if (names.size === 0) return null;
  return html`<p class="note">
    没有列出${[...names].join("、")}：文件${basis === "all" ? "" : `的${BASIS[basis]}`}没有写明具体单位。${basis !== "all" && html`<a href=${changed({ basis: "all" })}>三种依据都算</a>`}
  </p>`;
}

/** @param {{ answer: Answered<Api.ComparePlacesAnswer>, places: Place[], functions: string[], whole: boolean, open: string | null }} props */
function Matrix({ answer, places, functions, whole, open }) {
  const cells = new Map(answer.rows.map((row) => [`${row.function}@${row.place_code}`, row]));
  const cell = (/** @type {string} */ name, /** @type {Place} */ place) => cells.get(`${name}@${place.code}`);
  const codes = new Set(places.map((place) => place.code));
  const names = lines(answer.rows.filter((row) => codes.has(row.place_code))).map(([name]) => name);
  const asked = functions.length ? functions : names;
  const shown = functions.length || whole ? asked : asked.slice(0, LINES);
  const most = Math.max(1, ...shown.flatMap((name) => places.map((place) => cell(name, place)?.tasks ?? 0)));
  return html`<${Panel} title="各地各条线的任务数" answer=${answer} actions=${html`<${Download} url=${answer.url} />`}>
    <${Functions} all=${names} chosen=${functions} />
    <p class="legend"><span class="swatch leads"></span>牵头 <span class="swatch participates"></span>配合。共有的条线在前；既牵头又配合的任务算牵头。</p>
    <div class="wide" tabindex="0" role="region" aria-label="各地各条线的任务数，可左右滚动">
      <table class="matrix">
        <caption class="unseen">各地各条线的任务数</caption>
        <thead>
          <tr><th scope="col">条线</th>${places.map((place) => html`<th scope="col">${place.name}</th>`)}</tr>
        </thead>
        <tbody>
          ${shown.map(
            (name) => html`<tr class=${name === open ? "open" : ""}>
              <th scope="row"><a href=${changed({ line: name, at: null })}>${name}</a></th>
              ${places.map((place) => html`<td><${Cell} row=${cell(name, place)} href=${changed({ line: name, at: place.code })} most=${most} /></td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${shown.length < asked.length && html`<p><button onClick=${() => change({ all: "1" })}>显示全部 ${number(asked.length)} 条线</button></p>`}
  <//>`;
}

/** @param {{ row?: Row, href: string, most: number }} props */
const Cell = ({ row, href, most }) =>
  row
    ? html`<a class="cell" href=${href} aria-label=${`${row.place} ${row.function}：共 ${row.tasks} 项，牵头 ${row.leads}，配合 ${row.participates}`}>
        <strong>${row.tasks}</strong> <span class="said">牵头 ${row.leads}，配合 ${row.participates}</span>
        <span class="bar" style=${{ "--led": `${(100 * row.leads) / most}%`, "--joined": `${(100 * row.participates) / most}%` }}></span>
      </a>`
    : html`<span class="none">无</span>`;

/**
 * Only these lines of work: found by any part of the name.
 * @param {{ all: string[], chosen: string[] }} props
 */
function Functions({ all, chosen }) {
  const id = useId();
  const [words, setWords] = useState("");
  const add = (/** @type {string} */ name) => {
    setWords("");
    change({ function: [...new Set([...chosen, name])] });
  };
  const typed = (/** @type {FieldEvent} */ event) =>
    all.includes(event.target.value) ? add(event.target.value) : setWords(event.target.value);
  const entered = (/** @type {Event} */ event) => {
    event.preventDefault();
    const found = all.find((name) => words && name.includes(words));
    if (found) add(found);
  };
  return html`<form class="filters" onSubmit=${entered}>
    <div class="field">
      <label for=${id}>只看这些条线</label>
      <input id=${id} list="${id}-all" value=${words} onInput=${typed} placeholder="如 司法局" autocomplete="off" />
      <datalist id="${id}-all">${all.filter((name) => !chosen.includes(name)).map((name) => html`<option value=${name}></option>`)}</datalist>
    </div>
    ${chosen.map(
      (
        name,
      ) => html`<button type="button" class="chip" aria-label=${`不再只看${name}`} onClick=${() => change({ function: chosen.filter((one) => one !== name) })}>
        ${name} <span aria-hidden="true">×</span>
      </button>`,
    )}
    ${chosen.length > 0 && html`<button type="button" class="text" onClick=${() => change({ function: null })}>看全部条线</button>`}
  </form>`;
}

/**
 * The tasks of one line of work in each place, and what the places entrust to different leads.
 * @param {{ line: string, places: Place[], rows: Row[], collective: boolean, at: string | null, given: Asked }} props
 */
function Reading({ line, places, rows, collective, at, given }) {
  const top = useRef(/** @type {HTMLElement | null} */ (null));
  const down = useRef(/** @type {HTMLElement | null} */ (null));
  const groups = useAnswer("/compare/leads", {
    ...given,
    functions: line,
    level: LEVELS_OF_DOCUMENTS.find((level) => level === given.level),
  });
  const alike = alikeOf(groups.rows, places);
  const differing = new Map(
    alike.filter((group) => group.differs).flatMap((group) => group.rows.map((row) => [row.task_id, group.work_id])),
  );
  const units = new Set(
    rows.filter((row) => row.function === line).flatMap((row) => row.agencies.map((unit) => unit.agency_id)),
  );
  const none = `文件没有给这条线${collective ? "的统称" : "的单个机构"}写明任务。`;
  useEffect(() => {
    top.current?.scrollIntoView({ block: "start" });
    top.current?.focus({ preventScroll: true });
  }, [at]);
  return html`<div class="reading" ref=${top} tabindex="-1">
    <${Panel}
      title=${`${line}：各地并排`}
      actions=${html`<a href=${to("function", line)}>这条线的全部单位</a><a href=${to("ask", "same-work", { function: line })}>各级各年的同样工作</a><button class="text" onClick=${() => change({ line: null, at: null })}>收起</button>`}
    >
      ${
        differing.size > 0 &&
        html`<p class="note">与别处相似的任务里，有的由不同单位牵头，标作 <span class="differs">≠ 牵头不同</span>，<button class="text" onClick=${() => down.current?.scrollIntoView()}>对照见下</button>。</p>`
      }
      <div class="side">${first(places, at).map((place) => html`<${Column} key=${place.code} line=${line} place=${place} counted=${units} none=${none} given=${given} differing=${differing} />`)}</div>
    <//>
    <div class="alikes" ref=${down}>
    <${Panel} title="相似的任务，由谁牵头" answer=${groups} note="按文字相似找出，字面相近未必是同一件事；请读原文再下结论。">
      <${Answer} of=${groups} empty="没有找到各地相似的任务。">
        ${() =>
          alike.length === 0
            ? html`<${Empty}>所选的地区没有相似的任务。<//>`
            : alike.map((group) => html`<${Alike} key=${group.work_id} group=${group} />`)}
      <//>
    <//>
    </div>
  </div>`;
}

/**
 * The groups of similar tasks that touch these places; those whose leads differ come first.
 * @param {Api.CompareLeadsRow[]} rows
 * @param {Place[]} places
 */
function alikeOf(rows, places) {
  const codes = new Set(places.map((place) => place.code));
  return [...Map.groupBy(rows, (row) => row.work_id).values()]
    .filter((of) => of.some((row) => codes.has(row.place_code)))
    .map((of) => ({ ...of[0], rows: of }))
    .sort((a, b) => Number(b.differs) - Number(a.differs));
}

/**
 * `counted`: the units, or the collectives, that the figures above count; `none`: what is said where they have no task.
 * @param {{ line: string, place: Place, counted: Set<string>, none: string, given: Asked, differing: Map<string, string> }} props
 */
function Column({ line, place, counted, none, given, differing }) {
  const answer = useAnswer("/obligations", { ...given, function: line, place: place.code });
  const rows = answer.rows.filter((row) => row.place_code === place.code && counted.has(row.agency_id)); // not those of the places below it
  const tasks = [...Map.groupBy(rows, (row) => row.task_id ?? row.document_id).values()];
  const units = distinct(rows);
  const [opened, setAll] = useState(false);
  const all = usePrinting() || opened;
  return html`<section aria-label=${place.name}>
    <h3>${place.name} ${answer.state === "ready" && html`<span class="said">${tasks.length} 项</span>`} <${Source} url=${answer.url} /></h3>
    ${units.length > 0 && html`<${Agencies} agencies=${units} />`}
    <${Answer} of=${answer} empty=${none}>
      ${() =>
        tasks.length === 0
          ? html`<${Empty}>${none}<//>`
          : html`<ul class="plain">
                ${(all ? tasks : tasks.slice(0, TASKS)).map(
                  (of) =>
                    html`<li><${Work} rows=${of} differs=${differing.get(of[0].task_id)} basis=${given.basis} named=${units.length > 1} /></li>`,
                )}
              </ul>
              ${!all && tasks.length > TASKS && html`<p><button onClick=${() => setAll(true)}>另有 ${tasks.length - TASKS} 项</button></p>`}`}
    <//>
  </section>`;
}

/**
 * One task: its title, the role and, where a place has several, the unit, the words, by when, with whom.
 * @param {{ rows: Obligation[], differs?: string, basis: string | string[], named: boolean }} props
 */
function Work({ rows, differs, basis, named }) {
  const [task] = rows;
  const deadlines = task.deadlines.map(due).join("，");
  return html`<article class="work">
    <h4>
      <${Task} row=${task} />
      ${differs && html` <button class="differs" onClick=${() => document.getElementById(differs)?.scrollIntoView()}>≠ 牵头不同</button>`}
    </h4>
    ${rows.map(
      (row) => html`<p>
          <${Role} role=${row.role} /> ${named && html`<${Agency} id=${row.agency_id} name=${row.agency} /> `}${row.basis !== "clause" && html`<${Basis} basis=${row.basis} />`}
        </p>
        <blockquote><${Clause} row=${row} /></blockquote>`,
    )}
    ${deadlines && html`<p class="note">时限：${deadlines}</p>`}
    <${Partners} rows=${rows} basis=${basis} />
  </article>`;
}

/**
 * The units of a task other than those of `rows`, as the ledger of its unit has them.
 * @param {{ rows: Obligation[], basis: string | string[] }} props
 */
function Partners({ rows, basis }) {
  const [task] = rows;
  const ledger = useAnswer("/ledger", { agency: task.agency_id, limit: LIMIT });
  const row = ledger.rows.find((one) => one.task_id === task.task_id);
  const own = rows.map((one) => one.agency_id);
  const others = (/** @type {Api.LedgerLeads[]} */ units) =>
    distinct(units.filter((unit) => basis.includes(unit.basis) && !own.includes(unit.agency_id)));
  if (!row) return null;
  /** @type {[said: string, units: Api.LedgerLeads[]][]} */
  const named = [
    [rows.some((one) => one.role === "LEADS") ? "同为牵头" : "牵头", others(row.leads)],
    ["配合", others(row.participants)],
  ];
  return html`${named.map(([said, units]) => units.length > 0 && html`<div class="partners">${said}：<${Agencies} agencies=${units} /></div>`)}`;
}

/** @type {<Unit extends { agency_id: string }>(units: Unit[]) => Unit[]} */
const distinct = (units) => [...new Map(units.map((unit) => [unit.agency_id, unit])).values()];
const listed = (/** @type {unknown[]} */ parts) => parts.flatMap((part, index) => (index ? ["、", part] : [part]));

/**
 * Whether the places of a group of similar tasks entrust them to the same leads: a place that names none says nothing of that.
 * @param {Group} group
 */
function agreement({ differs, differs_in, rows }) {
  if (differs)
    return html`<span class="differs">≠ ${differs_in === "first" ? "第一牵头不同" : "第一牵头相同，联合牵头不同"}</span>`;
  const silent = rows.filter((row) => row.leads.length === 0).length;
  return html`<span class="basis">${silent === 0 ? "牵头相同" : silent === rows.length ? "都没有写明牵头单位" : "有的没有写明牵头单位"}</span>`;
}

/**
 * Similar tasks of several places; who leads in one place only is marked.
 * @param {{ group: Group }} props
 */
function Alike({ group }) {
  return html`<article class="alike" id=${group.work_id}>
    <h3>${group.work ?? "（无标题）"} ${agreement(group)}</h3>
    ${group.differs && html`<p class="note">${group.common_leads.length ? `各地都由${group.common_leads.join("、")}牵头，` : "没有各地共同的牵头单位，"}不是各地都有的标出底色。</p>`}
    <div class="side">
      ${group.rows.map(
        (row) => html`<section aria-label=${`${row.place} ${row.task ?? ""}`}>
          <p><strong>${row.place}</strong>${row.score && html` <span class="said">相似 ${row.score}%</span>`}</p>
          <p><${Task} row=${row} /></p>
          <${Named} role="LEADS" units=${row.leads} row=${row} common=${group.common_leads} />
          <${Named} role="PARTICIPATES" units=${row.participants} row=${row} />
          <details><summary>任务原文</summary><blockquote>${row.quote}</blockquote></details>
        </section>`,
      )}
    </div>
  </article>`;
}

/**
 * The units of a role, each a link to the words that name it.
 * @param {{ role: string, units: Api.CompareLeadsLeads[], row: Api.CompareLeadsRow, common?: string[] }} props
 */
const Named = ({ role, units, row, common }) =>
  units.length > 0
    ? html`<p>
        <${Role} role=${role} /> ${listed(
          units.map((unit) => {
            const said = html`<${Quote} document=${row.document_id} start=${unit.start} end=${unit.end}>${unit.agency}<//>`;
            return common && !common.includes(unit.function) ? html`<mark>${said}</mark>` : said;
          }),
        )}
      </p>`
    : role === "LEADS" && html`<p><span class="none">没有写明牵头单位</span></p>`;
