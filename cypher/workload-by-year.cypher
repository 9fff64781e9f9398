// How many tasks does one unit lead, alone or jointly, and take part in, over all its documents and year by year? What binds it through collectives stands apart.
// GET /agencies/{agency}/workload/by-year
// Tasks are counted once; one that the unit both leads and takes part in counts as led. It leads alone where nobody else, a collective included, leads
// the task on the same $basis. A task of a collective (各县区人民政府 and the like) that also names the unit itself is in both counts, which are never added.
// The year is the one that the document is about.
// param agency: agency  -- the unit's id or full name; 例 长治市司法局
// param basis: clause|narrative|default[] = [clause]  -- what to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what to count: must (应当), must not (不得)
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only documents for a place of this level; nation: those of a national body that are for no place
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns split: all|year  -- whether the row is the sum or one year; 例 all
// returns year: integer?  -- the year; null in the sum, and where a document gives none; 例 2022
// returns leads: integer  -- tasks it leads (牵头); 例 9
// returns leads_alone: integer  -- of these, led by it alone (独自牵头); 例 5
// returns leads_jointly: integer  -- of these, led with others (联合牵头); 例 4
// returns participates: integer  -- tasks it takes part in only (配合); 例 3
// returns tasks: integer  -- leads and participates together; 例 12
// returns documents: integer  -- documents they stand in; 例 2
// returns collective_leads: integer  -- apart from these: tasks led by collectives it is a member of; 例 1
// returns collective_participates: integer  -- tasks that such collectives take part in only; 例 6
// returns collective_tasks: integer  -- both together; 例 7
// returns collectives: {collective: text, collective_id: text}[]  -- those collectives, such as 长治市各县区人民政府
// example --agency 长治市司法局
// :param {agency: '140400:司法局', basis: ['clause'], modality: ['must'], place: null, level: null, issued_from: null, issued_to: null, review: null}

WITH COLLECT { MATCH (:Place {id: $place})<-[:PART_OF]-{0,3}(below:Place) RETURN below.id } AS places
MATCH (:Agency {id: $agency})-[:MEMBER_OF]->{0,1}(named:Agency)
MATCH (named)-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document)
WHERE d.loaded = true
  AND r.basis IN $basis
  AND r.modality IN $modality
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  AND ($level IS NULL OR EXISTS { MATCH (d)-[:CONCERNS]->(p:Place) WHERE p.level = $level }
       OR ($level = 'nation' AND NOT EXISTS { (d)-[:CONCERNS]->(:Place) } AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
  AND ($place IS NULL OR EXISTS { MATCH (d)-[:CONCERNS]->(p:Place) WHERE p.id IN places })
WITH d, t, collect(DISTINCT CASE WHEN named.id <> $agency THEN named.id END) AS through,
     max(CASE WHEN named.id = $agency THEN 1 ELSE 0 END) AS own,
     max(CASE WHEN named.id = $agency AND type(r) = 'LEADS' THEN 1 ELSE 0 END) AS led,
     max(CASE WHEN named.id <> $agency THEN 1 ELSE 0 END) AS shared,
     max(CASE WHEN named.id <> $agency AND type(r) = 'LEADS' THEN 1 ELSE 0 END) AS shared_led
WITH d, t, through, own, led, shared, shared_led, CASE
       WHEN led = 0 OR EXISTS { MATCH (t)<-[o:LEADS]-(a:Agency) WHERE o.basis IN $basis AND o.modality IN $modality AND a.id <> $agency } THEN 0
       ELSE 1
     END AS alone
UNWIND [{split: 'all', year: null}, {split: 'year', year: d.year}] AS part
WITH part.split AS split, part.year AS year, sum(led) AS leads, sum(alone) AS leads_alone, sum(own) AS tasks,
     count(DISTINCT CASE WHEN own = 1 THEN d.id END) AS documents,
     sum(shared_led) AS collective_leads, sum(shared) AS collective_tasks, collect(through) AS through
RETURN split, year, leads, leads_alone, leads - leads_alone AS leads_jointly, tasks - leads AS participates, tasks, documents,
       collective_leads, collective_tasks - collective_leads AS collective_participates, collective_tasks,
       COLLECT {
         UNWIND through AS some
         UNWIND some AS id
         MATCH (c:Agency {id: id})
         WITH DISTINCT c
         RETURN {collective: c.name, collective_id: c.id} ORDER BY c.id
       } AS collectives
ORDER BY split, coalesce(year, 9999)
