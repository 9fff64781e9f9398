// What the service's words are called on the page.

import * as zh from "./zh.js";

/** @typedef {Record<string, string>} Names */

/**
 * Those of `words` that are named, in the order in which the page shows them.
 * @template {Names} Words
 * @param {Words} words
 * @param {...(keyof Words & string)} names
 * @returns {Names}
 */
const inOrder = (words, ...names) => Object.fromEntries(names.map((name) => [name, words[name]]));

/** @type {Names} */
export const ROLE = zh.ROLE;
/** What a rule reads.
 * @type {Names} */
export const RULE_MEANING = zh.RULE_MEANING;
/** Why words gave no fact.
 * @type {Names} */
export const REASON = zh.REASON;
/** What became of a file of a load.
 * @type {Names} */
export const OUTCOME = zh.OUTCOME;
/** What was done.
 * @type {Names} */
export const ACT = zh.ACT;
/** The columns of the account of a load.
 * @type {Names} */
export const ACCOUNT = zh.ACCOUNT;
/** @type {Names} */
export const COLUMN = zh.COLUMN;
/** @type {Names} */
export const RESIDUE_KIND = zh.RESIDUE_KIND;
export const BASIS = inOrder(zh.BASIS, "clause", "narrative", "default");
export const KIND = inOrder(zh.TASK_KIND, "task", "safeguard", "step", "general");
export const LEVEL = inOrder(zh.LEVEL, "nation", "province", "city", "county", "town");
export const LIGHT = inOrder(zh.LIGHT, "red", "yellow", "green", "done", "recurring", "relative");
export const STATE = inOrder(zh.STATE, "not started", "in progress", "done", "on hold", "done late");
/** What a row of a workbook that was filled in would change, and why it is not taken.
 * @type {Names} */
export const RETURNED = zh.RETURNED;
/** The columns that are filled in.
 * @type {Names} */
export const FORM = zh.FORM;
/** How far a document is checked.
 * @type {Names} */
export const REVIEW = inOrder(zh.REVIEW, "unchecked", "checking", "checked");
/** Why a person should look at a fact.
 * @type {Names} */
export const DOUBT = zh.DOUBT;
/** What people decide of facts.
 * @type {Names} */
export const DECISION = zh.DECISION;
/** @type {Record<string, string>} */
export const RIGHT = zh.RIGHT;
/** @type {Names} */
export const DEADLINE_KIND = zh.DEADLINE_KIND;
export const EVERY = inOrder(zh.EVERY, "year", "half-year", "quarter", "month", "week", "day");
/** @type {Names} */
export const FOUND = zh.HIT;

/**
 * What a term means, said once where it is first met.
 * @type {Names}
 */
export const MEANING = {
  LEADS: `${ROLE.LEADS}：对任务负总责的单位，文件中写作“牵头”“负责”“责任单位”等。`,
  PARTICIPATES: `${ROLE.PARTICIPATES}：参加、协助牵头单位的单位，文件中写作“配合”“参与”“按职责分工负责”等。`,
  clause: `${BASIS.clause}：任务后括号内或段末专门写明责任单位的文字。`,
  narrative: `${BASIS.narrative}：正文句子里写明由谁做什么。`,
  default: `${BASIS.default}：文件统一规定由某类单位负责，本任务未另写。`,
  collective: `${zh.COLUMN.collective}：如“各县区人民政府”，一个名称指多个单位；单列，不计入各单位的任务数。`,
};

