// The Chinese words of kg/words/zh.tsv, by where they stand. Made by `make docs`; change the table, not this.

export const ACCOUNT = {
  annexes: "提到而没有随附的附件",
  assignments: "责任关系数",
  document: "文件标题",
  file: "文件",
  notes: "说明",
  outcome: "结果",
  reason: "原因",
  tasks: "任务数",
  unread: "未读出的部分",
};

export const ACROSS = {
  documents: "不同文件都比",
  places: "只比不同地区",
};

export const ACT = {
  correct: "更正",
  forget: "清理记录",
  key: "密钥",
  load: "载入",
  rebuild: "重新读取",
  remove: "移除",
  report: "填报进展",
  reset: "清空",
  "sign-in": "登录",
  "sign-out": "退出",
};

export const AGENCY_KIND = {
  branch: "上级派驻",
  collective: "统称",
  company: "企业",
  congress: "人大",
  court: "法院",
  cppcc: "政协",
  department: "部门",
  government: "政府",
  institution: "其他机构",
  mass: "群团",
  military: "军队",
  party: "党委系统",
  procuratorate: "检察院",
  township: "乡镇街道",
  zone: "开发区",
};

export const BASIS = {
  clause: "责任条款",
  default: "统一规定",
  narrative: "正文表述",
};

export const BOARD = {
  whole: "（约束全文）",
};

export const BY = {
  agency: "按单位",
  all: "总排名",
  function: "按条线",
  place: "各地分别排名",
};

export const CHANGE = {
  added: "新增",
  dropped: "不再列入",
  kept: "延续",
  moved: "有调整",
};

export const CHECK = {
  correction: "更正未对上",
  deadline: "期限早于成文",
  duplicate: "疑似重复",
  inferred: "出处存疑",
  "no-assignments": "没有责任单位",
  nobody: "独缺责任单位",
  report: "报告找不到任务",
  title: "标题相同",
  unexplained: "点名却未列任务",
  unresolved: "归属不明",
};

