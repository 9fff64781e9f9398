// Which tasks name nobody who answers for them (无牵头单位)?
// GET /tasks/without-lead
// param basis: clause|narrative|default[] = null  -- what counts as naming a lead: clause (责任条款), narrative (正文表述), default (统一规定); any if left out
// param kind: task|safeguard|step|general[] = [task]  -- kinds of tasks to look at: task, safeguard (保障措施), step (实施步骤), general
// param q: words = null  -- only tasks whose title or text holds all these words; 例 政务公开
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only documents for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns place: text?  -- the place the document is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns doc_number: text?  -- its 文号; 例 长政办发〔2022〕14号
// returns task_number: text?  -- the task's number as printed; 例 （一）
// returns task: text?  -- the task's title; 例 全面推行行政执法公示制度
// returns task_id: text  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns kind: task|safeguard|step|general  -- what kind of task it is; 例 task
// returns headings: text[]  -- the titles above it, outermost first
// returns participants: {agency: text, agency_id: text, basis: text, quote: text, start: integer, end: integer}[]  -- units that take part (配合), such as 长治市司法局
// returns quote: text?  -- the task's words
// returns start: integer  -- their first code point in the source's text; 例 1024
// returns end: integer  -- one past the last; 例 1096
// example --basis clause --kind task safeguard
// :param {basis: ['clause'], kind: ['task', 'safeguard'], q: null, place: null, level: null, year: null, issued_from: null, issued_to: null, review: null, most: 500}

CALL () {
  WITH $place AS place WHERE place IS NOT NULL
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(p:Place)<-[:CONCERNS]-(d:Document)
  RETURN d, p
  UNION ALL
  WITH $place AS place WHERE place IS NULL
  MATCH (d:Document)
  OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
  RETURN d, p
}
WITH d, p
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  AND ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
MATCH (d)-[:HAS_TASK]->(t:Task)
WHERE t.kind IN $kind
  AND ($q IS NULL OR all(word IN $q WHERE t.words CONTAINS word))
  AND NOT EXISTS { MATCH (t)<-[r:LEADS]-(:Agency) WHERE $basis IS NULL OR r.basis IN $basis }
WITH d, t, p
ORDER BY coalesce(p.id, '-'), d.id, t.order, t.id LIMIT $most
RETURN p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, d.doc_number AS doc_number,
       t.number AS task_number, t.title AS task, t.id AS task_id, t.kind AS kind, t.headings AS headings,
       COLLECT {
         MATCH (t)<-[r:PARTICIPATES]-(a:Agency)
         RETURN {agency: a.name, agency_id: a.id, basis: r.basis, quote: r.quote, start: r.start, end: r.end}
         ORDER BY r.start, a.id, r.basis
       } AS participants,
       t.text AS quote, t.start AS start, t.end AS end
ORDER BY coalesce(p.id, '-'), d.id, t.order, t.id
