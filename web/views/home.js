// 首页: search, the figures of the base, and questions with their answers.

import { useAnswer } from "../api.js";
import { lines } from "../lines.js";
import { Agencies, Agency, Answer, Document, EmptyBase, Figure, Panel, Source, useTitle } from "../parts.js";
import { to } from "../route.js";
import { LONGEST, Marked, SearchBox, target } from "../searchbox.js";
import { Topic } from "../topic.js";
import { html } from "../vendor/preact.js";
import { day, FOUND, LIGHT, MEANING, moment, number, today } from "../words.js";

/** @param {{ route: Route }} props */
export default function Home({ route }) {
  const q = (route.params.get("q") ?? "").slice(0, LONGEST);
  useTitle(q && `搜索：${q}`);
  return html`
    <div class="hero">
      <h1>谁必须做什么，和谁一起做，什么时候完成，<wbr />哪句话这么说</h1>
      <${SearchBox} key=${q} q=${q} />
    </div>
    ${q ? html`<${Results} q=${q} kind=${route.params.get("kind") ?? ""} />` : html`<${Overview} />`}
  `;
}

const FACETS = 12; // places and years that are shown

/** @param {{ q: string, kind: string }} props */
function Results({ q, kind }) {
  const led = kind === LED;
  const answer = useAnswer(!led && "/search", { q, kind, limit: 100 });
  const facets = useAnswer("/search/facets", { q, kind: led ? "" : kind, limit: 1000 });
  const of = (/** @type {string} */ name) => facets.rows.filter((row) => row.facet === name);
  const narrower = [...of("place"), ...of("year")].filter((row) => !q.split(/\s+/).includes(row.label));
  const tabs = [["", "全部"], [LED, "各地谁牵头"], ...Object.entries(FOUND)];
  return html`<${Panel} title=${`“${q}”的搜索结果`} answer=${answer}>
    <nav class="tabs" aria-label="结果种类">
      ${tabs.map(([value, said]) => html`<a href=${to("", "", { q, kind: value })} aria-current=${value === kind ? "page" : undefined}>${said}</a>`)}
    </nav>
    ${!led && of("all").map((row) => html`<p class="note">共 ${number(row.hits)} 条。${narrower.length > 1 && html`只看：${narrower.slice(0, FACETS).map((row) => html` <a href=${to("", "", { q: `${q} ${row.label}`, kind })}>${row.label}（${number(row.hits)}）</a>`)}`}</p>`)}
    ${led && html`<${OfTopic} q=${q} places=${of("place").map((row) => row.label)} />`}
    ${
      !led &&
      html`<${Answer} of=${answer} lines=${8} whole=${false} empty="没有找到。换个说法试试：机构写全称或简称，任务写标题里的词，也可以只写拼音首字母。">
      ${(/** @type {Api.SearchRow[]} */ rows) =>
        html`<ol class="hits">
          ${rows.map((hit) => html`<${Hit} hit=${hit} />`)}
        </ol>`}
    <//>`
    }
  <//>`;
}

const LED = "leads"; // of the kinds of results: who leads what was looked for

/**
 * Who leads a topic; a word that names a place says where.
 * @param {{ q: string, places: string[] }} props
 */
function OfTopic({ q, places }) {
  const words = q.split(/\s+/).filter(Boolean);
  const place = words.find((word) => places.includes(word));
  return html`<${Topic} q=${words.filter((word) => word !== place).join(" ")} place=${place} />`;
}

/**
 * What was found; where its name holds the words they are marked there, else in the passage that does.
 * @param {{ hit: Api.SearchRow }} props
 */
function Hit({ hit }) {
  const named = hit.segments.map((segment) => segment.text).join("") === hit.name;
  const name = named ? html`<${Marked} segments=${hit.segments} />` : (hit.name ?? hit.id);
  return html`<li>
    <p><span class="kind">${FOUND[hit.kind]}</span> <a href=${target(hit)}>${hit.kind === "task" && hit.number && `${hit.number} `}${name}</a></p>
    ${!named && html`<p class="snippet"><${Marked} segments=${hit.segments} /></p>`}
    <p class="note">${hit.kind === "task" ? html`<${Document} id=${hit.document_id} title=${hit.document} />` : [hit.place !== hit.name && hit.place, hit.number, hit.tasks !== null && `${number(hit.tasks)} 项任务`].filter(Boolean).join(" · ")}${hit.leads.length > 0 && html` · 牵头：<${Agencies} agencies=${hit.leads} most=${3} />`}</p>
  </li>`;
}

function Overview() {
  const answer = useAnswer("/overview");
  const empty = useAnswer(answer.state === "ready" && answer.rows.length === 0 && "/status").body;
  if (empty) return html`<${EmptyBase} upload=${empty.upload} /><${Terms} />`;
  return html`<section aria-labelledby="held" class="overview">
    <h2 id="held" class="unseen">知识库里有什么</h2>
    <${Answer} of=${answer} lines=${2}>
      ${(/** @type {Api.OverviewRow[]} */ [held]) =>
        html`<dl class="figures">
                <${Figure} label="文件" value=${number(held.documents)} href=${to("document")} />
                <${Figure} label="任务" value=${number(held.tasks)} href=${to("ask", "ledger")} />
                <${Figure} label="机构" value=${number(held.agencies)} href=${to("ask", "agencies", { collective: "false" })} />
                <${Figure} label="统称" value=${number(held.collectives)} href=${to("ask", "agencies", { collective: "true" })} />
                <${Figure} label="牵头" value=${number(held.leads)} mark="leads" />
                <${Figure} label="配合" value=${number(held.participates)} mark="participates" />
                <${Figure} label="时限" value=${number(held.deadlines)} href=${to("deadlines")} />
                <${Figure} label="地区" value=${number(held.places)} href=${to("document")} />
              </dl>
              <p class="note">
                ${held.first_issued && `文件成文于${day(held.first_issued)}至${day(held.last_issued)}，`}最近载入于${moment(held.loaded_at)}。
                <${Source} url=${answer.url} />
              </p>`}
    <//>
  </section>
  ${answer.rows.map(({ documents }) => html`<${Questions} asked=${documents < LARGE} />`)}`;
}