export const COLUMN = {
  across_places: "跨地区",
  after: "后文",
  agencies: "单位",
  agency: "单位",
  agency_id: "单位编号",
  agency_leads: "本单位牵头数",
  basis: "依据类型",
  before: "前文",
  both_lead: "共同牵头数",
  both_participate: "共同配合数",
  change: "变化",
  check: "检查项",
  citation: "引用处",
  cited: "被引文件",
  cited_by: "引用它的文件",
  cited_id: "被引文件编号",
  cited_number: "被引文号",
  cites: "引用文件",
  clause: "责任条款",
  collective: "统称",
  collective_id: "统称编号",
  collective_leads: "统称牵头数",
  collective_participates: "统称配合数",
  collective_tasks: "统称任务数",
  collectives: "统称",
  common_leads: "共同的牵头单位",
  compared: "比较的地区数",
  confirmed: "人工确认",
  corrected: "更正说明",
  counterpart: "对照文件",
  counterpart_id: "对照文件编号",
  date_moved: "时限有变",
  days_left: "剩余天数",
  days_over: "已过天数",
  deadline_id: "时限编号",
  deadline_kind: "时限类型",
  deadlines: "完成时限",
  differs: "牵头不一致",
  differs_in: "不一致之处",
  do: "如何处理",
  doc_number: "文号",
  document: "文件",
  document_deadlines: "文件总时限",
  document_id: "文件编号",
  documents: "文件",
  done: "已完成",
  done_late: "逾期完成",
  done_share: "办结率（%）",
  due_on: "截止日期",
  end: "结束位置",
  every: "周期",
  evidence: "佐证材料",
  first_issued: "最早成文日期",
  former_deadlines: "上期完成时限",
  former_document: "上期文件",
  former_document_id: "上期文件编号",
  former_end: "上期结束位置",
  former_leads: "上期牵头单位",
  former_quote: "上期原文",
  former_start: "上期起始位置",
  former_task: "上期任务",
  former_task_id: "上期任务编号",
  former_task_number: "上期序号",
  function: "条线",
  functions: "条线",
  headings: "上级标题",
  id: "编号",
  in_progress: "进行中",
  index_number: "索引号",
  inherited: "套用文件总时限",
  issued_on: "成文日期",
  issuers: "发文机关",
  joint_leads: "联合牵头数",
  kept_at: "登记时间",
  key: "分项编号",
  kind: "类型",
  label: "分项",
  last_issued: "最近成文日期",
  latest: "最近一次",
  lead_moved: "牵头有变",
  leads: "牵头单位",
  leads_alone: "独自牵头数",
  leads_jointly: "联合牵头数",
  leads_share: "牵头占本地（%）",
  level: "级别",
  light: "时限状态",
  link: "关联",
  loaded: "已载入",
  loaded_at: "载入时间",
  mean: "月均任务数",
  member_of: "所属统称",
  mentions: "提及次数",
  modality: "要求",
  month: "月份",
  name: "名称",
  nearest: "最接近的任务",
  next_on: "下次到期日期",
  no_duties: "不布置任务",
  not_started: "未开始",
  number_of_leads: "牵头单位数",
  occurrences: "各次到期日期",
  on_hold: "暂缓",
  one: "一方",
  one_id: "一方编号",
  one_leads: "一方牵头数",
  one_place: "一方地区",
  other: "另一方",
  other_document: "相似任务所在文件",
  other_document_id: "相似任务所在文件编号",
  other_end: "相似任务结束位置",
  other_id: "另一方编号",
  other_leads: "另一方牵头数",
  other_place: "另一方地区",
  other_place_code: "另一方区划代码",
  other_quote: "相似任务原文",
  other_start: "相似任务起始位置",
  other_task: "相似任务",
  other_task_id: "相似任务编号",
  other_task_number: "相似任务序号",
  overdue: "逾期未完成",
  overloaded: "任务集中",
  page: "页码",
  participants: "配合单位",
  participates: "配合数",
  partner: "合作单位",
  partner_id: "合作单位编号",
  partner_leads: "合作单位牵头数",
  partners: "主要合作单位",
  percent: "完成比例（%）",
  place: "地区",
  place_code: "区划代码",
  place_collective_tasks: "本地仅由统称承担的任务数",
  place_tasks: "本地任务数",
  place_units: "本地单位数",
  places: "地区",
  principle: "基本原则",
  principle_id: "基本原则编号",
  principles: "基本原则数",
  progress: "进展情况",
  published_on: "发布日期",
  quote: "原文",
  rank: "本地名次",
  reason: "未列原因",
  report_id: "报告编号",
  reported_by: "填报人",
  reported_on: "报告日期",
  reports: "进展报告",
  resolved: "地区已确定",
  review: "核对情况",
  reviewed_by: "核对人",
  reviewed_on: "核对日期",
  role: "责任",
  rule: "识别规则",
  same: "是同样的工作",
  score: "相似度（%）",
  shared_with: "同样写明的文件",
  silent: "未报告",
  source: "来源文件",
  source_id: "来源文件编号",
  split: "分项方式",
  start: "起始位置",
  start_on: "起始日期",
  state: "办理状态",
  status: "有效性",
  task: "任务",
  task_id: "任务编号",
  task_kind: "任务类型",
  task_number: "序号",
  tasks: "任务数",
  tasks_share: "任务占本地（%）",
  times: "一年内次数",
  under_way: "办理中",
  units: "责任单位",
  unplaced: "地区不明的文件数",
  what: "存疑之处",
  why: "理由",
  with_deadline: "有时限的任务数",
  within: "期限",
  work: "同样的工作",
  work_id: "工作编号",
  year: "年度",
};

export const COUNT = {
  agencies: "单位数",
  cited: "被引文件数",
  collectives: "统称数",
  deadlines: "时限数",
  documents: "文件数",
  functions: "条线数",
  inherited: "套用文件总时限的任务数",
  leads: "牵头数",
  partners: "合作单位数",
  places: "地区数",
};

