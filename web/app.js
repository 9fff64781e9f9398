// The frame: header, search, the view that the address names. Each view is fetched when it is first opened.

import { Failure, Loading } from "./parts.js";
import { scrollToLast, to, useRoute } from "./route.js";
import { SearchBox } from "./searchbox.js";
import { KeyDialog, SignedIn } from "./session.js";
import { html, render, useEffect, useErrorBoundary, useRef, useState } from "./vendor/preact.js";

/** @typedef {(props: { route: Route }) => Components} ViewComponent */

/**
 * What can be opened. One without a name is not in the navigation, but `within` one that is.
 * @type {Record<string, { load: () => Promise<{ default: ViewComponent }>, name?: string, within?: string }>}
 */
const VIEWS = {
  home: { load: () => import("./views/home.js"), name: "首页" },
  ask: { load: () => import("./views/ask.js"), within: "home" },
  agency: { load: () => import("./views/agency.js"), name: "机构" },
  place: { load: () => import("./views/place.js"), within: "home" },
  function: { load: () => import("./views/function.js"), within: "agency" },
  compare: { load: () => import("./views/compare.js"), name: "城市对比" },
  document: { load: () => import("./views/document.js"), name: "文件" },
  graph: { load: () => import("./views/graph.js"), name: "关系图" },
  deadlines: { load: () => import("./views/deadlines.js"), name: "时限" },
  ledger: { load: () => import("./views/ledger.js"), name: "台账" },
  data: { load: () => import("./views/data.js"), name: "数据" },
};
/**
 * Name of a view -> its component.
 * @type {Map<string, ViewComponent>}
 */
const loaded = new Map();

function Page() {
  const route = useRoute();
  const view = Object.hasOwn(VIEWS, route.view) ? VIEWS[route.view] : null;
  const main = useRef(/** @type {HTMLElement | null} */ (null));
  const first = useRef(true);
  const place = `${route.view}/${route.id}`;
  useEffect(() => {
    // A new view begins at its top, or where it was left, and who listens is told; a filter within one changes nothing of that.
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
    scrollToLast();
  }, [place]);
  useEffect(() => {
    const slash = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "/" || (event.target instanceof Element && event.target.closest("input, select, textarea"))) return;
      event.preventDefault();
      const box = document.querySelector(".searchbox input");
      if (box instanceof HTMLElement) box.focus();
    };
    addEventListener("keydown", slash);
    return () => removeEventListener("keydown", slash);
  }, []);
  const skip = (/** @type {Event} */ event) => {
    event.preventDefault();
    main.current?.focus();
  };
  return html`
    <a class="skip" href="#main" onClick=${skip}>跳到正文</a>
    <header class="top">
      <a class="brand" href="#/"><img src="web/icon.svg" alt="" width="28" height="28" />责任图谱</a>
      <nav aria-label="主导航">
        ${Object.entries(VIEWS)
          .filter(([, v]) => v.name)
          .map(([name, v]) => {
            const current = name === route.view || view?.within === name;
            return html`<a href=${to(name === "home" ? "" : name)} aria-current=${current ? "page" : undefined}>${v.name}</a>`;
          })}
      </nav>
      ${route.view !== "home" && html`<${SearchBox} small />`}
      <${SignedIn} />
      <${Theme} />
    </header>
    <main id="main" ref=${main} tabindex="-1">
      <${View} key=${place} name=${view ? route.view : null} route=${route} />
    </main>
    <footer>
      <p>文件<strong>要求</strong>了什么，每一条都可点开原文核对；是否完成，以各单位报的进展为准。</p>
      <p>{} 打开给出该数字的数据接口调用；? 说明旁边的说法是什么意思。</p>
      <p>
        <a href=${to("ask")}>全部问题</a> · <a href="/docs">数据接口</a> · <a href="web/vendor/LICENSES.txt">所用组件的许可</a>
      </p>
    </footer>
    <${KeyDialog} />
    <${Hatch} />
  `;
}

/** @param {{ name: string | null, route: Route }} props */
function View({ name, route }) {
  const [, redraw] = useState(0);
  const [problem, setProblem] = useState(/** @type {Trouble | null} */ (null));
  const [broken, mend] = useErrorBoundary((error) => console.error(error));
  useEffect(() => {
    if (!name || loaded.has(name)) return;
    VIEWS[name].load().then(
      (module) => {
        loaded.set(name, module.default);
        redraw((n) => n + 1);
      },
      (error) => {
        console.error(error);
        setProblem({ kind: "no-answer" });
      },
    );
  }, [name]);
  if (!name) return html`<h1>没有这个页面</h1><p>地址可能不完整。<a href="#/">回到首页</a></p>`;
  if (problem) return html`<${Failure} problem=${problem} again=${() => location.reload()} />`;
  if (broken) return html`<${Failure} problem=${{ kind: "", message: String(broken) }} again=${mend} />`;
  const Loaded = loaded.get(name);
  return Loaded ? html`<${Loaded} route=${route} />` : html`<${Loading} lines=${6} />`;
}

/** The pattern of 配合 in charts: url(#hatch). */
const Hatch = () =>
  html`<svg width="0" height="0" class="unseen" aria-hidden="true">
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--paper)"></rect><line x1="0" y1="0" x2="0" y2="6" stroke="var(--participates)" stroke-width="4"></line>
      </pattern>
    </defs>
  </svg>`;

/** @typedef {"" | "dark" | "light"} Colours */

/**
 * When dark.css holds.
 * @type {Record<Colours, string>}
 */
const DARK = { "": "(prefers-color-scheme: dark)", dark: "all", light: "not all" };
/** @type {Record<Colours, Colours>} */
const NEXT = { "": "dark", dark: "light", light: "" };

/** @returns {Colours} as chosen before */
function chosenColours() {
  const kept = localStorage.getItem("theme");
  return kept === "dark" || kept === "light" ? kept : "";
}

/** Light, dark, or as the reader's machine is set. */
function Theme() {
  const [theme, setTheme] = useState(chosenColours);
  useEffect(() => {
    document.getElementById("dark")?.setAttribute("media", DARK[theme]);
    document.documentElement.dataset.theme = theme; // what draws for itself hears of it
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  }, [theme]);
  const said = { "": "随系统", dark: "深色", light: "浅色" };
  return html`<button class="theme" onClick=${() => setTheme(NEXT[theme])} aria-label=${`外观：${said[theme]}，点按切换`} title=${`外观：${said[theme]}`}>
    <span aria-hidden="true">${{ "": "◐", dark: "●", light: "○" }[theme]}</span>
  </button>`;
}

const page = document.getElementById("page");
if (page) render(html`<${Page} />`, page);
document.querySelector(".starting")?.remove();