/** @type {Record<string, [what: string, todo: string]>} */
const PROBLEMS = {
  "no-answer": ["服务没有应答", "请确认服务仍在运行（kg serve），然后重试。"],
  "not-found": ["没有找到", "知识库里没有这个名称或编号，可能写法不同，也可能对应的文件还没有载入。"],
  "bad-parameter": ["地址里的条件不对", "请检查或清除筛选条件。"],
  "bad-form": ["填写的内容不对", "请改正后再试。"],
  "not-allowed": ["这里不能这样做", "这个服务没有开放，或者您的密钥没有这个权限；请联系服务管理员。"],
  misdirected: ["服务不认得这个地址", "请用 localhost 或 127.0.0.1 打开。"],
  unauthorized: ["需要访问密钥", "请输入服务管理员提供的密钥。"],
  "engine-unavailable": ["数据库没有应答", "稍后重试；若一直如此，请联系服务管理员。"],
  "store-locked": ["知识库正被另一个程序占用", "稍后重试。"],
  "query-timeout": ["查询超时", "请缩小范围，例如限定城市或文件，再试一次。"],
  "too-large": ["问题太大，数据库的内存不够", "请缩小范围，例如限定地区、单位、文件或年份，再试一次。"],
  "too-many-requests": ["问得太快", "请稍等一分钟再试。"],
  "too-many-queries": ["同时查询的人太多", "稍等几秒再试。"],
  ending: ["服务正在关闭，没有等到回答", "等它重新启动后再试。"],
  "too-slow": ["文件没有传完", "网络可能太慢，请重试。"],
  "disk-full": ["磁盘已满，没有存成", "请联系服务管理员腾出空间，再保存一次。"],
  "damaged-base": ["知识库有损坏，不能回答", "请联系服务管理员运行 kg check。"],
  "bad-journal": ["没有存成", "请联系服务管理员：进展或签核的文件读不出来。"],
  "bad-corrections": ["没有存成", "请联系服务管理员：corrections.yaml 读不出来。"],
  conflict: ["这份文件刚被别人改动过，你的决定还没有保存", "已重新读取：请看一眼现在的样子，再保存一次。"],
  "unmatched-correction": [
    "这样改对不上原文",
    "原文里没有这几个字，不止一处，或者碰到了别的任务：换几个字，或从原文里选中。跨了几项任务的，先改它们的起止；一项任务的开头已经是那项任务，从它后面选起。",
  ],
  "outside-tasks": [
    "选中的文字不在任何任务里",
    "责任要落在一项任务上：先在原文里选中整项任务的文字，补成“新任务”，再补责任；不布置任务的，搁置。",
  ],
  "nothing-found": ["没有找到任务", "文件可以读，但没有找到编号的任务。它可能不是布置工作的文件。"],
};

/** A sentence with its end. @param {string | undefined} words */
export const ended = (words = "") => words && (/[。？！…]$/.test(words) ? words : `${words}。`);

/**
 * [what, what to do] of a value that is refused, by the name of its field: `today='2022-13-1' is not accepted`.
 * @param {string} message
 * @param {string} hint
 * @returns {[what: string, todo: string] | null}
 */