export const DEADLINE_KIND = {
  by: "截止日期",
  period: "期间",
  recurring: "周期性",
  within: "相对时限",
};

export const DECISION = {
  add: "补上",
  aside: "搁置",
  confirm: "确认",
  deadline: "改时限",
  delete: "删去",
  merge: "合并",
  place: "改地区",
  role: "改角色",
  split: "拆分",
  task: "改任务",
  unit: "改单位",
};

export const EVERY = {
  day: "每日",
  "half-year": "每半年",
  month: "每月",
  quarter: "每季度",
  week: "每周",
  year: "每年",
};

export const FACT_KIND = {
  citation: "引用文件",
  deadline: "时限",
  lead: "牵头",
  participation: "配合",
  principle: "基本原则",
  residue: "未列入",
  task: "任务",
};

export const FEED = {
  changed: "有变动",
  gone: "不再要求",
  new: "新任务",
  title: "任务和时限",
  was: "原来",
};

export const FORM = {
  date: "办结日期",
  key: "编号（请勿改动）",
  "no day": "请填写日期，如 2025-12-31",
  note: "备注",
  progress: "进展情况",
  state: "状态",
  task: "任务",
};

export const HIT = {
  agency: "机构",
  document: "文件",
  function: "条线",
  place: "地区",
  task: "任务",
};

export const LEAD_DIFFERENCE = {
  first: "第一牵头单位",
  list: "牵头单位名单",
};

export const LEDGER = {
  checked: "（共 {} 项，其中 {} 项出自已核的文件）",
  evidence: "依据",
  row: "行次",
  total: "合计",
};

export const LETTER = {
  agencies: "各单位",
  agency: "单位",
  chart: "图",
  clause: "原文",
  count: "事项数",
  date: "日期",
  days: "天数",
  doc_number: "文号",
  document: "文件",
  done: "完成",
  done_count: "完成数",
  done_rows: "完成事项",
  due: "期限",
  in_progress: "推进",
  late: "逾期",
  late_count: "逾期数",
  late_rows: "逾期事项",
  leads: "牵头数",
  light: "状态",
  limit: "时限",
  number: "序号",
  others: "共同单位",
  participates: "配合数",
  progress: "进展",
  role: "责任",
  rows: "事项列表",
  scope: "范围",
  sender: "发文单位",
  share: "完成率",
  silent: "未报",
  silent_count: "未报数",
  task: "任务",
  tasks: "任务数",
  units: "单位数",
  year: "年份",
};

export const LETTER_NAME = {
  bulletin: "通报",
  notice: "督办通知单",
};

export const LEVEL = {
  city: "市级",
  county: "县区级",
  nation: "国家",
  province: "省级",
  town: "乡镇级",
};

export const LIGHT = {
  done: "已完成",
  green: "尚未到期",
  recurring: "周期性",
  red: "期限已过",
  relative: "相对时限",
  yellow: "即将到期",
};

export const LINK = {
  cited: "引用的文件",
  itself: "本任务",
  same: "同样的工作",
};

export const MEASURED = {
  clause: "责任条款中的单位",
  deadline: "时限",
  link: "条款中的单位挂到任务",
  name: "简称还原",
  narrative: "正文表述中的单位",
  principle: "基本原则",
  task: "任务",
  task_link: "单位归到任务",
};

export const MODALITY = {
  must: "应当",
  "must not": "不得",
};

export const NODE = {
  Agency: "单位",
  Collective: "统称",
  Deadline: "时限",
  Document: "文件",
  Function: "条线",
  Place: "地区",
  Principle: "基本原则",
  Report: "进展报告",
  Source: "原件",
  Task: "任务",
};

export const OUTCOME = {
  added: "新载入",
  failed: "没有读出",
  removed: "已移除",
  replaced: "已替换",
  same: "与已有文件相同",
  skipped: "不是可读的文件",
  unchanged: "没有变化",
};

