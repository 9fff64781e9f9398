// What the service's words are called on the page.

/** @typedef {Record<string, string>} Names */

/** @type {Names} */
export const ROLE = { LEADS: "牵头", PARTICIPATES: "配合" };
/** @type {Names} */
export const BASIS = { clause: "责任条款", narrative: "正文叙述", default: "统一规定" };
/** @type {Names} */
export const KIND = { task: "任务", safeguard: "保障措施", step: "实施步骤", general: "总体要求" };
/** @type {Names} */
export const LEVEL = { nation: "国家", province: "省级", city: "市级", county: "县区级", town: "乡镇级" };
/** @type {Names} */
export const LIGHT = { red: "期限已过", yellow: "即将到期", green: "尚未到期", recurring: "周期性", relative: "相对时限" };
/** @type {Names} */
export const EVERY = { year: "每年", "half-year": "每半年", quarter: "每季度", month: "每月", week: "每周", day: "每日" };
/** @type {Names} */
export const FOUND = { agency: "机构", document: "文件", task: "任务" };

/**
 * What a term means, said once where it is first met.
 * @type {Names}
 */
export const MEANING = {
  LEADS: "牵头：对任务负总责的单位，文件中写作“牵头”“负责”“责任单位”等。",
  PARTICIPATES: "配合：参加、协助牵头单位的单位，文件中写作“配合”“参与”“按职责分工负责”等。",
  clause: "责任条款：任务后括号内或段末专门写明责任单位的文字。",
  narrative: "正文叙述：正文句子里写明由谁做什么。",
  default: "统一规定：文件统一规定由某类单位负责，本任务未另写。",
  collective: "统称：如“各县区人民政府”，一个名称指多个单位；单列，不计入各单位的任务数。",
};

/** @type {Record<string, [what: string, todo: string]>} */
const PROBLEMS = {
  "no-answer": ["服务没有应答", "请确认服务仍在运行（kg serve），然后重试。"],
  "not-found": ["没有找到", "知识库里没有这个名称或编号，可能写法不同，也可能对应的文件还没有载入。"],
  "bad-parameter": ["地址里的条件不对", "请检查或清除筛选条件。"],
  "not-allowed": ["这个服务没有开放上传", "请联系服务管理员。"],
  misdirected: ["服务不认得这个地址", "请用 localhost 或 127.0.0.1 打开。"],
  unauthorized: ["需要访问密钥", "请输入服务管理员提供的密钥。"],
  "engine-unavailable": ["数据库没有应答", "稍后重试；若一直如此，请联系服务管理员。"],
  "store-locked": ["知识库正被另一个程序占用", "稍后重试。"],
  "query-timeout": ["查询超时", "请缩小范围，例如限定城市或文件，再试一次。"],
  "too-many-queries": ["同时查询的人太多", "稍等几秒再试。"],
  "unreadable-file": ["文件读不出来", "支持文本、网页、docx、带文字的 PDF 和 Markdown；扫描件需要先做文字识别。"],
  "nothing-found": ["没有找到任务", "文件可以读，但没有找到编号的任务。它可能不是布置工作的文件。"],
};

/**
 * [what, what to do] of a Problem.
 * @param {Trouble} problem
 * @returns {[what: string, todo: string]}
 */
export const explain = (problem) =>
  (Object.hasOwn(PROBLEMS, problem.kind) && PROBLEMS[problem.kind]) || ["出错了", "请重试；若一直如此，请联系服务管理员。"];

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

/** Today, where the reader is, as ISO 8601. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

/**
 * An instant as the reader's day and time.
 * @param {string | null} iso
 */
