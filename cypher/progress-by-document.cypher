// How far has each document come, by what units report of its tasks?
// GET /progress/by-document
// Tasks that name a unit, and others that are reported on. One is done when all who lead it have reported it done, where nobody leads it all who
// take part, where it names no unit when it is reported done.
// param today: date = today  -- the day from which overdue is counted, and up to which reports count; 例 2023-01-15
// param basis: clause|narrative|default[] = [clause]  -- which units to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- the same: must (应当), must not (不得)
// param document: document = null  -- only this document, by id, 文号 or title; 例 长政办发〔2022〕14号
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
// returns tasks: integer  -- its tasks that name a unit or are reported on; 例 24
// returns done: integer  -- of these, done; 例 9
// returns under_way: integer  -- not done, and reported on by some unit; 例 10
// returns silent: integer  -- without any report; 例 5
// returns overdue: integer  -- past their day and not done; 例 2
// returns done_share: number  -- done, in percent of tasks; 例 37.5
// example --place 长治市 --today 2026-01-15
// :param {today: '2026-01-15', basis: ['clause'], modality: ['must'], document: null, place: '140400', level: null, year: null, issued_from: null, issued_to: null, review: null}

// From the document, or the place and those below it, where one is asked for.
CALL () {
  WITH $document AS document WHERE document IS NOT NULL
  MATCH (d:Document {id: document})
  RETURN d
  UNION ALL
  WITH $place AS place WHERE place IS NOT NULL AND $document IS NULL
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document)
  RETURN d
  UNION ALL
  WITH 1 AS all WHERE coalesce($document, $place) IS NULL
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
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
MATCH (d)-[:HAS_TASK]->(t:Task)
WITH d, p, t, EXISTS { MATCH (t)<-[:ON]-(r:Report) WHERE r.reported_on <= $today AND $today < r.until } AS reported
WHERE reported OR EXISTS { MATCH (t)<-[r:LEADS|PARTICIPATES]-(:Agency) WHERE r.basis IN $basis AND r.modality IN $modality }
WITH d, p, t, reported,
     COLLECT {
       MATCH (t)<-[:ON]-(r:Report {finished: true}) WHERE r.reported_on <= $today AND $today < r.until
       OPTIONAL MATCH (r)<-[:REPORTED]-(a:Agency) RETURN DISTINCT coalesce(a.id, r.agency_id, '')
     } AS finished,
     EXISTS { MATCH (t)-[:DUE]->(x:Deadline) WHERE x.kind <> 'recurring' AND x.due_on < $today } AS past
WITH d, p, t, reported, past, CASE
       WHEN size(finished) = 0 THEN false
       WHEN EXISTS { MATCH (t)<-[r:LEADS]-(:Agency) WHERE r.basis IN $basis AND r.modality IN $modality }
       THEN NOT EXISTS { MATCH (t)<-[r:LEADS]-(a:Agency) WHERE r.basis IN $basis AND r.modality IN $modality AND NOT a.id IN finished }
       ELSE NOT EXISTS { MATCH (t)<-[r:PARTICIPATES]-(a:Agency) WHERE r.basis IN $basis AND r.modality IN $modality AND NOT a.id IN finished }
     END AS finished
WITH d, p, count(t) AS tasks,
     sum(CASE WHEN finished THEN 1 ELSE 0 END) AS done,
     sum(CASE WHEN reported AND NOT finished THEN 1 ELSE 0 END) AS under_way,
     sum(CASE WHEN reported THEN 0 ELSE 1 END) AS silent,
     sum(CASE WHEN past AND NOT finished THEN 1 ELSE 0 END) AS overdue
RETURN p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, d.doc_number AS doc_number,
       tasks, done, under_way, silent, overdue, round(100.0 * done / tasks, 1) AS done_share
ORDER BY overdue DESC, tasks DESC, document_id