const Terms = () =>
  html`<${Panel} title="几个说法">
    <dl class="terms">
      ${Object.values(MEANING).map((said) => {
        const [term, meaning] = said.split(/：(.*)/s);
        return html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`;
      })}
    </dl>
  <//>`;

const MOST = 5;
const MANY = 10_000; // rows that are counted here
const LARGE = 300; // documents from which on these answers, which look at all of them, are for who asks

/** @param {{ asked: boolean }} props */
function Questions({ asked }) {
  const busiest = useAnswer(asked && "/workload", { limit: MOST });
  const then = asked && busiest.state !== "loading"; // the longer answers do not hold up the first
  const matrix = useAnswer(then && "/compare", { collective: false, limit: MANY });
  const board = useAnswer(then && "/deadlines/board", { today: today(), limit: MANY });
  const unled = useAnswer(then && "/tasks/without-lead");
  const joint = useAnswer(then && "/tasks/joint-leads");
  return html`<div class="panels questions">
    ${
      asked &&
      html`<${Panel} title="谁的任务最多？" answer=${busiest}>
      <${Answer} of=${busiest} whole=${false} empty="还没有写明责任单位的任务。">
        ${(/** @type {Api.WorkloadRankingRow[]} */ rows) =>
          html`<ol class="ranks">
              ${rows.map(
                (row) => html`<li>
                  <${Agency} id=${row.agency_id} name=${row.agency} />
                  <span class="bar" style=${{ "--led": `${(100 * row.leads) / rows[0].tasks}%`, "--joined": `${(100 * row.participates) / rows[0].tasks}%` }}></span>
                  <span class="said">牵头 ${row.leads}，配合 ${row.participates}</span>
                </li>`,
              )}
            </ol>
            <p><a href=${to("agency")}>全部机构</a></p>`}
      <//>
    <//>
    <${Panel} title="同一条线，各城市各管什么？" answer=${matrix} note="责任条款写明的任务数，牵头和配合合计，统称不计入。">
      <${Answer} of=${matrix} empty="还没有可以比较的城市。">
        ${(/** @type {Api.ComparePlacesRow[]} */ rows) =>
          html`<ul class="plain lines">
              ${lines(rows)
                .slice(0, MOST)
                .map(
                  ([name, of]) => html`<li>
                  <a href=${to("function", name)}>${name}</a>
                  <span class="said">${of.map((row) => `${row.place} ${row.tasks}`).join("，")}</span>
                </li>`,
                )}
            </ul>
            <p><a href=${to("compare")}>城市对比</a></p>`}
      <//>
    <//>
    <${Panel} title="哪些期限已过，哪些快到了？" answer=${board}>
      <${Answer} of=${board} empty="还没有写明时限的任务。">
        ${(/** @type {Api.DeadlineBoardRow[]} */ rows) =>
          html`<ul class="plain lines">
              ${Object.entries(LIGHT).map(([light, said]) => {
                const count = rows.filter((row) => row.light === light).length;
                return (
                  count > 0 &&
                  html`<li><a class=${`light ${light}`} href=${to("deadlines", "", { light })}>${said}</a> <span class="said">${number(count)} 条</span></li>`
                );
              })}
            </ul>
            <p><a href=${to("deadlines")}>全部时限</a></p>`}
      <//>
    <//>`
    }
    <${Panel} title="还能问什么？">
      <ul class="plain lines">
        ${
          !asked &&
          html`<li><a href=${to("agency")}>谁的任务最多？</a></li>
        <li><a href=${to("compare")}>同一条线，各城市各管什么？</a></li>
        <li><a href=${to("deadlines")}>哪些期限已过，哪些快到了？</a></li>`
        }
        <li>
          <a href=${to("ask", "tasks-without-lead")}>哪些任务没有写明牵头单位？</a>
          <span class="said">${unled.state === "ready" ? `${count(unled)} 项` : ""} <${Source} url=${unled.url} /></span>
        </li>
        <li>
          <a href=${to("ask", "joint-leads")}>哪些任务由多个单位联合牵头？</a>
          <span class="said">${joint.state === "ready" ? `${count(joint)} 项` : ""} <${Source} url=${joint.url} /></span>
        </li>
        <li><a href=${to("", "", { q: "政务公开", kind: LED })}>政务公开，各地由谁牵头？</a></li>
        <li><a href=${to("ask", "compare-leads", { differs: "true" })}>同样的工作，各地由谁牵头不一样？</a></li>
        <li><a href=${to("ask", "cited-documents", { loaded: "false" })}>引用了哪些还没有载入的文件？</a></li>
        <li><a href=${to("ask")}>全部问题</a></li>
      </ul>
    <//>
    <${Terms} />
  </div>`;
}

/**
 * How many rows there are, or more than.
 * @param {{ rows: unknown[], truncated: boolean }} answer
 */
const count = (answer) => `${number(answer.rows.length)}${answer.truncated ? " 以上" : ""}`;
