// Which units, or lines of work (条线), share tasks, how many, and in which roles? One row per pair: the edges of the network.
// GET /network/edges
// Tasks are counted once; a unit that both leads a task and takes part in it counts as leading it. Of a pair, the one whose id comes first
// is `one`. A line of work shares a task with another where units of both are named for it; two units of one line make no pair.
// param by: agency|function = agency  -- pairs of units, or of lines of work (条线) over all places
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param document: document = null  -- only this document, by id, 文号 or title; 例 长政办发〔2022〕14号
// param basis: clause|narrative|default[] = [clause]  -- what to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what to count: must (应当), must not (不得)
// param collectives: boolean = false  -- whether collectives (各县区人民政府 and the like) count as units too
// param through_lead: boolean = false  -- true: two that both only take part (配合) in a task do not share it
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// param min_tasks: integer = 1  -- only pairs that share at least so many tasks; 例 2
// returns one: text  -- the name of the one; 例 长治市司法局
// returns one_id: text  -- its id; 例 140400:司法局
// returns one_place: text?  -- the place of a unit; 例 长治市
// returns other: text  -- the name of the other; 例 长治市财政局
// returns other_id: text  -- its id; 例 140400:财政局
// returns other_place: text?  -- the place of a unit; 例 长治市
// returns tasks: integer  -- tasks they share; 例 5
// returns both_lead: integer  -- of these, led by both (联合牵头); 例 1
// returns one_leads: integer  -- led by the one, joined by the other; 例 3
// returns other_leads: integer  -- led by the other, joined by the one; 例 1
// returns both_participate: integer  -- taken part in by both; 例 0
// returns documents: integer  -- documents that these tasks stand in; 例 1
// example --place 长治市 --min-tasks 1
// :param {by: 'agency', place: '140400', document: null, basis: ['clause'], modality: ['must'], collectives: false, through_lead: false, year: null, issued_from: null, issued_to: null, review: null, min_tasks: 1}

CALL () {
  WITH $document AS document WHERE document IS NOT NULL
  MATCH (d:Document {id: document})
  WHERE $place IS NULL OR EXISTS { (d)-[:CONCERNS]->(:Place)-[:PART_OF]->{0,3}(:Place {id: $place}) }
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
WITH d
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
MATCH (d)-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency)
WHERE r.basis IN $basis AND r.modality IN $modality
  AND ($collectives OR NOT a:Collective)
OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function) WHERE $by = 'function'
OPTIONAL MATCH (a)-[:IN]->(p:Place) WHERE $by = 'agency'
WITH d, t, r, p, CASE $by WHEN 'agency' THEN a ELSE f END AS unit
WHERE unit IS NOT NULL
WITH d, t, unit.id AS id, unit.name AS name, p.name AS place, max(CASE type(r) WHEN 'LEADS' THEN 1 ELSE 0 END) AS leads
WITH d, t, collect({id: id, name: name, place: place, leads: leads}) AS units
UNWIND units AS one
UNWIND [unit IN units WHERE unit.id > one.id AND (NOT $through_lead OR one.leads + unit.leads > 0)] AS other
WITH one.id AS one_id, one.name AS one_name, one.place AS one_place,
     other.id AS other_id, other.name AS other_name, other.place AS other_place,
     count(t) AS tasks, sum(one.leads * other.leads) AS both_lead, sum(one.leads * (1 - other.leads)) AS one_leads,
     sum((1 - one.leads) * other.leads) AS other_leads, sum((1 - one.leads) * (1 - other.leads)) AS both_participate,
     count(DISTINCT d) AS documents
WHERE tasks >= $min_tasks
RETURN one_name AS one, one_id, one_place, other_name AS other, other_id, other_place,
       tasks, both_lead, one_leads, other_leads, both_participate, documents
ORDER BY tasks DESC, both_lead DESC, one_id, other_id
