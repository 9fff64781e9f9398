// Which units have the most tasks, over all or place by place? Only responsibility clauses (责任条款) are counted unless asked otherwise.
// GET /workload
// Tasks are counted once; one that the unit both leads and takes part in counts as led.
// param by: all|place = all  -- rank over all, or within each place
// param basis: clause|narrative|default[] = [clause]  -- what to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what to count: must (应当), must not (不得)
// param place: place = null  -- only units of this place and those below it, by code or name; 例 长治市
// param function: function = null  -- only units of this line of work (条线); 例 司法局
// param level: nation|province|city|county|town = null  -- only units of this level
// param collective: boolean = false  -- rank the collectives (各县区人民政府 and the like) instead of single units
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns place: text?  -- the unit's place; null for national bodies; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns agency: text  -- the unit's full name; 例 长治市司法局
// returns agency_id: text  -- its id; 例 140400:司法局
// returns collective: boolean  -- whether it is many units named as one; 例 false
// returns leads: integer  -- tasks it leads (牵头); 例 9
// returns participates: integer  -- tasks it takes part in only (配合); 例 3
// returns tasks: integer  -- both together; 例 12
// returns documents: integer  -- documents they stand in; 例 2
// example --place 长治市
// :param {by: 'all', basis: ['clause'], modality: ['must'], place: '140400', function: null, level: null, collective: false, year: null, issued_from: null, issued_to: null, review: null, most: 500}

// Each unit keeps its workload for every choice of bases and modalities (kg/graph/workload.py): there are no tasks to count, unless
// some documents are left out, or an earlier release wrote one.
WITH 3 * (CASE WHEN 'clause' IN $basis THEN 1 ELSE 0 END + CASE WHEN 'narrative' IN $basis THEN 2 ELSE 0 END
          + CASE WHEN 'default' IN $basis THEN 4 ELSE 0 END + CASE WHEN 'must' IN $modality THEN 7 ELSE 0 END
          + CASE WHEN 'must not' IN $modality THEN 14 ELSE 0 END - 8) AS at,
     coalesce($year, $issued_from, $issued_to, $review) IS NULL
     AND NOT EXISTS { MATCH (d:Document) WHERE d.loaded = true AND d.counted IS NULL } AS kept
CALL (at, kept) {
  WITH at, kept WHERE kept
  CALL () {
    WITH $place AS place WHERE place IS NOT NULL
    MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:IN]-(a:Agency)
    RETURN a
    UNION ALL
    WITH $function AS function WHERE function IS NOT NULL AND $place IS NULL
    MATCH (:Function {id: function})<-[:PERFORMS]-(a:Agency)
    RETURN a
    UNION ALL
    WITH 1 AS all WHERE coalesce($place, $function) IS NULL
    MATCH (a:Agency)
    RETURN a
  }
  WITH at, a, a.workload AS workload
  RETURN a, workload[at] AS leads, workload[at + 1] AS tasks, workload[at + 2] AS documents
  UNION ALL
  WITH kept WHERE NOT kept
  CALL () {
    WITH $place AS place WHERE place IS NOT NULL
    MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:IN]-(:Agency)-[:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document)
    RETURN DISTINCT d
    UNION ALL
    WITH $function AS function WHERE function IS NOT NULL AND $place IS NULL
    MATCH (:Function {id: function})<-[:PERFORMS]-(:Agency)-[:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document)
    RETURN DISTINCT d
    UNION ALL
    WITH 1 AS all WHERE coalesce($place, $function) IS NULL
    MATCH (d:Document)
    RETURN d
  }
  WITH d
  WHERE d.loaded = true
    AND ($year IS NULL OR d.year = $year)
    AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
    AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
    AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  // One by one, or the tasks of all documents would be in memory at once.
  CALL (d) {
    MATCH (d)-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency)
    WHERE r.basis IN $basis
      AND r.modality IN $modality
    WITH a, t, max(CASE type(r) WHEN 'LEADS' THEN 1 ELSE 0 END) AS led
    RETURN a, sum(led) AS leads, count(t) AS tasks
  }
  RETURN a, sum(leads) AS leads, sum(tasks) AS tasks, count(*) AS documents
}
WITH a, leads, tasks, documents
WHERE tasks > 0
  AND a:Collective = $collective
  AND ($level IS NULL OR a.level = $level)
  AND ($place IS NULL OR EXISTS { (a)-[:IN]->(:Place)-[:PART_OF]->{0,3}(:Place {id: $place}) })
  AND ($function IS NULL OR EXISTS { (a)-[:PERFORMS]->(:Function {id: $function}) })
WITH a, leads, tasks, documents,
     CASE $by WHEN 'place' THEN coalesce(COLLECT { MATCH (a)-[:IN]->(p:Place) RETURN p.id }[0], '-') ELSE '' END AS code
ORDER BY code, tasks DESC, leads DESC, a.id LIMIT $most
OPTIONAL MATCH (a)-[:IN]->(p:Place)
RETURN p.name AS place, p.id AS place_code, a.name AS agency, a.id AS agency_id, a:Collective AS collective,
       leads, tasks - leads AS participates, tasks, documents
ORDER BY code, tasks DESC, leads DESC, agency_id
