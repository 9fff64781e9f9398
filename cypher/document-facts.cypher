// What does one document say, fact by fact in the order of its text: tasks, who leads and takes part, time limits, principles, citations?
// GET /documents/{document}/facts
// A fact that holds others comes before them. Of what is said more than once the first words are given, and `mentions` counts.
// param document: document  -- the document's id, 文号 or exact title; 例 长政办发〔2022〕14号
// param residue: none|unexplained|all = none  -- also what gave no fact: what nothing explains, or all of it with the reasons
// returns kind: task|lead|participation|deadline|principle|citation|residue  -- what kind of fact it is; residue: what gave none; 例 lead
// returns id: text  -- the id of the task, unit, time limit, principle or cited document; of residue what the words could have been: mention, label, verb, table, page, annex …; 例 140400:司法局
// returns name: text?  -- the task's title, the unit's full name, the time limit's day, period or duration, the principle's words, the cited document's title; 例 长治市司法局
// returns role: LEADS|PARTICIPATES?  -- a unit's part: LEADS (牵头) or PARTICIPATES (配合); 例 LEADS
// returns basis: clause|narrative|default?  -- what says so: clause (责任条款), narrative (正文表述) or default (统一规定); 例 clause
// returns modality: must|must not?  -- whether a unit is to act (应当) or not to act (不得); 例 must
// returns rule: text?  -- the name of the rule that read a unit or a time limit, empty where a person added it; 例 clause-bracket
// returns task_id: text?  -- the task it belongs to, a task's own id; null for what binds or stands in the whole document; 例 140400:长政办发〔2022〕14号:2.1
// returns task_number: text?  -- that task's number as printed; 例 （一）
// returns task: text?  -- its title; 例 全面推行行政执法公示制度
// returns task_kind: text?  -- what kind of task it is: task, safeguard (保障措施), step (实施步骤), general; 例 task
// returns clause: text?  -- the clause or sentence that a unit is named in; 例 （市司法局牵头，市财政局配合）
// returns mentions: integer?  -- how often a unit is named so for this task; 例 1
// returns due_on: date?  -- the last day of a time limit; 例 2022-12-31
// returns start_on: date?  -- the first day of a period; 例 2022-01-01
// returns deadline_kind: text?  -- what kind of time limit it is: by, period, recurring or within; 例 by
// returns every: text?  -- how often: year, half-year, quarter, month, week or day
// returns within: text?  -- the limit relative to an event, an ISO 8601 duration
// returns loaded: boolean?  -- whether the cited document is held too; 例 false
// returns reason: text?  -- why words gave no fact; null where nothing explains it, and for facts; 例 inside
// returns corrected: text?  -- why a person changed or added it, of what gave none why one struck it or set it aside; null where it is as the rules read it
// returns confirmed: text?  -- who found it right, and when
// returns quote: text?  -- the words that say so, such as 市司法局
// returns start: integer  -- their first code point in the source's text; 例 1024
// returns end: integer  -- one past the last; 例 1028
// returns page: integer?  -- the page of a PDF on which they begin, from 1; null for other files; 例 3
// example --document 430400:衡阳市2021年政务服务工作要点
// :param {document: '430400:衡阳市2021年政务服务工作要点', residue: 'none'}

MATCH (d:Document {id: $document})-[:FROM]->(s:Source)
WHERE d.loaded = true
// Not the source, nor the document: its text, or its residue, would be held with every row that is sorted.
WITH d.id AS document, s.pages AS pages
CALL (document) {
  MATCH (d:Document {id: document})-[:HAS_TASK]->(t:Task)
  RETURN 'task' AS kind, t.id AS id, t.title AS name, null AS role, null AS basis, null AS modality, null AS rule, t AS t,
         null AS clause, null AS mentions, null AS x, null AS loaded, null AS reason, t.corrected AS corrected, t.confirmed AS confirmed,
         t.text AS quote, t.start AS start, t.end AS end
  UNION ALL
  MATCH (d:Document {id: document})-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency)
  RETURN CASE type(r) WHEN 'LEADS' THEN 'lead' ELSE 'participation' END AS kind, a.id AS id, a.name AS name, type(r) AS role,
         r.basis AS basis, r.modality AS modality, r.rule AS rule, t AS t, r.clause AS clause, r.mentions AS mentions,
         null AS x, null AS loaded, null AS reason, r.corrected AS corrected, r.confirmed AS confirmed,
         r.quote AS quote, r.start AS start, r.end AS end
  UNION ALL
  MATCH (d:Document {id: document})-[:HAS_TASK]->{0,1}(bound:Task|Document)-[:DUE {inherited: false}]->(x:Deadline)
  RETURN 'deadline' AS kind, x.id AS id, coalesce(x.due_on, x.every, x.within) AS name, null AS role, null AS basis,
         null AS modality, x.rule AS rule, CASE WHEN bound:Task THEN bound END AS t, null AS clause, null AS mentions, x AS x,
         null AS loaded, null AS reason, x.corrected AS corrected, x.confirmed AS confirmed,
         x.quote AS quote, x.start AS start, x.end AS end
  UNION ALL
  MATCH (d:Document {id: document})-[:STATES]->(n:Principle)
  RETURN 'principle' AS kind, n.id AS id, n.text AS name, null AS role, null AS basis, null AS modality, null AS rule,
         null AS t, null AS clause, null AS mentions, null AS x, null AS loaded, null AS reason, n.corrected AS corrected,
         n.confirmed AS confirmed, n.text AS quote, n.start AS start, n.end AS end
  UNION ALL
  MATCH (d:Document {id: document})-[c:CITES]->(o:Document)
  RETURN 'citation' AS kind, o.id AS id, coalesce(o.title, o.doc_number) AS name, null AS role, null AS basis,
         null AS modality, null AS rule, null AS t, null AS clause, null AS mentions, null AS x, o.loaded AS loaded,
         null AS reason, c.corrected AS corrected, c.confirmed AS confirmed, c.quote AS quote, c.start AS start, c.end AS end
  UNION ALL
  MATCH (d:Document {id: document})
  UNWIND d.residue AS line
  WITH line, split(line, ' ') AS said, coalesce(d.decided, []) AS decided
  WHERE $residue = 'all' OR ($residue = 'unexplained' AND said[3] = '-')
  RETURN 'residue' AS kind, said[0] AS id, null AS name, null AS role, null AS basis, null AS modality, null AS rule,
         null AS t, null AS clause, null AS mentions, null AS x, null AS loaded,
         CASE WHEN said[3] <> '-' THEN said[3] END AS reason,
         [one IN decided WHERE one STARTS WITH said[1] + ' ' + said[2] + ' ' | substring(one, size(said[1]) + size(said[2]) + 2)][0]
         AS corrected, null AS confirmed,
         substring(line, size(said[0]) + size(said[1]) + size(said[2]) + size(said[3]) + 4) AS quote,
         toInteger(said[1]) AS start, toInteger(said[2]) AS end
}
RETURN kind, id, name, role, basis, modality, rule, t.id AS task_id, t.number AS task_number, t.title AS task,
       t.kind AS task_kind, clause, mentions, x.due_on AS due_on, x.start_on AS start_on, x.kind AS deadline_kind,
       x.every AS every, x.within AS within, loaded, reason, corrected, confirmed, quote, start, end,
       CASE WHEN size(pages) > 0 THEN size([at IN pages WHERE at <= start]) END AS page
ORDER BY start, end DESC, kind, id, coalesce(task_id, ''), coalesce(role, ''), coalesce(basis, '')
