// How is one line of work (条线) loaded in every place: tasks it leads (牵头), leads with others, takes part in (配合), its time limits, its most frequent partners? One row per place; collectives apart.
// GET /compare/functions
// Tasks are counted once; one that is both led and taken part in counts as led. A task without a time limit of its own has its document's where that names one day for all of it.
// Collectives (衡阳市各县市区人民政府: the counties of 衡阳市, not its own 人民政府) are in rows of their own, of the place that speaks of them, and in no other row.
// param function: function  -- the line of work, the same in every place and at every level; 例 司法局
// param places: place[] = null  -- the places to compare, each with those below it, by code or name; all if left out; 例 长治市
// param partners: integer = 5  -- how many partners to name
// param basis: clause|narrative|default[] = [clause]  -- what to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what to count: must (应当), must not (不得)
// param level: nation|province|city|county|town = null  -- only units of this level
// param collective: boolean = null  -- true: only collectives (各县市区人民政府 and the like); false: only single units; both if left out
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns place: text?  -- the units' place; null for national bodies and for units whose place is not known; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns collective: boolean  -- whether these are collectives: many units named as one, of the place that speaks of them; 例 false
// returns agencies: {agency: text, agency_id: text}[]  -- the units that do this work there, such as 长治市司法局
// returns tasks: integer  -- tasks in all; 例 12
// returns leads: integer  -- of these, led (牵头); 例 9
// returns joint_leads: integer  -- of those led, led with a unit of another line (联合牵头); 例 2
// returns participates: integer  -- taken part in only (配合); 例 3
// returns documents: integer  -- documents they stand in; 例 2
// returns with_deadline: integer  -- tasks with a time limit, their own or inherited from their document; 例 4
// returns deadlines: {quote: text, due_on: date?, kind: by|period|recurring|within, task: text?, task_id: text, start: integer, end: integer, inherited: boolean}[]  -- these limits, the next first
// returns partners: {function: text, tasks: integer, leads: integer}[]  -- with whom the most tasks are shared: the line of work, or the name of a unit without one; how many; how many of them the partner leads
// example --function 司法局
// :param {function: '司法局', places: null, partners: 5, basis: ['clause'], modality: ['must'], level: null, collective: null, year: null, issued_from: null, issued_to: null, review: null, most: 500}

MATCH (:Function {id: $function})<-[:PERFORMS]-(a:Agency)-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document)
WHERE d.loaded = true
  AND r.basis IN $basis
  AND r.modality IN $modality
  AND ($level IS NULL OR a.level = $level)
  AND ($collective IS NULL OR a:Collective = $collective)
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH (a)-[:IN]->(p:Place)
WITH d, t, r, a, p
WHERE $places IS NULL OR EXISTS { MATCH (p)-[:PART_OF]->{0,3}(up:Place) WHERE up.id IN $places }
WITH p, a:Collective AS collective, d, t, max(CASE type(r) WHEN 'LEADS' THEN 1 ELSE 0 END) AS led, collect(DISTINCT {agency: a.name, agency_id: a.id}) AS units
WITH p, collective, collect({d: d, t: t, led: led, units: units}) AS held
ORDER BY coalesce(p.id, '-'), collective LIMIT $most
UNWIND held AS one
WITH p, collective, one.d AS d, one.t AS t, one.led AS led, one.units AS units
WITH p, collective, d, t, led, units,
     CASE WHEN EXISTS {
       MATCH (t)<-[s:LEADS]-(b:Agency) WHERE s.basis IN $basis AND s.modality IN $modality AND NOT EXISTS { (b)-[:PERFORMS]->(:Function {id: $function}) }
     } THEN led ELSE 0 END AS joint,
     CASE WHEN EXISTS { (t)-[:DUE]->(:Deadline) } THEN 1 ELSE 0 END AS due
WITH p, collective, collect(t) AS held, collect(units) AS units, count(t) AS tasks, sum(led) AS leads, sum(joint) AS joint_leads,
     sum(due) AS with_deadline, count(DISTINCT d.id) AS documents
CALL (held) {
  UNWIND held AS t
  MATCH (t)<-[s:LEADS|PARTICIPATES]-(b:Agency) WHERE s.basis IN $basis AND s.modality IN $modality
  OPTIONAL MATCH (b)-[:PERFORMS]->(f:Function)
  WITH t, coalesce(f.name, b.short, b.name) AS partner, f.id AS line, max(CASE type(s) WHEN 'LEADS' THEN 1 ELSE 0 END) AS leading
  WHERE line IS NULL OR line <> $function
  WITH partner, count(t) AS shared, sum(leading) AS led
  ORDER BY shared DESC, partner
  RETURN collect({function: partner, tasks: shared, leads: led})[0..$partners] AS partners
}
RETURN p.name AS place, p.id AS place_code, collective,
       COLLECT {
         UNWIND units AS some
         UNWIND some AS unit
         WITH DISTINCT unit
         RETURN unit ORDER BY unit.agency_id
       } AS agencies,
       tasks, leads, joint_leads, tasks - leads AS participates, documents, with_deadline,
       COLLECT {
         UNWIND held AS t
         MATCH (t)-[due:DUE]->(x:Deadline)
         RETURN {quote: x.quote, due_on: x.due_on, kind: x.kind, task: t.title, task_id: t.id, start: x.start, end: x.end, inherited: due.inherited}
         ORDER BY coalesce(x.due_on, '~'), x.id, t.order, t.id
       } AS deadlines,
       partners
ORDER BY coalesce(p.id, '-'), collective
