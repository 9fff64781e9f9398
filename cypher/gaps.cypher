// What does one document ask that another leaves out, such as a province's plan (省方案) and a city's (市方案): which tasks are like none of the other, and what comes nearest?
// GET /documents/{document}/gaps
// As far as words tell: a task counts as left out where no task of the other document is like it by `min_score` or more; `nearest` is the likest that there is, with its score and words, to be read before
// anything is concluded: of 100 that were read 89 are left out, and the nearest was the task in the other 11. Only tasks proper are compared, not safeguards (保障措施) or steps (实施步骤).
// likeness alike: document, counterpart  -- how alike their tasks are
// param document: document  -- the document that asks: its id, 文号 or exact title; 例 长政办发〔2022〕14号
// param counterpart: document  -- the document that may leave out what the other asks; 例 武政发〔2022〕3号
// param min_score: integer = 34  -- how alike, in percent, a task must be to count as taken up
// param q: words = null  -- only tasks whose title or text holds all these words; 例 政务公开
// param function: function = null  -- only tasks that a unit of this line of work (条线) leads or takes part in; 例 司法局
// param basis: clause|narrative|default[] = [clause]  -- what counts as naming a unit: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what counts: must (应当), must not (不得)
// returns task_number: text?  -- the task's number as printed; 例 （一）
// returns task: text?  -- its title; 例 全面推行行政执法公示制度
// returns task_id: text  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns headings: text[]  -- the titles above it, outermost first
// returns leads: {function: text, agency: text, agency_id: text, basis: text, quote: text, start: integer, end: integer}[]  -- who leads (牵头) it: the line of work (条线), or the name of a unit without one, and the unit, such as 长治市司法局
// returns nearest: {score: integer, task_number: text?, task: text?, task_id: text, document_id: text, quote: text?, start: integer, end: integer}?  -- the likest task of the other document; null where nothing is alike
// returns quote: text?  -- the task's words
// returns start: integer  -- their first code point in the source's text; 例 1024
// returns end: integer  -- one past the last; 例 1096
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns counterpart: text?  -- the other document's title; 例 武乡县通知
// returns counterpart_id: text  -- its id; 例 140429:武政发〔2022〕3号
// example --document 140400:长政办发〔2022〕14号 --counterpart 430400:衡阳市2021年政务服务工作要点
// :param {document: '140400:长政办发〔2022〕14号', counterpart: '430400:衡阳市2021年政务服务工作要点', min_score: 34, q: null, function: null, basis: ['clause'], modality: ['must'], alike: null}

MATCH (a:Document {id: $document}), (b:Document {id: $counterpart})
WHERE a.loaded = true AND b.loaded = true
WITH a, b, coalesce($alike, COLLECT {
       MATCH (a)-[:HAS_TASK]->(x:Task)-[r:SIMILAR_TO]-(y:Task)<-[:HAS_TASK]-(b)
       RETURN {one: x.id, other: y.id, score: r.score} ORDER BY r.score DESC, x.order, y.order
     }) AS alike
MATCH (a)-[:HAS_TASK]->(t:Task {kind: 'task'})
WHERE ($q IS NULL OR all(word IN $q WHERE t.words CONTAINS word))
  AND ($function IS NULL OR EXISTS {
        MATCH (t)<-[l:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(:Function {id: $function})
        WHERE l.basis IN $basis AND l.modality IN $modality
      })
WITH a, b, t, [m IN alike WHERE m.one = t.id][0] AS near
WHERE near IS NULL OR near.score < $min_score
RETURN t.number AS task_number, t.title AS task, t.id AS task_id, t.headings AS headings,
       COLLECT {
         MATCH (t)<-[l:LEADS]-(u:Agency) WHERE l.basis IN $basis AND l.modality IN $modality
         OPTIONAL MATCH (u)-[:PERFORMS]->(f:Function)
         RETURN {function: coalesce(f.name, u.short, u.name), agency: u.name, agency_id: u.id, basis: l.basis, quote: l.quote, start: l.start, end: l.end}
         ORDER BY l.start, u.id, l.basis
       } AS leads,
       COLLECT {
         MATCH (n:Task {id: coalesce(near.other, '-')})
         RETURN {score: near.score, task_number: n.number, task: n.title, task_id: n.id, document_id: b.id, quote: n.text, start: n.start, end: n.end}
       }[0] AS nearest,
       t.text AS quote, t.start AS start, t.end AS end, a.title AS document, a.id AS document_id, b.title AS counterpart, b.id AS counterpart_id
ORDER BY t.order, t.id
