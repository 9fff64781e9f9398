// The one door to the service: an address of its API -> an answer, kept for as long as the page is open.
import { useEffect, useState } from "./vendor/preact.js";

const KEPT = 100; // answers
const FRESH = 300_000; // milliseconds for which an answer is kept
/**
 * Address -> {asked: promise of an answer, at: when}; the oldest first.
 * @type {Map<string, { asked: Promise<any>, at: number }>}
 */
const answers = new Map();
let turns = 0; // how often all was forgotten

/** @typedef {(what: "key" | "forgotten") => unknown} Watcher */

/**
 * Who is told that answers were forgotten, or that a key is needed.
 * @type {Set<Watcher>}
 */
const watchers = new Set();

/**
 * The address of a call: {name} in `path` is taken from `given`, the rest becomes the query string; empty values are left out.
 * @param {string} path
 * @param {Given} [given]
 */
export function address(path, given = {}) {
  const rest = new URLSearchParams();
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(given[name])).replaceAll("%3A", ":"));
  for (const [name, value] of Object.entries(given)) {
    if (path.includes(`{${name}}`)) continue;
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== null && one !== undefined && one !== "") rest.append(name, String(one));
  }
  const query = rest.toString();
  return query ? `${filled}?${query}` : filled;
}

/** What the service said was wrong (RFC 9457), or that it did not answer. */
export class Problem extends Error {
  /**
   * @param {number} status of HTTP; 0 where the service did not answer
   * @param {{ type?: string, detail?: string, hint?: string, candidates?: string[] }} body
   */
  constructor(status, body) {
    super(body.detail ?? "");
    this.status = status;
    this.kind = (body.type ?? "").replace("urn:kg:", "");
    this.hint = body.hint ?? "";
    this.candidates = body.candidates ?? [];
  }
}

/**
 * Sends a request; the browser adds the cookie of the session. Throws a Problem.
 * @param {string} url
 * @param {RequestInit & { headers?: Record<string, string> }} [options]
 */
export async function send(url, options = {}) {
  const headers = { Accept: "application/json", "Accept-Language": "zh-CN", ...options.headers };
  const asked = turns;
  let response;
  try {
    response = await fetch(url, { ...options, headers });
  } catch {
    throw new Problem(0, { type: "urn:kg:no-answer" });
  }
  if (response.ok) return response;
  const problem = new Problem(response.status, await response.json().catch(() => ({})));
  if (problem.kind === "bad-parameter" && options.method) problem.kind = "bad-form"; // what was filled in, not an address
  if (problem.status === 401 && asked !== turns) return send(url, options); // somebody has signed in meanwhile
  if (problem.status === 401) tell("key");
  throw problem;
}

/**
 * The answer at an address; the last ones are kept for some minutes.
 * @param {string} url
 * @returns {Promise<any>} as Api.Answers says
 */
export function ask(url) {
  const kept = answers.get(url);
  if (kept && Date.now() - kept.at < FRESH) return kept.asked;
  const asked = send(url).then((response) => response.json());
  answers.delete(url);
  answers.set(url, { asked, at: Date.now() });
  const [oldest] = answers.keys();
  if (answers.size > KEPT) answers.delete(oldest);
  asked.catch(() => answers.get(url)?.asked === asked && answers.delete(url)); // what failed may be asked again
  return asked;
}

/**
 * The answer at a path of the service, once there is a path. While a new one is under way, `body` is the one before.
 * @template {keyof Api.Answers} Path
 * @param {Path | "" | false | null | undefined} path
 * @param {Given} [given]
 * @returns {Answered<Api.Answers[Path]>}
 */
export function useAnswer(path, given = {}) {
  const url = path ? address(path, given) : "";
  const [turn, setTurn] = useState(0);
  const [found, setFound] = useState(/** @type {{ url?: string, body?: any, problem?: Problem }} */ ({}));
  useEffect(
    () =>
      watch((what) => {
        if (what !== "forgotten") return;
        setFound((last) => (last.problem ? {} : last)); // it is asked again
        setTurn((t) => t + 1);
      }),
    [],
  );
  useEffect(() => {
    if (!url) return undefined;
    let wanted = true;
    ask(url).then(
      (body) => wanted && setFound({ url, body }),
      (problem) => wanted && setFound({ url, problem }),
    );
    return () => {
      wanted = false;
    };
  }, [url, turn]);
  const current = found.url === url;
  const body = (url && found.body) || null;
  return {
    url,
    body,
    rows: body?.rows ?? [],
    truncated: body?.truncated ?? false,
    state: !current ? "loading" : found.problem ? "failed" : "ready",
    problem: current ? found.problem : undefined,
    again: () => {
      setFound({});
      setTurn((t) => t + 1);
    },
  };
}

/**
 * How many rows an answer has in all, which is asked for where some were left out; null until it is known.
 * @param {Answered<object>} answer
 * @returns {number | null}
 */
export function useTotal({ url, truncated, rows }) {
  const bare = url.replace(/([?&])limit=\d+(&|$)/, "$1").replace(/[?&]$/, "");
  const counted = truncated && `${bare}${bare.includes("?") ? "&" : "?"}limit=1&count=true`;
  const found = useAnswer(/** @type {keyof Api.Answers} */ (counted));
  /** @type {any} */
  const body = found.body;
  return truncated ? (body?.total ?? null) : rows.length;
}

/**
 * Calls `told` with "key" (one is needed) or "forgotten" (ask again); returns what ends it.
 * @param {Watcher} told
 */
export function watch(told) {
  watchers.add(told);
  return () => {
    watchers.delete(told);
  };
}

/** After the base has changed, or for another person: everything is asked for anew. */
export function forget() {
  turns += 1;
  answers.clear();
  tell("forgotten");
}

/** @param {"key" | "forgotten"} what */
function tell(what) {
  for (const told of [...watchers]) told(what);
}

/**
 * Hands a blob to the reader as a file.
 * @param {Blob} blob
 * @param {string} name
 */
export function download(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
