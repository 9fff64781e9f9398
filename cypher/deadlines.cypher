// What falls due between two days, and which units answer for it? One row per time limit of a task or of a whole document.
// GET /deadlines
// A task without a time limit of its own, other than a relative one, inherits the document's where that names exactly one day for all of it.
// Time limits without a day (每季度, 5个工作日内) are listed only where neither due_from nor due_to is given.
// param due_from: date = null  -- due on this day or later; 例 2022-07-01
// param due_to: date = null  -- due on this day or earlier; 例 2022-12-31
// param inherited: boolean = true  -- false: only time limits as they stand, none inherited
// param kind: by|period|recurring|within[] = null  -- only these kinds: by (之前), period (期间), recurring (每季度), within (5个工作日内); all if left out
// param agency: agency = null  -- only tasks that this unit leads or takes part in, by id or full name; 例 长治市司法局
// param function: function = null  -- only tasks that a unit of this line of work (条线) leads or takes part in; 例 司法局
// param q: words = null  -- only tasks whose title or text, and documents whose title, hold all these words; 例 政务公开
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only documents for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns due_on: date?  -- the last day; 例 2022-12-31
// returns start_on: date?  -- the first day of a period; 例 2022-01-01
// returns kind: by|period|recurring|within  -- what kind of time limit it is; 例 by
// returns every: text?  -- how often: year, half-year, quarter, month, week or day
// returns within: text?  -- the limit relative to an event, an ISO 8601 duration
// returns inherited: boolean  -- whether the task has the time limit from its document; 例 false
// returns place: text?  -- the place the document is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns task_number: text?  -- the task's number as printed; null where the time binds the whole document; 例 （一）
// returns task: text?  -- the task's title; 例 全面推行行政执法公示制度
// returns task_id: text?  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns leads: {agency: text, agency_id: text, basis: text}[]  -- the units that answer for it (牵头), such as 长治市司法局
// returns participants: {agency: text, agency_id: text, basis: text}[]  -- the units that take part (配合)
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns quote: text  -- the words that set the time; 例 2022年底前
// returns start: integer  -- the quote's first code point in the source's text; 例 1024
// returns end: integer  -- one past its last; 例 1031
// returns deadline_id: text  -- the time limit's id
// example --due-from 2022-07-01 --due-to 2022-12-31 --place 长治市
// :param {due_from: '2022-07-01', due_to: '2022-12-31', inherited: true, kind: null, agency: null, function: null, q: null, place: '140400', level: null, year: null, issued_from: null, issued_to: null, review: null, most: 500}

CALL () {
  WITH $place AS place WHERE place IS NOT NULL
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document)
  RETURN d
  UNION ALL
  WITH $agency AS agency WHERE agency IS NOT NULL AND $place IS NULL
  MATCH (:Agency {id: agency})-[:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document)
  RETURN DISTINCT d
  UNION ALL
  WITH coalesce($due_from, '') AS due_from, coalesce($due_to, '~') AS due_to
  WHERE coalesce($due_from, $due_to) IS NOT NULL AND coalesce($place, $agency) IS NULL
  MATCH (x:Deadline)
  WHERE x.due_on >= due_from AND x.due_on <= due_to
  MATCH (x)<-[:DUE]-(:Task|Document)<-[:HAS_TASK]-{0,1}(d:Document)
  RETURN DISTINCT d
  UNION ALL
  WITH 1 AS all WHERE coalesce($place, $agency, $due_from, $due_to) IS NULL
  MATCH (d:Document)
  RETURN d
}
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH d, p
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  AND ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
MATCH (d)-[:HAS_TASK]->{0,1}(bound:Task|Document)-[due:DUE]->(x:Deadline)
WHERE ($inherited OR NOT due.inherited)
  AND ($due_from IS NULL OR x.due_on >= $due_from)
  AND ($due_to IS NULL OR x.due_on <= $due_to)
  AND ($kind IS NULL OR x.kind IN $kind)
  AND ($q IS NULL OR all(word IN $q WHERE bound.words CONTAINS word))
  AND ($agency IS NULL OR EXISTS { (bound)<-[:LEADS|PARTICIPATES]-(:Agency {id: $agency}) })
  AND ($function IS NULL OR EXISTS { (bound)<-[:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(:Function {id: $function}) })
WITH d, due, x, p, CASE WHEN bound:Task THEN bound END AS t
ORDER BY coalesce(x.due_on, '~'), coalesce(p.id, '-'), d.id, coalesce(t.order, 0), coalesce(t.id, ''), x.start, x.id LIMIT $most
RETURN x.due_on AS due_on, x.start_on AS start_on, x.kind AS kind, x.every AS every, x.within AS within, due.inherited AS inherited,
       p.name AS place, p.id AS place_code, t.number AS task_number, t.title AS task, t.id AS task_id,
       COLLECT {
         MATCH (t)<-[r:LEADS]-(a:Agency) RETURN {agency: a.name, agency_id: a.id, basis: r.basis} ORDER BY r.start, a.id, r.basis
       } AS leads,
       COLLECT {
         MATCH (t)<-[r:PARTICIPATES]-(a:Agency) RETURN {agency: a.name, agency_id: a.id, basis: r.basis} ORDER BY r.start, a.id, r.basis
       } AS participants,
       d.title AS document, d.id AS document_id, x.quote AS quote, x.start AS start, x.end AS end, x.id AS deadline_id
ORDER BY coalesce(x.due_on, '~'), coalesce(p.id, '-'), d.id, coalesce(t.order, 0), coalesce(t.id, ''), x.start, x.id
