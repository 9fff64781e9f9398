import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { address, ask, forget, Problem, send, watch } from "../../web/api.js";
import "./browser.js";

const asked = [];
let answer;
beforeEach(() => {
  forget();
  asked.length = 0;
  answer = () => Response.json({ rows: [asked.length] });
  globalThis.fetch = async (url, options) => {
    asked.push({ url, ...options });
    return answer();
  };
});

test("a name in the path is filled in, the rest becomes the query", () => {
  const url = address("/agencies/{agency}/workload", {
    agency: "140400:司法局",
    basis: ["clause", "default"],
    year: "",
    at: null,
  });
  assert.equal(url, "/agencies/140400:%E5%8F%B8%E6%B3%95%E5%B1%80/workload?basis=clause&basis=default");
  assert.equal(address("/documents/{document}/text", { document: "a/b?c" }), "/documents/a%2Fb%3Fc/text");
  assert.equal(address("/status"), "/status");
});

test("false and 0 are values of the service", () => {
  assert.equal(address("/deadlines", { inherited: false, days: 0 }), "/deadlines?inherited=false&days=0");
});

test("an answer is asked for once, until it is forgotten", async () => {
  assert.deepEqual(await ask("/a"), await ask("/a"));
  assert.equal(asked.length, 1);
  forget();
  await ask("/a");
  assert.equal(asked.length, 2);
});

test("what failed is asked again", async () => {
  answer = () => Response.json({ type: "urn:kg:query-timeout" }, { status: 504 });
  await assert.rejects(ask("/slow"), Problem);
  answer = () => Response.json({ rows: [] });
  assert.deepEqual(await ask("/slow"), { rows: [] });
});

test("only the last hundred answers are kept", async () => {
  for (let n = 0; n <= 100; n += 1) await ask(`/row/${n}`);
  await ask("/row/100");
  assert.equal(asked.length, 101);
  await ask("/row/0");
  assert.equal(asked.length, 102, "the oldest was dropped");
});

test("a problem says its kind, hint and candidates", async () => {
  const body = { type: "urn:kg:not-found", detail: "no agency", hint: "give an id", candidates: ["长治市司法局"] };
  answer = () => Response.json(body, { status: 404 });
  const problem = await send("/x").catch((error) => error);
  const { kind, status, hint, message, candidates } = problem;
  assert.deepEqual([kind, status, hint, message], ["not-found", 404, "give an id", "no agency"]);
  assert.deepEqual(candidates, ["长治市司法局"]);
});

test("a service that does not answer, or not in JSON, is a problem too", async () => {
  answer = () => {
    throw new TypeError("failed to fetch");
  };
  assert.equal((await send("/x").catch((error) => error)).kind, "no-answer");
  answer = () => new Response("<h1>Bad gateway</h1>", { status: 502 });
  assert.equal((await send("/x").catch((error) => error)).status, 502);
});

test("a key that is wanted is asked for, and no request holds one", async () => {
  const told = [];
  const end = watch((what) => told.push(what));
  answer = () => Response.json({}, { status: 401 });
  await send("/x").catch(() => {});
  assert.deepEqual(told, ["key"]);
  assert.deepEqual(Object.keys(asked[0].headers), ["Accept", "Accept-Language"]);
  end();
});