export const PARAMETER = {
  across: "比较范围",
  against: "与哪些地区比",
  by: "统计口径",
  context: "前后文字数",
  days: "几天内算即将到期",
  due_before: "在此日前到期",
  due_from: "到期日从",
  due_to: "到期日到",
  former: "与哪份上期文件比",
  issued_from: "成文日期从",
  issued_to: "成文日期到",
  least: "至少几项算集中",
  min_score: "相似度至少（%）",
  min_tasks: "共同任务至少",
  principles: "只看这些短语",
  q: "含有字词",
  residue: "未列入的内容",
  shared: "多地共有",
  since: "在此日后没有报告",
  through_lead: "只算至少一方牵头的",
  today: "参照日",
  works: "以哪些任务为准",
};

export const REASON = {
  addressee: "主送或抄送",
  aside: "正文之外的文字",
  attribute: "修饰语，说的是它的人或物",
  cited: "引用的文件名",
  condition: "条件",
  contact: "联系方式",
  deleted: "修订中已删除",
  example: "举例",
  explains: "负责解释本文件",
  form: "待填的表格",
  heading: "标题里的词",
  hidden: "文件中隐藏的内容",
  history: "已经做过的事",
  inside: "句中提到，主语是别人",
  issuer: "发文机关或标题",
  label: "冒号前的标签",
  list: "只是并列的名单",
  manner: "做事的方式",
  measure: "指标或定义",
  members: "机构成员名单",
  news: "消息报道",
  "no-agency": "没有写明单位",
  object: "动作的对象",
  order: "分栏顺序不确定",
  "other-act": "别的事项的标签",
  people: "落实到人，没有单位",
  permission: "可以做，不是必须做",
  place: "事情发生的地点",
  private: "企业、群众或服务机构",
  "set-aside": "人工搁置",
  silent: "不布置任务的章节",
  state: "说明它是什么",
  struck: "人工删去",
};

export const RELATIONSHIP = {
  CITES: "引用",
  CONCERNS: "适用于",
  DUE: "时限",
  FROM: "出自",
  HAS_TASK: "部署",
  IN: "位于",
  ISSUED: "印发",
  MEMBER_OF: "包括在内",
  ON: "针对",
  PART_OF: "属于",
  PERFORMS: "条线",
  REPORTED: "报告",
  SIMILAR_TO: "相似",
  STATES: "提出",
  SUCCEEDED_BY: "改为",
};

export const RESIDUE = {
  all: "全部列出",
  none: "不列出",
  unexplained: "只列原因不明的",
};

export const RESIDUE_KIND = {
  annex: "附件",
  label: "责任标签",
  mention: "单位名称",
  page: "页面",
  part: "部分内容",
  picture: "图片",
  row: "表格行",
  sheet: "工作表",
  table: "表格",
  time: "时限",
  verb: "责任用语",
};

export const RETURNED = {
  conflicting: "有冲突",
  new: "新的进展",
  newer: "清单导出后又有新的报告",
  "no day": "日期看不懂",
  "no report": "日期还没到，或文字太长",
  "no state": "状态不在可选范围内",
  "no task": "知识库里没有这项任务",
  "no unit": "看不出是哪个单位报的",
  "several tasks": "有几项任务同名",
  twice: "同一任务填了两行，内容不同",
  unchanged: "没有变化",
  unknown: "认不出",
};

export const REVIEW = {
  checked: "已核",
  checking: "核对中",
  unchecked: "未核",
};

export const RIGHT = {
  admin: "管理",
  check: "核对",
  load: "载入",
  read: "查看",
  report: "填报",
};

export const ROLE = {
  LEADS: "牵头",
  PARTICIPATES: "配合",
};

export const SPLIT = {
  all: "合计",
  basis: "按依据类型",
  collective: "通过统称",
  deadline: "按时限",
  document: "按文件",
  year: "按年度",
};

export const STATE = {
  done: "已完成",
  "done late": "逾期完成",
  "in progress": "进行中",
  "not started": "未开始",
  "on hold": "暂缓",
};

export const TASK_KIND = {
  general: "总体要求",
  safeguard: "保障措施",
  step: "实施步骤",
  task: "任务",
};
