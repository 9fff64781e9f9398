// In which months do one unit's tasks fall due, and which months are overloaded?
// GET /agencies/{agency}/workload/by-month
// A month is overloaded when more than twice as many tasks fall due in it by days of their own as in the mean month, and at least $least: that a whole plan
// ends on one day is no heap. The mean is over all twelve months of each year in which such a task of the unit falls due. Tasks are counted once a month; one with days in two
// months stands in both, those without any day (每季度, 5个工作日内 or nothing) in the last row. Tasks of collectives that the unit is a member
// of stand apart: in collective_tasks and in no other count.
// param agency: agency  -- the unit's id or full name; 例 长治市司法局
// param basis: clause|narrative|default[] = [clause]  -- what to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what to count: must (应当), must not (不得)
// param inherited: boolean = true  -- count a task without a day of its own by the day of its document, where that names exactly one for all of it (四、落实时限)
// param least: integer = 3  -- the fewest tasks of an overloaded month; 例 3
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only documents for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns month: text?  -- the month in which the tasks fall due; null: they have no day; 例 2022-12
// returns leads: integer  -- tasks it leads (牵头); 例 9
// returns leads_alone: integer  -- of these, led by it alone (独自牵头); 例 5
// returns leads_jointly: integer  -- of these, led with others (联合牵头); 例 4
// returns participates: integer  -- tasks it takes part in only (配合); 例 3
// returns tasks: integer  -- leads and participates together; 例 12
// returns inherited: integer  -- of these, due by the day of the whole document; 例 2
// returns mean: number?  -- tasks due by days of their own in the mean month; 例 1.5
// returns overloaded: boolean  -- whether this month is overloaded; 例 true
// returns collective_tasks: integer  -- apart from these: tasks of collectives it is a member of; 例 0
// example --agency 长治市司法局
// :param {agency: '140400:司法局', basis: ['clause'], modality: ['must'], inherited: true, least: 3, place: null, level: null, year: null, issued_from: null, issued_to: null, review: null}

WITH COLLECT { MATCH (:Place {id: $place})<-[:PART_OF]-{0,3}(below:Place) RETURN below.id } AS places
MATCH (:Agency {id: $agency})-[:MEMBER_OF]->{0,1}(named:Agency)
MATCH (named)-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document)
WHERE d.loaded = true
  AND r.basis IN $basis
  AND r.modality IN $modality
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  AND ($level IS NULL OR EXISTS { MATCH (d)-[:CONCERNS]->(p:Place) WHERE p.level = $level }
       OR ($level = 'nation' AND NOT EXISTS { (d)-[:CONCERNS]->(:Place) } AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
  AND ($place IS NULL OR EXISTS { MATCH (d)-[:CONCERNS]->(p:Place) WHERE p.id IN places })
WITH d, t,
     max(CASE WHEN named.id = $agency THEN 1 ELSE 0 END) AS own,
     max(CASE WHEN named.id = $agency AND type(r) = 'LEADS' THEN 1 ELSE 0 END) AS led,
     max(CASE WHEN named.id <> $agency THEN 1 ELSE 0 END) AS shared
WITH d, t, own, led, shared, CASE
       WHEN led = 0 OR EXISTS { MATCH (t)<-[o:LEADS]-(a:Agency) WHERE o.basis IN $basis AND o.modality IN $modality AND a.id <> $agency } THEN 0
       ELSE 1
     END AS alone,
     CASE WHEN $inherited AND EXISTS { (t)-[:DUE {inherited: true}]->(:Deadline) } THEN 1 ELSE 0 END AS inherits,
     COLLECT {
       MATCH (t)-[due:DUE]->(x:Deadline) WHERE x.due_on IS NOT NULL AND ($inherited OR NOT due.inherited)
       RETURN DISTINCT left(x.due_on, 7)
     } AS months
UNWIND CASE WHEN size(months) > 0 THEN months ELSE ['none'] END AS month
WITH month, sum(own) AS tasks, sum(led) AS leads, sum(alone) AS leads_alone,
     sum(CASE WHEN own = 1 THEN inherits ELSE 0 END) AS inherited, sum(shared) AS collective_tasks
WITH collect({month: month, tasks: tasks, leads: leads, leads_alone: leads_alone, inherited: inherited,
              collective_tasks: collective_tasks}) AS rows
WITH rows, [row IN rows WHERE row.month <> 'none' AND row.tasks > row.inherited] AS dated
WITH rows, reduce(sum = 0, row IN dated | sum + row.tasks - row.inherited) AS due,
     COUNT { UNWIND dated AS row RETURN DISTINCT left(row.month, 4) } AS years
UNWIND rows AS row
WITH row, CASE WHEN years > 0 THEN due / (12.0 * years) END AS mean
RETURN CASE WHEN row.month <> 'none' THEN row.month END AS month, row.leads AS leads, row.leads_alone AS leads_alone,
       row.leads - row.leads_alone AS leads_jointly, row.tasks - row.leads AS participates, row.tasks AS tasks,
       row.inherited AS inherited, round(mean, 2) AS mean,
       coalesce(row.month <> 'none' AND row.tasks - row.inherited >= $least AND row.tasks - row.inherited > 2 * mean, false) AS overloaded,
       row.collective_tasks AS collective_tasks
ORDER BY coalesce(month, '~')
