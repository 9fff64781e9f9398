// How each canned query counts, for who reads its answer. The header of its file says the same to who programs.

const ONCE = "任务按项计数，既牵头又配合的算牵头。";
const WHOLE = "自己没有写时限的任务，文件为全文只定了一个日子的，按那一天算。";
const PROPER = "只比较正式任务，不比较保障措施和实施步骤。";
const LIKE = "按文字相似找出，字面相近未必是同一件事，请读原文再下结论。";
const LATEST = "每个单位以最后一次报告为准。";

/**
 * What is to be known of an answer; "" where there is nothing.
 * @type {Record<string, string>}
 */
export const NOTE = {
  agencies: "",
  "agency-obligations": "每项任务、每种责任、每种依据一行。",
  "agency-workload": `${ONCE}按依据分的各行各自独立，不能相加；统称带来的另列，不计入其他数字。${WHOLE}`,
  "bound-by-collectives": "只算说得清包括谁的统称（各、全）；“有关部门”等不在此列。这些任务不计入这个单位的其他答案。",
  cascade: `列出国家、本地所属各级和下属各级文件里的同样工作，以及原文引用的文件。同一级别别处的同样工作另见“同样的工作写在哪些文件里”。${LIKE}`,
  changes: `两份文件里互相最相似、相似度在 34 以上的任务算同一项；没有对上的算新增或不再列入，“最接近的”列出差一点的。${PROPER}`,
  "cited-documents": "引用最多的在前。同一份文件有时写文号、有时只写标题，载入之前会分成两行；原话取每份文件里的第一处。",
  "citing-documents": "用标题的一部分或文号找，尚未载入的文件也能找。",
  "compare-functions": `${ONCE}统称单独成行，不计入其他行。${WHOLE}`,
  "compare-leads": `${LIKE}地区不明的文件不参与比较。`,
  "compare-places": `${ONCE}统称单独成行，不计入其他行。没有任务的地区不列。`,
  "compare-principles": "一条原则拆成几个短语，含有同一短语的放在一起；不足四个字的短语不比较。",
  "deadline-board": `期限已过的标红，到牵头单位（没有牵头的，配合单位；没有写明单位的，任务本身）都报完成为止。${WHOLE}文件为全文写了几个日子的，看不出哪项用哪个，不沿用。周期性的任务按一年展开，到周期末到期，原文写明日子的从其所写。`,
  deadlines: `${WHOLE}没有具体日子的时限，只在不限起止日期时列出。`,
  "document-facts": "按原文顺序；同一事实多次写到的取第一处，并记次数。",
  "document-tasks": "",
  documents: "",
  gaps: `另一份文件里没有达到所设相似度的任务，算没有写到；“最接近的”列出它最像的一项，供核对。${PROPER}`,
  "joint-leads": "",
  ledger: "每项任务一行。下载的 Excel 是可以直接发出的责任清单：全部任务、汇总和每个单位一张表。打印和 Word 在“台账”里。",
  "no-report-since": "列牵头单位，没有牵头的列配合单位；已报完成的不再列。",
  "obligations-across-places": "每个单位、任务、责任、依据一行。",
  overdue:
    "期限在今天以前、还没有报完成的；从没报过的也算。列牵头单位，没有牵头的列配合单位；只写统称的（如各县区政府）、没有写单位的也列，责任主体里注明。周期性和相对的时限不在此列。",
  overview: "只数已载入文件写到的内容；每个单位在每项任务、每种依据上只算一次。",
  partners: ONCE,
  principles: "“别处”指写有同样文字的其他地区。",
  progress: `最近的在前，撤回也是一行。${LATEST}`,
  "progress-by-agency": `${LATEST}“逾期”指期限已过而没有报完成，沿用全文时限的也算。`,
  "progress-by-document":
    "数写明了单位的和报过进展的任务。牵头单位（没有牵头的，配合单位）都报完成，任务才算完成；没有写明单位的，报了完成就算。",
  "responsibility-edges": `${ONCE}同一条线的两个单位不成对。`,
  "same-work": `两项任务各是对方文件里与自己最相似的一项，才算同样的工作；每项工作以其中一项命名，其余都与它比。${PROPER}${LIKE}`,
  "similar-tasks": `只比不同文件的任务，分数越高越可靠。${PROPER}${LIKE}`,
  task: "",
  "tasks-without-lead": "",
  "unique-tasks": `以已载入的文件为限：载入得越多，结论越可靠。${PROPER}地区不明的文件不算任何地区。`,
  "workload-by-month": `某月到期的任务（按自己写明的日子）超过月均两倍、且达到所设的最少项数，算集中。跨两个月的任务两边都算；没有日子的在最后一行；统称带来的另列。`,
  "workload-by-year": `${ONCE}独自牵头指同一依据下没有别的牵头单位。统称带来的另列，两边不能相加。年份是文件所说的年份。`,
  "workload-matrix": `${ONCE}统称单独成行，不计入其他行。`,
  "workload-ranking": `${ONCE}不另选时只数责任条款。`,
  "workload-share":
    "总数是本地至少有一个单位牵头或配合的任务；一项任务由几个单位承担，各单位的比例相加会超过 100%。统称没有比例，只由统称承担的任务另列。没有地区的单位按全部任务计。",
};
