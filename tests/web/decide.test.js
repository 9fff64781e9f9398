// What a decision says of the words it is about: doubts, the next of them, and which of the same words are meant.
import assert from "node:assert/strict";
import { test } from "node:test";

const { about, citing, confirming, dayIn, deed, loose, newTask, next, settingAside, striking } = await import(
  "../../web/decide.js"
);
const { worded } = await import("../../web/deciding.js");

const ID = "140400:长政办发〔2024〕7号";
const TEXT = "2.推进𠮷祥工程，市审计局牵头，市审计 局把关。";
const TASK = { kind: "task", id: `${ID}:2`, task_id: `${ID}:2`, name: "推进𠮷祥工程", quote: TEXT, start: 100, end: 124 };
const lead = { kind: "lead", id: "140400:审计局", name: "长治市审计局", role: "LEADS", basis: "clause", task_id: `${ID}:2` };
const LEAD = { ...lead, quote: "市审计局", start: 109, end: 113 };
const odd = (start) => ({ kind: "residue", id: "mention", reason: null, quote: "专班", start, end: start + 2 });
const paragraph = (start, text, task = null) => ({
  ...{ start, end: start + [...text].length, task },
  segments: [
    { start, text: text.slice(0, 2) },
    { start: start + [...text.slice(0, 2)].length, text: text.slice(2) },
  ],
});
const LOOSE = "（三）整治背街小巷。专班牵头，年底前完成。结果报市政府；另行通报。";
const body = (facts) => ({
  ...{ document_id: ID, facts },
  paragraphs: [paragraph(20, "审计别处。"), paragraph(30, LOOSE), paragraph(80, "审计 别处。"), paragraph(100, TEXT, TASK.id)],
});

test("the next goes around the ends", () => {
  const [one, two] = [odd(5), odd(9)];
  assert.equal(next([one, two], null, 1), one);
  assert.equal(next([one, two], [5, 7], 1), two);
  assert.equal(next([one, two], [9, 11], 1), one);
  assert.equal(next([one, two], [5, 7], -1), two);
  assert.equal(next([], null, 1), undefined);
});

test("words that stand twice in their task are told apart, in code points", () => {
  const said = about({ quote: "市审计局", start: 116, end: 121 }, body([TASK]));
  assert.deepEqual(said, { document: ID, quote: "市审计局", task: `${ID}:2`, nth: 2 });
  assert.deepEqual(about({ quote: "把关", start: 121, end: 123 }, body([TASK])), {
    document: ID,
    quote: "把关",
    task: `${ID}:2`,
  });
});

test("words outside every task are told apart in the document", () => {
  assert.deepEqual(about({ quote: "审计别处", start: 80, end: 85 }, body([TASK])), { document: ID, quote: "审计别处", nth: 2 });
  assert.deepEqual(about({ quote: "专班", start: 40, end: 42 }, body([TASK])), { document: ID, quote: "专班" });
});

test("a task is kept by its words, a long one by its first and last sentence", () => {
  const said = (quote, start = 30) => newTask({ quote, start, end: start + quote.length }, body([TASK]));
  const { change, document, quote, last, nth } = said(LOOSE.slice(0, 21));
  assert.deepEqual(
    [change, document, quote, last, nth],
    ["new-task", ID, "（三）整治背街小巷。专班牵头，年底前完成。", "", undefined],
  );
  assert.deepEqual(
    [said(`${LOOSE}\n报送材料。`).quote, said(`${LOOSE}\n报送材料。`).last],
    ["（三）整治背街小巷。", "报送材料。"],
  );
  const twice = `${LOOSE}报送。材料另行通报。另行通报。`; // the first of these would end it too early
  assert.deepEqual([said(twice).quote, said(twice).last], [twice, ""]);
  assert.equal(said("审计别处。", 80).nth, 2);
  assert.equal(said("审计别处。", 80).kind, "task");
});