export const moment = (iso) => iso && new Date(iso).toLocaleString("zh-CN", { dateStyle: "medium", timeStyle: "short" });

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
  "deadline-board": ["时限", "哪些期限已过，哪些快到了，哪些还早，哪些周期性？"],
  deadlines: ["时限", "这段时间里有什么到期，由谁负责？"],
  "compare-places": ["城市比较", "同一条线，各地各有多少牵头和配合？"],
  "compare-functions": ["城市比较", "同一条线，各地的任务、时限和主要搭档有何不同？"],
  "compare-leads": ["城市比较", "同样的工作，各地由谁牵头，哪里不一样？"],
  "compare-principles": ["城市比较", "各地写了哪些相同的基本原则？"],
  "unique-tasks": ["城市比较", "哪些任务是一个地方独有的？"],
  documents: ["文件", "有哪些文件？"],
  "document-tasks": ["文件", "这份文件布置了哪些任务？"],
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
export const LABEL = {
  across: "比较范围",
  across_places: "跨地方",
  agencies: "单位",
  agency: "单位",
  agency_id: "单位编号",
  agency_leads: "本单位牵头",
  basis: "依据",
  both_lead: "共同牵头",
  both_participate: "共同配合",
  by: "口径",
  cited: "被引文件",
  cited_by: "引用它的文件",
  cited_id: "被引文件编号",
  cited_number: "被引文号",
  cites: "引用文件",
  clause: "责任条款",
  collective: "统称",
  collective_id: "统称编号",
  collective_leads: "统称牵头",
  collective_participates: "统称配合",
  collective_tasks: "统称任务",
  collectives: "统称",
  common_leads: "共同的牵头",
  context: "前后文字数",
  corrected: "人工订正",
  days: "几天内算即将到期",
  days_left: "剩余天数",
  deadline_id: "时限编号",
  deadline_kind: "时限种类",
  deadlines: "时限",
  differs: "牵头不一致",
  doc_number: "文号",
  document: "文件",
  document_deadlines: "文件统一时限",
  document_id: "文件编号",
  documents: "文件",
  due_before: "在此日前到期",
  due_from: "到期日从",
  due_on: "时限",
  due_to: "到期日到",
  end: "止",
  every: "周期",
  first_issued: "最早成文",
  function: "条线",
  functions: "条线",
  headings: "所属标题",
  id: "编号",
  index_number: "索引号",
  inherited: "套用文件统一时限",
  issued_from: "成文日期从",
  issued_on: "成文日期",
  issued_to: "成文日期到",
  issuers: "发文单位",
  joint_leads: "联合牵头",
  key: "分项编号",
  kind: "种类",
  label: "分项",
  last_issued: "最近成文",
  leads: "牵头",
  leads_alone: "独自牵头",
  leads_jointly: "联合牵头",
  leads_share: "牵头占本地（%）",
  least: "至少几项算集中",
  level: "层级",
  light: "状态",
  loaded: "已载入",
  loaded_at: "载入时间",
  mean: "月均",
  member_of: "属于统称",
  mentions: "提到次数",
  min_score: "相似度至少（%）",
  min_tasks: "共同任务至少",
  month: "月份",
  name: "名称",
  next_on: "下次到期",
  number_of_leads: "牵头单位数",
  occurrences: "各次到期",
  one: "一方",
  one_id: "一方编号",
  one_leads: "一方牵头",
  one_place: "一方地方",
  other: "另一方",
  other_document: "相似任务所在文件",
  other_document_id: "另一文件编号",
  other_end: "另一处止",
  other_id: "另一方编号",
  other_leads: "另一方牵头",
  other_place: "另一地方",
  other_place_code: "另一地方代码",
  other_quote: "相似任务原文",
  other_start: "另一处起",
  other_task: "相似任务",
  other_task_id: "相似任务编号",
  other_task_number: "相似任务序号",
  overloaded: "任务集中",
  page: "页码",
  participants: "配合",
  participates: "配合",
  partner: "搭档",
  partner_id: "搭档编号",
  partner_leads: "搭档牵头",
  partners: "主要搭档",
  place: "地方",
  place_code: "地方代码",
  place_collective_tasks: "本地只由统称承担",
  place_tasks: "本地任务",
  place_units: "本地单位数",
  places: "地方",
  principle: "基本原则",
  principle_id: "原则编号",
  principles: "基本原则",
  published_on: "发布日期",
  q: "名称含有",
  quote: "原文",
  rank: "本地名次",
  resolved: "所属地方确定",
  role: "角色",
  score: "相似度（%）",
  shared: "多地共有",
  shared_with: "还写在",
  source: "来源文件",
  source_id: "来源编号",
  split: "分法",
  start: "起",
  start_on: "开始日",
  status: "有效性",
  task: "任务",
  task_id: "任务编号",
  task_kind: "任务种类",
  task_number: "序号",
  tasks: "任务",
  tasks_share: "任务占本地（%）",
  through_lead: "只算至少一方牵头的",
  times: "一年内次数",
  today: "参照日",
  units: "责任单位",
  with_deadline: "有时限的任务",
  within: "期限长度",
  work: "同样的工作",
  work_id: "工作编号",
  year: "年度",
};

