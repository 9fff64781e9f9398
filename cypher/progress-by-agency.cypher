// How far has each unit come with its tasks, by what it reports?
// GET /progress/by-agency
// Each task is counted once a unit, by the unit's last report up to $today. overdue: past a day of the task, inherited ones too, and not reported done.
// param today: date = today  -- the day from which overdue is counted, and up to which reports count; 例 2023-01-15
// param role: LEADS|PARTICIPATES[] = [LEADS]  -- which tasks of a unit: those it leads (牵头), those it takes part in (配合)
// param agency: agency = null  -- only this unit, by id or full name; 例 长治市司法局
// param basis: clause|narrative|default[] = [clause]  -- which units to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- the same: must (应当), must not (不得)
// param document: document = null  -- only this document, by id, 文号 or title; 例 长政办发〔2022〕14号
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only documents for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns agency: text  -- the unit's name; 例 长治市司法局
// returns agency_id: text  -- its id; 例 140400:司法局
// returns collective: boolean  -- whether it is many named as one (各县区人民政府); 例 false
// returns tasks: integer  -- its tasks; 例 12
// returns done: integer  -- reported done (已完成); 例 4
// returns done_late: integer  -- reported done after their day (逾期完成); 例 1
// returns in_progress: integer  -- reported under way (进行中); 例 5
// returns on_hold: integer  -- reported on hold (暂缓); 例 0
// returns not_started: integer  -- reported not started (未开始); 例 0
// returns silent: integer  -- without a report; 例 2
// returns overdue: integer  -- past their day and not reported done; 例 1
// returns done_share: number  -- done and done late, in percent of its tasks; 例 41.7
// example --place 长治市 --today 2026-01-15
// :param {today: '2026-01-15', role: ['LEADS'], agency: null, basis: ['clause'], modality: ['must'], document: null, place: '140400', level: null, year: null, issued_from: null, issued_to: null, review: null}

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
MATCH (d)-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency)
WHERE type(r) IN $role AND r.basis IN $basis AND r.modality IN $modality AND ($agency IS NULL OR a.id = $agency)
WITH DISTINCT t, a
WITH t, a,
     coalesce(COLLECT { MATCH (t)<-[:ON]-(r:Report)<-[:REPORTED]-(a) WHERE r.reported_on <= $today AND $today < r.until RETURN r.state }[0], 'none') AS state,
     EXISTS { MATCH (t)-[:DUE]->(x:Deadline) WHERE x.kind <> 'recurring' AND x.due_on < $today } AS past
WITH a, count(t) AS tasks,
     sum(CASE WHEN state = 'done' THEN 1 ELSE 0 END) AS done,
     sum(CASE WHEN state = 'done late' THEN 1 ELSE 0 END) AS done_late,
     sum(CASE WHEN state = 'in progress' THEN 1 ELSE 0 END) AS in_progress,
     sum(CASE WHEN state = 'on hold' THEN 1 ELSE 0 END) AS on_hold,
     sum(CASE WHEN state = 'not started' THEN 1 ELSE 0 END) AS not_started,
     sum(CASE WHEN state = 'none' THEN 1 ELSE 0 END) AS silent,
     sum(CASE WHEN past AND NOT state IN ['done', 'done late'] THEN 1 ELSE 0 END) AS overdue
RETURN a.name AS agency, a.id AS agency_id, a:Collective AS collective, tasks, done, done_late, in_progress, on_hold, not_started, silent, overdue,
       round(100.0 * (done + done_late) / tasks, 1) AS done_share
ORDER BY overdue DESC, tasks DESC, agency_id
