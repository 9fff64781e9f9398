// How many tasks does one unit lead (牵头) and take part in (配合): in all, by basis, by document, by time limit, and through a collective?
// GET /agencies/{agency}/workload
// Tasks are counted once; one that the unit both leads and takes part in counts as led. The rows of `basis` each stand for themselves;
// those of `collective` (各县区人民政府 and the like, of which the unit is a member) are in no other count. All rows but those of `basis` obey $basis.
// A task with several days counts by the next one to come, and as past when all have gone by; one without a time limit of its own by the day of its document, where
// that names one for all of it.
// param agency: agency  -- the unit's id or full name; 例 长治市司法局
// param basis: clause|narrative|default[] = [clause]  -- what to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what to count: must (应当), must not (不得)
// param today: date = today  -- the day from which time limits are counted; 例 2022-06-30
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns split: all|basis|document|deadline|collective  -- what the tasks are told apart by; 例 document
// returns key: text  -- all; a basis; a document's id; none, past, next-90-days or later; a collective's id; 例 140400:长政办发〔2022〕14号
// returns label: text  -- the same for a reader; 例 长治市2022年工作要点
// returns leads: integer  -- tasks it leads (牵头); 例 9
// returns participates: integer  -- tasks it takes part in only (配合); 例 3
// returns tasks: integer  -- both together; 例 12
// example --agency 长治市司法局 --today 2022-06-30
// :param {agency: '140400:司法局', basis: ['clause'], modality: ['must'], today: '2022-06-30', year: null, issued_from: null, issued_to: null, review: null}

MATCH (:Agency {id: $agency})-[:MEMBER_OF]->{0,1}(named:Agency)-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document)
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
WITH d, t, r, named, COLLECT { MATCH (t)-[:DUE]->(x:Deadline) WHERE x.due_on IS NOT NULL RETURN x.due_on ORDER BY x.due_on } AS days
WITH d, t, r, named, days, [day IN days WHERE day >= $today][0] AS next
WITH d, t, r, named, CASE
       WHEN size(days) = 0 THEN {position: 30, key: 'none', label: '无时限'}
       WHEN next IS NULL THEN {position: 31, key: 'past', label: '已到期'}
       WHEN next <= toString(date($today) + duration({days: 90})) THEN {position: 32, key: 'next-90-days', label: '90天内到期'}
       ELSE {position: 33, key: 'later', label: '90天后到期'}
     END AS bucket
UNWIND CASE WHEN named.id <> $agency THEN [
    {position: 40, split: 'collective', key: named.id, label: named.name, counts: r.basis IN $basis AND r.modality IN $modality}
  ] ELSE [
    {position: 0, split: 'all', key: 'all', label: '合计', counts: r.basis IN $basis AND r.modality IN $modality},
    {position: 10, split: 'basis', key: r.basis, counts: r.modality IN $modality,
     label: CASE r.basis WHEN 'clause' THEN '责任条款' WHEN 'narrative' THEN '正文表述' ELSE '统一规定' END},
    {position: 20, split: 'document', key: d.id, label: coalesce(d.title, d.id), counts: r.basis IN $basis AND r.modality IN $modality},
    {position: bucket.position, split: 'deadline', key: bucket.key, label: bucket.label, counts: r.basis IN $basis AND r.modality IN $modality}
  ] END AS part
WITH part.position AS position, part.split AS split, part.key AS key, part.label AS label, t,
     max(CASE WHEN part.counts AND type(r) = 'LEADS' THEN 1 ELSE 0 END) AS leads,
     max(CASE WHEN part.counts THEN 1 ELSE 0 END) AS counts
WITH position, split, key, label, sum(leads) AS leads, sum(counts) AS tasks
WHERE split = 'all' OR tasks > 0
RETURN split, key, label, leads, tasks - leads AS participates, tasks
ORDER BY position, key
