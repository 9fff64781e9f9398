// Which duties are past their day, and not reported done?
// GET /progress/overdue
// One row per time limit with a day before $today and unit that has not reported its task done: those that lead it, where nobody leads it those that take
// part. A unit that never reports is overdue too. A collective (各县区人民政府) has a row as a unit has, and a task that names nobody one without a
// unit: whose tells them apart. A task whose units are named on another $basis alone is here where that is asked for. Recurring duties and limits that
// count from an event are not here.
// param today: date = today  -- the day from which is counted, and up to which reports count; 例 2023-01-15
// param agency: agency = null  -- only this unit, by id or full name; 例 长治市司法局
// param q: words = null  -- only tasks whose title or text holds all these words; 例 政务公开
// param basis: clause|narrative|default[] = [clause]  -- which units to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- the same: must (应当), must not (不得)
// param document: document = null  -- only this document, by id, 文号 or title; 例 长政办发〔2022〕14号
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only documents for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns agency: text?  -- the unit's name; 例 长治市司法局
// returns agency_id: text?  -- its id; 例 140400:司法局
// returns whose: unit|collective|nobody  -- whether that is one unit, or many named as one; nobody: the task names none; 例 unit
// returns role: LEADS|PARTICIPATES?  -- whether it leads (牵头) or takes part (配合); 例 LEADS
// returns task_number: text?  -- the task's number as printed; 例 （一）
// returns task: text?  -- its title; 例 全面推行行政执法公示制度
// returns task_id: text  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns due_on: date  -- the day that has gone by; 例 2022-12-31
// returns days_over: integer  -- how many days ago that was; 例 15
// returns inherited: boolean  -- whether the task has that day from its document; 例 false
// returns state: not started|in progress|done|on hold|done late?  -- what the unit has reported last by $today; null: nothing; 例 in progress
// returns progress: text?  -- its words (进展情况); 例 已印发实施方案
// returns percent: integer?  -- how much it says is done, of 100; 例 60
// returns reported_on: date?  -- the day that the report speaks of; 例 2022-11-30
// returns place: text?  -- the place the document is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns doc_number: text?  -- its 文号; 例 长政办发〔2022〕14号
// returns clause: text?  -- the whole clause that names the unit
// returns quote: text  -- the exact words that name it, where nobody is named those of the time limit; 例 市司法局
// returns start: integer  -- their first code point in the source's text; 例 1024
// returns end: integer  -- one past the last; 例 1028
// example --place 长治市 --today 2026-01-15
// :param {today: '2026-01-15', agency: null, q: null, basis: ['clause'], modality: ['must'], document: null, place: '140400', level: null, year: null, issued_from: null, issued_to: null, review: null}

CALL () {
  WITH $document AS document WHERE document IS NOT NULL
  MATCH (d:Document {id: document})
  RETURN d
  UNION ALL
  WITH $place AS place WHERE place IS NOT NULL AND $document IS NULL
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document)
  RETURN d
  UNION ALL
  WITH $agency AS agency WHERE agency IS NOT NULL AND coalesce($document, $place) IS NULL
  MATCH (:Agency {id: agency})-[:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document)
  RETURN DISTINCT d
  UNION ALL
  WITH 1 AS all WHERE coalesce($document, $place, $agency) IS NULL
  MATCH (d:Document)
  RETURN d
}
WITH d
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH d, p
WHERE ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
MATCH (d)-[:HAS_TASK]->(t:Task)-[due:DUE]->(x:Deadline)
WHERE x.kind <> 'recurring' AND x.due_on < $today AND ($q IS NULL OR all(word IN $q WHERE t.words CONTAINS word))
WITH d, p, t, x, due.inherited AS inherited
WITH d, p, t, x, inherited, EXISTS { MATCH (t)<-[r:LEADS]-(:Agency) WHERE r.basis IN $basis AND r.modality IN $modality } AS led
OPTIONAL MATCH (t)<-[r:LEADS|PARTICIPATES]-(a:Agency)
WHERE r.basis IN $basis AND r.modality IN $modality AND (type(r) = 'LEADS' OR NOT led) AND ($agency IS NULL OR a.id = $agency)
WITH DISTINCT d, p, t, x, inherited, a, led
WHERE a IS NOT NULL OR ($agency IS NULL AND NOT EXISTS { (t)<-[:LEADS|PARTICIPATES]-(:Agency) })
WITH d, p, t, x, inherited, a,
     COLLECT {
       MATCH (t)<-[r:LEADS|PARTICIPATES]-(a)
       WHERE r.basis IN $basis AND r.modality IN $modality AND (type(r) = 'LEADS' OR NOT led)
       RETURN {role: type(r), clause: r.clause, quote: r.quote, start: r.start, end: r.end} ORDER BY r.start, r.basis
     }[0] AS said,
     COLLECT {
       MATCH (t)<-[:ON]-(r:Report) WHERE r.reported_on <= $today AND $today < r.until
       OPTIONAL MATCH (r)<-[:REPORTED]-(unit:Agency)
       WITH r, coalesce(unit.id, r.agency_id, '') AS of
       WHERE of = coalesce(a.id, '')
       RETURN properties(r)
     }[0] AS report
WITH d, p, t, x, inherited, a, coalesce(said, {quote: x.quote, start: x.start, end: x.end}) AS said, report
WHERE report IS NULL OR NOT report.finished
RETURN a.name AS agency, a.id AS agency_id, CASE WHEN a IS NULL THEN 'nobody' WHEN a:Collective THEN 'collective' ELSE 'unit' END AS whose,
       said.role AS role, t.number AS task_number, t.title AS task, t.id AS task_id,
       x.due_on AS due_on, duration.inDays(date(x.due_on), date($today)).days AS days_over, inherited,
       report.state AS state, report.text AS progress, report.percent AS percent, report.reported_on AS reported_on,
       p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, d.doc_number AS doc_number,
       said.clause AS clause, said.quote AS quote, said.start AS start, said.end AS end
ORDER BY due_on, coalesce(p.id, '-'), d.id, t.order, t.id, said.start, coalesce(a.id, ''), x.start, x.id
