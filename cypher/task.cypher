// What does one task demand, of whom, by when, and in which words? Every quote comes with the text around it.
// GET /tasks/{task}
// param task: task  -- the task's id; 例 140400:长政办发〔2022〕14号:2.1
// param context: integer = 40  -- how many characters of text to give on either side of a quote, at most 2000
// returns task_number: text?  -- its number as printed; 例 （一）
// returns task: text?  -- its title; 例 全面推行行政执法公示制度
// returns task_id: text  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns kind: task|safeguard|step|general  -- what kind of task it is; 例 task
// returns headings: text[]  -- the titles above it, outermost first
// returns units: {agency: text, agency_id: text, collective: boolean, role: LEADS|PARTICIPATES, basis: text, modality: must|must not, rule: text, before: text, quote: text, after: text, start: integer, end: integer, page: integer?, clause: text?, mentions: integer, corrected: text?}[]  -- who leads it (牵头) or takes part (配合), such as 长治市司法局, with the text before and after the words that say so
// returns deadlines: {quote: text, kind: by|period|recurring|within, due_on: date?, start_on: date?, every: text?, within: text?, rule: text, before: text, after: text, start: integer, end: integer, page: integer?, corrected: text?, inherited: boolean}[]  -- its time limits, with the text before and after; inherited: it has none of its own but its document's
// returns place: text?  -- the place the document is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns doc_number: text?  -- its 文号; 例 长政办发〔2022〕14号
// returns source: text?  -- the file it stands in; 例 changzhi-2022-governance.txt
// returns source_id: text?  -- the file's sha256
// returns quote: text?  -- the task's words
// returns start: integer  -- their first code point in the source's text; 例 1024
// returns end: integer  -- one past the last; 例 1096
// returns page: integer?  -- the page of a PDF on which they begin, from 1; null for other files; 例 3
// returns corrected: text?  -- why a person changed its bounds or title, or added it; null where it is as the rules read it
// example --task 430400:衡阳市2021年政务服务工作要点:1.1
// :param {task: '430400:衡阳市2021年政务服务工作要点:1.1', context: 40}

MATCH (t:Task {id: $task})<-[:HAS_TASK]-(d:Document)
WHERE d.loaded = true
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
OPTIONAL MATCH (d)-[:FROM]->(s:Source)
WITH d, t, p, s, CASE WHEN $context > 2000 THEN 2000 ELSE $context END AS context
RETURN t.number AS task_number, t.title AS task, t.id AS task_id, t.kind AS kind, t.headings AS headings,
       COLLECT {
         MATCH (t)<-[r:LEADS|PARTICIPATES]-(a:Agency)
         WITH a, r, s, context, CASE WHEN r.start > context THEN r.start - context ELSE 0 END AS cut
         RETURN {agency: a.name, agency_id: a.id, collective: a:Collective, role: type(r), basis: r.basis, modality: r.modality, rule: r.rule,
                 before: substring(s.text, cut, r.start - cut), quote: r.quote, after: substring(s.text, r.end, context),
                 start: r.start, end: r.end, page: CASE WHEN size(s.pages) > 0 THEN size([start IN s.pages WHERE start <= r.start]) END,
                 clause: r.clause, mentions: r.mentions, corrected: r.corrected}
         ORDER BY r.start, a.id, type(r), r.basis
       } AS units,
       COLLECT {
         MATCH (t)-[due:DUE]->(x:Deadline)
         WITH x, due.inherited AS inherited, s, context, CASE WHEN x.start > context THEN x.start - context ELSE 0 END AS cut
         RETURN x {.quote, .kind, .due_on, .start_on, .every, .within, .rule, .start, .end, .corrected,
                   before: substring(s.text, cut, x.start - cut), after: substring(s.text, x.end, context),
                   page: CASE WHEN size(s.pages) > 0 THEN size([start IN s.pages WHERE start <= x.start]) END, inherited: inherited}
         ORDER BY x.start, x.id
       } AS deadlines,
       p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, d.doc_number AS doc_number,
       s.name AS source, s.id AS source_id, t.text AS quote, t.start AS start, t.end AS end,
       CASE WHEN size(s.pages) > 0 THEN size([start IN s.pages WHERE start <= t.start]) END AS page,
       t.corrected AS corrected
ORDER BY task_id