test("words inside a task say where another begins, which goes to its end and is of its kind", () => {
  const words = `${TEXT}结果报市政府；另行通报。`;
  const step = { ...TASK, task_kind: "step", quote: words, end: 100 + [...words].length };
  const within = (task, quote, start) =>
    newTask({ quote, start, end: start + quote.length }, { ...body([task]), paragraphs: [paragraph(100, words, TASK.id)] });
  const { quote, last, task, kind, reason } = within(step, "推进", 102);
  assert.deepEqual([quote, last, task, kind], ["推进𠮷祥工程，市审计局牵头，市审计 局把关。", "另行通报。", TASK.id, "step"]);
  assert.equal(reason, "应分为两项");
  assert.equal(within({ ...step, task_kind: "general" }, "另行", words.length - 6 + 100).kind, "task");
});

test("the paragraph around words is offered where it is no part of a task", () => {
  assert.deepEqual(loose(odd(41), body([TASK])), { quote: LOOSE, start: 30, end: 30 + LOOSE.length });
  assert.equal(loose(odd(110), body([TASK])), undefined);
  assert.equal(loose(odd(5), body([TASK])), undefined);
});

test("entries name what they are about", () => {
  assert.deepEqual(confirming(LEAD, ID), {
    ...{ change: "confirm", document: ID, quote: "市审计局", task: `${ID}:2`, role: "LEADS", basis: "clause" },
    reason: "核对无误",
  });
  assert.equal(confirming(TASK, ID).quote, "推进𠮷祥工程");
  const { kind, reason } = striking({ ...LEAD, kind: "citation", role: null }, ID);
  assert.deepEqual([kind, reason], ["none", "不是引用文件"]);
  const none = striking(TASK, ID);
  assert.deepEqual([none.quote, none.task, none.kind, none.reason], ["推进𠮷祥工程", TASK.id, "none", "不是任务"]);
  assert.equal(deed(none), "删去“推进𠮷祥工程”");
  const { title, doc_number: number } = citing({ document: ID, quote: "《城市\n照明规定》（建城[2021]5号）" });
  assert.deepEqual([title, number], ["城市照明规定", "建城[2021]5号"]);
  const [one, two] = [odd(5), odd(9)];
  assert.equal(settingAside(two, body([one, two])).nth, 2);
  assert.equal(settingAside(one, body([one])).nth, undefined);
});

test("the last day that words name", () => {
  assert.deepEqual(["2024年6月底前", "2024年2月", "2024 年3月5日前", "2024年底", "月底前"].map(dayIn), [
    "2024-06-30",
    "2024-02-29",
    "2024-03-05",
    "2024-12-31",
    "",
  ]);
});

test("a change is told in Chinese", () => {
  assert.equal(worded(["-", "unit", "2", "长治市审计局", "LEADS clause"]), "去掉：牵头 长治市审计局（责任条款）（任务 2）");
  assert.equal(worded(["+", "deadline", "", "年底前", "by 2024-12-31"]), "新增：时限 年底前：2024年12月31日");
  assert.equal(worded(["+", "deadline", "3", "每月", "recurring month"]), "新增：时限 每月：每月（任务 3）");
  assert.equal(worded(["+", "task", "2", "2. 修渠", "70:103"]), "新增：任务 2. 修渠（原文 70–103 字）");
  assert.equal(worded(["+", "task_kind", "2", "2. 修渠", "safeguard"]), "新增：任务 2. 修渠 的类型：保障措施");
  assert.equal(worded(["-", "issuer", "", "长治市人民政府"]), "去掉：发文机关 长治市人民政府");
  assert.equal(worded(["+", "citation", "", "节水条例", "国令〔2024〕776号"]), "新增：引用 节水条例 国令〔2024〕776号");
  assert.equal(worded(["-", "principle", "", "坚持节水优先"]), "去掉：原则 坚持节水优先");
});
