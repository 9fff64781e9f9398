// What share of all tasks of its place does one unit bear, over all documents and year by year?
// GET /agencies/{agency}/workload/share
// A collective (各县区人民政府 and the like) has no share: it is no unit, and who its members are is not known one by one.
// The whole is every task that at least one single unit of the same place leads or takes part in; a task shared by two units is one task, so the shares
// of all units of a place add up to more than 100. Tasks that only collectives bear (各县区人民政府 and the like) are in no count but
// place_collective_tasks. A unit without a place, such as a national body, is measured against all of these.
// param agency: agency  -- the unit's id or full name; 例 长治市司法局
// param basis: clause|narrative|default[] = [clause]  -- what to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what to count: must (应当), must not (不得)
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns split: all|year  -- whether the row is the sum or one year; 例 all
// returns year: integer?  -- the year; null in the sum, and where a document gives none; 例 2022
// returns place: text?  -- the unit's place; null for national bodies; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns leads: integer  -- tasks it leads (牵头); 例 9
// returns tasks: integer  -- tasks it leads or takes part in; 例 12
// returns place_tasks: integer  -- tasks of all single units of the place; 例 60
// returns place_units: integer  -- how many units these are; 例 25
// returns leads_share: number  -- leads of place_tasks, per cent; 例 15.0
// returns tasks_share: number  -- tasks of place_tasks, per cent; 例 20.0
// returns rank: integer  -- how many units of the place have more tasks, and one; 例 2
// returns place_collective_tasks: integer  -- apart from these: tasks of the place that only collectives bear; 例 4
// example --agency 长治市司法局
// :param {agency: '140400:司法局', basis: ['clause'], modality: ['must'], year: null, issued_from: null, issued_to: null, review: null}

MATCH (unit:Agency {id: $agency})
WHERE NOT unit:Collective
OPTIONAL MATCH (unit)-[:IN]->(p:Place)
WITH p
CALL (p) {
  WITH p WHERE p IS NOT NULL
  MATCH (p)<-[:IN]-(a:Agency)
  RETURN a
  UNION
  WITH p WHERE p IS NULL
  MATCH (a:Agency) WHERE NOT EXISTS { (a)-[:IN]->(:Place) }
  RETURN a
}
WITH p, a
MATCH (a)-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document)
WHERE d.loaded = true
  AND r.basis IN $basis
  AND r.modality IN $modality
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
WITH p, d, t, max(CASE WHEN a.id = $agency AND type(r) = 'LEADS' THEN 1 ELSE 0 END) AS led,
     max(CASE WHEN a:Collective THEN 0 ELSE 1 END) AS single,
     collect(DISTINCT CASE WHEN a:Collective THEN null ELSE a.id END) AS units
UNWIND [{split: 'all', year: null}, {split: 'year', year: d.year}] AS part
WITH p, part.split AS split, part.year AS year, sum(led) AS leads, sum(single) AS place_tasks, count(t) AS all_tasks,
     collect(units) AS by_task
CALL (by_task) {
  UNWIND by_task AS units
  UNWIND units AS one
  WITH one, count(*) AS tasks
  WITH collect({unit: one, tasks: tasks}) AS loads
  RETURN loads, coalesce([load IN loads WHERE load.unit = $agency | load.tasks][0], 0) AS tasks
}
WITH p, split, year, leads, place_tasks, all_tasks, loads, tasks
WHERE place_tasks > 0
RETURN split, year, p.name AS place, p.id AS place_code, leads, tasks, place_tasks, size(loads) AS place_units,
       round(100.0 * leads / place_tasks, 1) AS leads_share, round(100.0 * tasks / place_tasks, 1) AS tasks_share,
       1 + size([load IN loads WHERE load.tasks > tasks]) AS rank, all_tasks - place_tasks AS place_collective_tasks
ORDER BY split, coalesce(year, 9999)