function refused(message, hint) {
  const [, name, value] = /^(\w+)=(.*) is not accepted$/s.exec(message) ?? [];
  if (name && Object.hasOwn(LABEL, name)) {
    const given = value.replace(/^(['"])(.*)\1$/s, "$2");
    const form = ALLOWED.find(([english]) => hint.includes(english))?.[1] ?? "请改正或清除这一项。";
    return [`“${LABEL[name]}”填的是“${given}”，不能这样写。`, form];
  }
  const [, first, from, last, until] = /^(\w+)=(\S+) is later than (\w+)=(\S+)$/.exec(message) ?? [];
  if (!first) return null;
  return [
    `“${LABEL[first] ?? first}”（${dated(from)}）晚于“${LABEL[last] ?? last}”（${dated(until)}）。`,
    "请把两个日子对调。",
  ];
}

/** What the service says may be given -> what to do. @type {[string, string][]} */
const ALLOWED = [
  ["a day such as", "请写成 2022-12-31 这样的日子，年、月、日都要写。"],
  ["a whole number", "请填整数，如 2022。"],
  ["a number from 0", "请填数字，如 0.5。"],
  ["true or false", "只能是“是”或“否”。"],
  ["one of ", "请从列出的选项里选。"],
  ["GB/T 2260", "请填六位区划代码，如 140400。"],
];

/**
 * [what, what to do] of a Problem; of a file that cannot be read, and of what only others may do, the service says both.
 * @param {Trouble} problem
 * @returns {[what: string, todo: string]}
 */
export function explain(problem) {
  const { kind, message, hint } = problem;
  const wrong = ["bad-parameter", "bad-form"].includes(kind) && refused(message ?? "", hint ?? "");
  if (wrong) return wrong;
  if (["unreadable-file", "file-too-large", "not-yours"].includes(kind)) return [ended(message), ended(hint)];
  return (Object.hasOwn(PROBLEMS, kind) && PROBLEMS[kind]) || ["出错了", "请重试；若一直如此，请联系服务管理员。"];
}

/**
 * Why a file was not read, beside its name.
 * @param {string} file
 * @param {string} reason
 */
export const unnamed = (file, reason) =>
  (reason.startsWith(`${file}：`) ? reason.slice(file.length + 1) : reason).split("\n").map(ended).join("");

/**
 * A whole number, grouped.
 * @param {number | null} [n]
 */
export const number = (n) => (n ?? 0).toLocaleString("zh-CN");

/**
 * 2022-06-30 as 2022年6月30日; 2022-06 as 2022年6月.
 * @param {string | null} [iso]
 */
export function day(iso) {
  if (!iso) return "";
  const [year, month, date] = iso.split("-").map(Number);
  return `${year}年${month}月${date ? `${date}日` : ""}`;
}

/** Words with the days in them as `day` writes them. @param {string} words */
export const dated = (words) => words.replace(/\b\d{4}-\d\d-\d\d\b/g, day);

/**
 * Why people decided something, when, and who: “为什么 (2024-11-30, 王)”, as kg.decide.entries writes it.
 * @param {string} why
 */
export const decided = (why) =>
  why.replace(/ \((\d{4}-\d\d-\d\d)(?:, (.*))?\)$/s, (_, on, by) => `（${[day(on), by].filter(Boolean).join("，")}）`);

const timeZone = "Asia/Shanghai"; // of the places that documents are about, wherever the reader is: kg/days.py

/** Today, as ISO 8601: Swedes write days so. */
export const today = () => new Date().toLocaleDateString("sv-SE", { timeZone });

/**
 * An instant as a day and a time.
 * @param {string | null} iso
 */
export const moment = (iso) =>
  iso && new Date(iso).toLocaleString("zh-CN", { dateStyle: "medium", timeStyle: "short", timeZone });

/**
 * What a deadline says, in few words.
 * @param {TimeLimit} deadline
 */
export function due(deadline) {
  if (deadline.every) return EVERY[deadline.every] ?? deadline.every;
  if (deadline.within) return deadline.quote; // 5个工作日 are not five days
  if (deadline.start_on && deadline.due_on) return `${day(deadline.start_on)}至${day(deadline.due_on)}`;
  return deadline.due_on ? `${day(deadline.due_on)}前` : deadline.quote;
}

// The canned queries, and what they take and give

/**
 * query: [group, question]. A query that is not here shows its English sentence.
 * @type {Record<string, [group: string, question: string]>}
 */
export const QUESTION = {
  agencies: ["机构", "有哪些单位？"],
  "agency-obligations": ["机构", "这个单位要做什么，牵头还是配合，什么时候完成？"],
  "obligations-across-places": ["机构", "同一条线的单位，在各地各要做什么？"],
  "bound-by-collectives": ["机构", "没有点名、但通过统称也要这个单位做的有哪些？"],
  partners: ["机构", "这个单位和谁一起做？"],
  "responsibility-edges": ["机构", "哪些单位一起承担任务，共同的有多少？"],
  ledger: ["任务", "责任清单：谁必须做什么，什么时候完成，哪句话这么说？"],
  task: ["任务", "这项任务要求什么，由谁做，原话怎么写？"],
  "tasks-without-lead": ["任务", "哪些任务没有写明牵头单位？"],
  "joint-leads": ["任务", "哪些任务由多个单位联合牵头？"],
  "similar-tasks": ["任务", "别的文件里有哪些相似的任务？"],
  cascade: ["任务", "这项任务从国家到省、市、县，一级级怎么写、由谁牵头？"],
  "deadline-board": ["时限", "哪些期限已过，哪些快到了，哪些还早，哪些周期性？"],
  deadlines: ["时限", "这段时间里有什么到期，由谁负责？"],
  overdue: ["进展", "哪些期限已过、还没有报完成，是谁的？"],
  "no-report-since": ["进展", "哪些单位这一天以后没有报过进展？"],
  "progress-by-agency": ["进展", "各单位的任务办到了哪一步？"],
  "progress-by-document": ["进展", "各份文件的任务办到了哪一步？"],
  progress: ["进展", "这项任务报过哪些进展？"],
  "compare-places": ["城市比较", "同一条线，各地各有多少牵头和配合？"],
  "compare-functions": ["城市比较", "同一条线，各地的任务、时限和主要合作单位有何不同？"],
  "compare-leads": ["城市比较", "同样的工作，各地由谁牵头，哪里不一样？"],
  "compare-principles": ["城市比较", "各地写了哪些相同的基本原则？"],
  "same-work": ["城市比较", "同样的工作写在哪些文件里，各由谁牵头？"],
  "unique-tasks": ["城市比较", "哪些任务是一个地区独有的？"],
  documents: ["文件", "有哪些文件？"],
  "document-tasks": ["文件", "这份文件布置了哪些任务？"],
  changes: ["文件", "与上期文件相比，任务有哪些增减，牵头和时限有哪些变动？"],
  gaps: ["文件", "一份文件要求的任务，另一份没有写到哪些？"],
  "document-facts": ["文件", "这份文件逐条写了什么？"],
  "cited-documents": ["文件", "引用了哪些文件，哪些还没有载入？"],
  "citing-documents": ["文件", "谁引用了这份文件，怎么写的？"],
  principles: ["文件", "文件写了哪些基本原则？"],
  overview: ["文件", "知识库里有什么？"],
  "workload-ranking": ["工作量", "谁的任务最多？"],
  "workload-matrix": ["工作量", "每个单位在每份文件里各有多少任务？"],
  "agency-workload": ["工作量", "这个单位牵头多少、配合多少？"],
  "workload-by-year": ["工作量", "这个单位每年的任务有多少？"],
  "workload-by-month": ["工作量", "这个单位的任务集中在哪些月份到期？"],
  "workload-share": ["工作量", "这个单位承担了本地多大份额的任务？"],
};

/**
 * What the parameters and columns of the queries are called.
 * @type {Names}
 */
export const LABEL = { ...zh.COLUMN, ...zh.PARAMETER };

/**
 * What columns are called that say how many, where others of the same name are lists.
 * @type {Names}
 */
export const COUNT = zh.COUNT;

/**
 * What the words of the service are called, by the parameter or column that they stand in.
 * @type {Record<string, Names>}
 */
export const SAID = {
  across: zh.ACROSS,
  basis: BASIS,
  by: zh.BY,
  change: zh.CHANGE,
  deadline_kind: zh.DEADLINE_KIND,
  differs_in: zh.LEAD_DIFFERENCE,
  every: EVERY,
  kind: { ...KIND, ...zh.FACT_KIND, ...zh.DEADLINE_KIND, ...zh.AGENCY_KIND },
  level: LEVEL,
  light: LIGHT,
  link: zh.LINK,
  modality: zh.MODALITY,
  reason: REASON,
  residue: zh.RESIDUE,
  review: REVIEW,
  role: ROLE,
  rule: zh.RULE,
  split: zh.SPLIT,
  state: STATE,
  task_kind: KIND,
  whose: zh.WHOSE,
};

/**
 * name: [what it is called, what is said of it].
 * @template {Names} Words
 * @param {Words} words
 * @param {Record<keyof Words, string>} said
 * @returns {Record<string, [name: string, text: string]>}
 */
const explained = (words, said) => Object.fromEntries(Object.entries(said).map(([name, text]) => [name, [words[name], text]]));

/** The checks of the audit: [name, why a person should look]. */
export const CHECK = explained(zh.CHECK, {
  correction: "有人写了更正，但它在文件里没有恰好对上一处，所以没有生效。",
  duplicate: "两个名称可能是同一个单位；若是，任务数被分开计了。",
  unresolved: "从文字看不出是哪个地区的单位，暂时只算在这份文件里。",
  title: "几份文件标题一样，可能是同一份重复载入。",
  inferred: "文件开头没有写明是哪里发的、是什么文件，地区是从正文推断的，请核对。",
  "no-assignments": "整份文件的任务都没有写明由谁做，可能不是布置工作的文件。",
  nobody: "同一文件里其他任务大多写明了单位，只有这项没有，可能漏读。",
  deadline: "时限比文件本身还早，可能读错了年份。",
  report: "单位报过进展，但任务所在的文件已移除，或任务换了说法，或这项任务没有写到这个单位，所以这份报告不算数；报告还在。",
  unexplained: "这里写到单位或任务，却没有读出由谁做什么，也看不出原因，请对照原文看一看。",
});

/** The kinds of facts that the scorecard measures: [name, what counts]. */
export const MEASURED = explained(zh.MEASURED, {
  clause: "责任条款里写的每个单位，责任和原话都要对。",
  link: "责任条款里的单位挂到的每项任务都要对，多挂一项也算错。",
  narrative: "正文句子里写明由谁做的单位；拿不准的不取，所以可能有遗漏。",
  deadline: "时限的原话、起止日期和周期都要对。",
  principle: "每条原则的原话。",
  task: "每项任务从哪里开始。",
  task_link: "已找到的责任条款单位，是否归到了正确的任务。",
  name: "省略了的单位名称，是否还原成了正确的全称。",
});

/**
 * The sets of documents that the scorecard measures on: [name, what they are].
 * @type {Record<string, [name: string, what: string]>}
 */
export const MEASURED_ON = {
  "Held out: annotated before the output was looked at": [
    "留作检验的文件",
    "先由人标注，再看程序读出了什么；看过之后按通用的规律改进过规则，所以这里的数字偏高。对从未看过的文件要低不少：第一次读时，正文里的责任 F1 多在 70% 到 90% 之间，时限在 60% 到 99% 之间，任务在 70% 到 98% 之间；每一批的数字见 README.zh.md“有多准”。",
  ],
  "Gold that the rules were written with": [
    "编写规则时用的文件",
    "规则就是对照这些文件写成的，数字只说明没有退步，不能代表新文件。",
  ],
};
