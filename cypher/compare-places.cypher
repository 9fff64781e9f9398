// How is the same line of work (条线) loaded in different places? Leads and participations side by side, one row per line and place; collectives apart.
// GET /compare
// Tasks are counted once; one that is both led and taken part in counts as led. A pair without any task has no row.
// Collectives (衡阳市各县市区人民政府: the counties of 衡阳市, not its own 人民政府) are in rows of their own, of the place that speaks of them, and in no other row.
// param functions: function[] = null  -- the lines of work to compare; all if left out; 例 司法局
// param places: place[] = null  -- the places to compare, each with those below it, by code or name; all if left out; 例 长治市
// param basis: clause|narrative|default[] = [clause]  -- what to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what to count: must (应当), must not (不得)
// param level: nation|province|city|county|town = null  -- only units of this level
// param collective: boolean = null  -- true: only collectives (各县市区人民政府 and the like); false: only single units; both if left out
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns function: text  -- the line of work (条线); 例 司法局
// returns place: text  -- the place; 例 长治市
// returns place_code: text  -- its GB/T 2260 code; 例 140400
// returns collective: boolean  -- whether these are collectives: many units named as one, of the place that speaks of them; 例 false
// returns leads: integer  -- tasks led (牵头); 例 9
// returns participates: integer  -- tasks taken part in only (配合); 例 3
// returns tasks: integer  -- both together; 例 12
// returns agencies: {agency: text, agency_id: text}[]  -- the units that do this work there, such as 长治市司法局
// example --functions 司法局 财政局 --places 长治市 衡阳市
// :param {functions: ['司法局', '财政局'], places: ['140400', '430400'], basis: ['clause'], modality: ['must'], level: null, collective: null, year: null, issued_from: null, issued_to: null, review: null}

// From the places, else the lines of work, that are asked for.
CALL () {
  UNWIND $places AS place
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:IN]-(a:Agency)
  RETURN a
  UNION
  UNWIND CASE WHEN $places IS NULL THEN $functions END AS function
  MATCH (:Function {id: function})<-[:PERFORMS]-(a:Agency)
  RETURN a
  UNION
  WITH 1 AS all WHERE coalesce($places, $functions) IS NULL
  MATCH (a:Agency)
  RETURN a
}
MATCH (a)-[:PERFORMS]->(f:Function), (a)-[:IN]->(p:Place)
WHERE ($functions IS NULL OR f.id IN $functions)
  AND ($level IS NULL OR a.level = $level)
  AND ($collective IS NULL OR a:Collective = $collective)
MATCH (a)-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document)
WHERE d.loaded = true
  AND r.basis IN $basis
  AND r.modality IN $modality
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
WITH f, p, a:Collective AS collective, t, max(CASE type(r) WHEN 'LEADS' THEN 1 ELSE 0 END) AS led, collect(DISTINCT {agency: a.name, agency_id: a.id}) AS units
WITH f, p, collective, sum(led) AS leads, count(t) AS tasks, collect(units) AS units
RETURN f.name AS function, p.name AS place, p.id AS place_code, collective, leads, tasks - leads AS participates, tasks,
       COLLECT {
         UNWIND units AS some
         UNWIND some AS unit
         WITH DISTINCT unit
         RETURN unit ORDER BY unit.agency_id
       } AS agencies
ORDER BY f.id, place_code, collective
