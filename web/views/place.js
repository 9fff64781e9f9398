// 地区: what the documents of one place demand, of whom; and who leads a topic there.

import { useAnswer } from "../api.js";
import { RoleBars } from "../chart.js";
import { DataTable } from "../datatable.js";
import { FILE } from "../files.js";
import { Letter } from "../letter.js";
import { Answer, Download, Figure, Follow, Lists, Panel, useGiven, useTitle } from "../parts.js";
import { change, to } from "../route.js";
import { Topic } from "../topic.js";
import { html, useId } from "../vendor/preact.js";
import { number, today } from "../words.js";

const MOST = 2000; // rows asked for
const BARS = 10;

/** @param {{ route: Route }} props */
export default function Place({ route: { id: place, params } }) {
  const q = (params.get("q") ?? "").trim();
  const documents = useAnswer("/documents", { place, limit: MOST });
  const busiest = useAnswer(!q && "/workload", { place, limit: MOST });
  const name = documents.body?.named?.[place] ?? place;
  const tasks = documents.rows.reduce((sum, row) => sum + row.tasks, 0);
  useTitle(q ? `${name}：${q}` : name);
  return html`
    <div class="head">
      <div>
        <h1>${name}</h1>
        <p class="about">这个地区（含下级）的文件要求谁做什么。</p>
      </div>
      <ul class="inline">
        <li><a href=${to("deadlines", "", { place })}>时限</a></li>
        <li><a href=${to("agency", "", { place })}>全部机构</a></li>
        <li><a href=${to("compare", "", { place })}>与别处对比</a></li>
        <${Lists} of=${{ place }} />
        <${Follow} place=${place} />
        <li><${Letter} path="/progress/bulletin.docx" given=${{ place, today: today() }} name="通报" /></li>
      </ul>
    </div>
    <${Words} q=${q} />
    ${
      q
        ? html`<${Topic} q=${q} place=${place} />`
        : html`
          <dl class="figures">
            <${Figure} label="文件" value=${number(documents.rows.length)} />
            <${Figure} label="任务" value=${number(tasks)} href=${to("ask", "ledger", { place })} />
            <${Figure} label="有任务的机构" value=${number(busiest.rows.length)} href=${to("agency", "", { place })} />
          </dl>
          <${Panel} title="任务最多的机构" answer=${busiest}>
            <${Answer} of=${busiest} empty="这里的文件没有写明由谁做。">
              ${(/** @type {Api.WorkloadRankingRow[]} */ rows) => html`<${RoleBars} label="任务最多的机构" rows=${rows.slice(0, BARS).map(bar)} />`}
            <//>
          <//>
          <${Panel} title="文件" answer=${documents} actions=${html`<${Download} url=${documents.url} />`}>
            <${Answer} of=${documents} empty="没有载入这个地区的文件。">
              ${(/** @type {Api.DocumentsRow[]} */ rows) => html`<${DataTable} caption="文件" columns=${FILE} rows=${rows} rowKey=${(/** @type {Api.DocumentsRow} */ row) => row.document_id} of=${documents} />`}
            <//>
          <//>`
    }
  `;
}

/** @param {{ q: string }} props */
function Words({ q }) {
  const id = useId();
  const asked = (/** @type {FormEvent} */ event) => {
    event.preventDefault();
    change({ q: String(new FormData(event.target).get("q")).trim() });
  };
  return html`<form class="filters" onSubmit=${asked}>
    <div class="field"><label for=${id}>在这里找一个主题</label><input id=${id} name="q" type="search" ref=${useGiven(q)} placeholder="如 政务公开" maxlength="100" /></div>
    <button class="primary">看由谁牵头</button>
    ${q && html`<button type="button" onClick=${() => change({ q: null })}>回到整个地区</button><a href=${to("", "", { q, kind: "leads" })}>各地都看</a>`}
  </form>`;
}

const bar = (/** @type {Api.WorkloadRankingRow} */ row) => ({
  label: row.agency,
  leads: row.leads,
  participates: row.participates,
  href: to("agency", row.agency_id),
});
