// What does one document demand, in its own order: every task with its headings, who leads it, who takes part, and by when?
// GET /documents/{document}/tasks
// param document: document  -- the document's id, 文号 or exact title; 例 长政办发〔2022〕14号
// param kind: task|safeguard|step|general[] = null  -- only these kinds: task, safeguard (保障措施), step (实施步骤), general; all if left out
// param basis: clause|narrative|default[] = null  -- only units known by: clause (责任条款), narrative (正文表述), default (统一规定); all if left out
// returns task_number: text?  -- the task's number as printed; 例 （一）
// returns task: text?  -- its title; 例 全面推行行政执法公示制度
// returns task_id: text  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns kind: task|safeguard|step|general  -- what kind of task it is; 例 task
// returns headings: text[]  -- the titles above it, outermost first
// returns leads: {agency: text, agency_id: text, collective: boolean, basis: text, modality: must|must not, quote: text, start: integer, end: integer}[]  -- the units that lead it (牵头), such as 长治市司法局, in the order of the text
// returns participants: {agency: text, agency_id: text, collective: boolean, basis: text, modality: must|must not, quote: text, start: integer, end: integer}[]  -- the units that take part (配合), in the order of the text
// returns deadlines: {quote: text, kind: by|period|recurring|within, due_on: date?, start_on: date?, every: text?, within: text?, start: integer, end: integer, inherited: boolean}[]  -- its time limits; inherited: it has none of its own but its document's
// returns quote: text?  -- the task's words
// returns start: integer  -- their first code point in the source's text; 例 1024
// returns end: integer  -- one past the last; 例 1096
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// example --document 430400:衡阳市2021年政务服务工作要点
// :param {document: '430400:衡阳市2021年政务服务工作要点', kind: null, basis: null}

MATCH (d:Document {id: $document})-[:HAS_TASK]->(t:Task)
WHERE d.loaded = true
  AND ($kind IS NULL OR t.kind IN $kind)
RETURN t.number AS task_number, t.title AS task, t.id AS task_id, t.kind AS kind, t.headings AS headings,
       COLLECT {
         MATCH (t)<-[r:LEADS]-(a:Agency) WHERE $basis IS NULL OR r.basis IN $basis
         RETURN {agency: a.name, agency_id: a.id, collective: a:Collective, basis: r.basis, modality: r.modality, quote: r.quote, start: r.start, end: r.end}
         ORDER BY r.start, a.id, r.basis
       } AS leads,
       COLLECT {
         MATCH (t)<-[r:PARTICIPATES]-(a:Agency) WHERE $basis IS NULL OR r.basis IN $basis
         RETURN {agency: a.name, agency_id: a.id, collective: a:Collective, basis: r.basis, modality: r.modality, quote: r.quote, start: r.start, end: r.end}
         ORDER BY r.start, a.id, r.basis
       } AS participants,
       COLLECT {
         MATCH (t)-[due:DUE]->(x:Deadline)
         RETURN x {.quote, .kind, .due_on, .start_on, .every, .within, .start, .end, inherited: due.inherited} ORDER BY x.start, x.id
       } AS deadlines,
       t.text AS quote, t.start AS start, t.end AS end, d.title AS document, d.id AS document_id
ORDER BY t.order, t.id