/**
 * What the words of the service are called, by the parameter or column that they stand in.
 * @type {Record<string, Names>}
 */
export const SAID = {
  across: { places: "只比不同地方", documents: "不同文件都比" },
  basis: BASIS,
  by: { agency: "按单位", function: "按条线", all: "总排名", place: "各地分别排名" },
  deadline_kind: { by: "截止日", period: "期间", recurring: "周期性", within: "相对时限" },
  every: EVERY,
  kind: {
    ...KIND,
    ...{ lead: "牵头", participation: "配合", deadline: "时限", principle: "基本原则", citation: "引用文件" },
    ...{ by: "截止日", period: "期间", recurring: "周期性", within: "相对时限" },
    ...{ government: "政府", township: "乡镇街道", department: "部门", party: "党委系统", congress: "人大", cppcc: "政协" },
    ...{ court: "法院", procuratorate: "检察院", mass: "群团", zone: "开发区", branch: "上级派驻", company: "企业" },
    ...{ military: "军队", institution: "其他机构", collective: "统称" },
  },
  level: LEVEL,
  light: LIGHT,
  role: ROLE,
  split: { all: "合计", basis: "按依据", document: "按文件", deadline: "按时限", collective: "通过统称", year: "按年" },
  task_kind: KIND,
};

/**
 * The checks of the audit: [name, why a person should look].
 * @type {Record<string, [name: string, why: string]>}
 */
export const CHECK = {
  correction: ["订正未对上", "有人写了订正，但它在文件里没有恰好对上一处，所以没有生效。"],
  duplicate: ["疑似重复", "两个名称可能是同一个单位；若是，任务数被分开计了。"],
  unresolved: ["归属不明", "从文字看不出是哪个地方的单位，暂时只算在这份文件里。"],
  title: ["标题相同", "几份文件标题一样，可能是同一份重复载入。"],
  "no-assignments": ["没有责任单位", "整份文件的任务都没有写明由谁做，可能不是布置工作的文件。"],
  nobody: ["独缺责任单位", "同一文件里其他任务大多写明了单位，只有这项没有，可能漏读。"],
  deadline: ["期限早于成文", "时限比文件本身还早，可能读错了年份。"],
};

/**
 * The kinds of facts that the scorecard measures: [name, what counts].
 * @type {Record<string, [name: string, what: string]>}
 */
export const MEASURED = {
  clause: ["责任条款中的单位", "责任条款里写的每个单位，角色和原话都要对。"],
  narrative: ["正文叙述中的单位", "正文句子里写明由谁做的单位；拿不准的不取，所以可能有遗漏。"],
  deadline: ["时限", "时限的原话、起止日期和周期都要对。"],
  principle: ["基本原则", "每条原则的原话。"],
  task: ["任务", "每项任务从哪里开始。"],
  task_link: ["单位归到任务", "已找到的责任条款单位，是否归到了正确的任务。"],
  name: ["简称还原", "省略了的单位名称，是否还原成了正确的全称。"],
};

/**
 * The sets of documents that the scorecard measures on: [name, what they are].
 * @type {Record<string, [name: string, what: string]>}
 */
export const MEASURED_ON = {
  "Held out: annotated before the output was looked at": [
    "留作检验的文件",
    "先由人标注，再看程序读出了什么；看过之后按通用的规律改进过规则，所以对全新的文件会略低于这里。",
  ],
  "Gold that the rules were written with": [
    "编写规则时用的文件",
    "规则就是对照这些文件写成的，数字只说明没有退步，不能代表新文件。",
  ],
};
