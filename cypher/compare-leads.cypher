// Who leads (牵头) the same work in different places, who takes part (配合), and where do places differ in the lead?
// GET /compare/leads
// A group is a task with all that similar-tasks gives for it in other places. Every task with such others stands in the group around that one, of itself and these, to which
// the most tasks held are similar, of several the first by id. Read the quotes before you draw a conclusion: what is alike in words may differ in what is meant.
// Documents whose place is not known are compared with none; `unplaced` counts them.
// param differs: boolean = null  -- true: only groups whose places do not all name the same leads; false: only those where they do; all, also where fewer than two places name any, if left out
// param basis: clause|narrative|default[] = [clause]  -- what counts as naming a unit: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what counts: must (应当), must not (不得)
// param q: words = null  -- only the groups of tasks whose title or text holds all these words; 例 政务公开
// param functions: function[] = null  -- only the groups of tasks that a unit of one of these lines of work (条线) leads or takes part in; 例 司法局
// param place: place = null  -- only the groups of tasks of this place or one below it, by code or name; 例 长治市
// param places: place[] = null  -- the places to compare, each with those below it, by code or name; all if left out; 例 长治市
// param level: province|city|county = null  -- only tasks of documents for a place of this level
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// param documents: document[] = null  -- only the groups around tasks of these documents, by id; q, functions and place then choose none
// param works: task[] = null  -- only the groups around these tasks, by id; q, functions, place and documents then choose none
// returns work: text?  -- the title of the task that the group is about; 例 全面推行行政执法公示制度
// returns work_id: text  -- that task's id; 例 140400:长政办发〔2022〕14号:2.1
// returns places: integer  -- how many places stand in the group; 例 3
// returns differs: boolean?  -- whether the places that name a lead do not all name the same leads; null where fewer than two name any; 例 true
// returns differs_in: first|list?  -- first: no line of work is named first (第一牵头) in all of them; list: one is, but the whole lists differ; null where they do not; 例 first
// returns common_leads: text[]  -- who leads in every place that names a lead: lines of work (条线), or the name of a unit without one
// returns place: text  -- the place of this row; 例 衡阳市
// returns place_code: text  -- its GB/T 2260 code; 例 430400
// returns leads: {function: text, agency: text, agency_id: text, basis: text, quote: text, start: integer, end: integer}[]  -- who leads (牵头) this task there: the line of work (条线), or the name of a unit without one, and the unit, such as 长治市司法局
// returns participants: {function: text, agency: text, agency_id: text, basis: text, quote: text, start: integer, end: integer}[]  -- who takes part (配合), such as 长治市财政局
// returns score: integer?  -- how alike this task and the group's are, in percent; null for the latter itself; 例 61
// returns document: text?  -- the document's title; 例 衡阳市2021年政务公开工作要点
// returns document_id: text  -- its id; 例 430400:衡阳市2021年政务公开工作要点
// returns task_number: text?  -- the task's number as printed; 例 （二）
// returns task: text?  -- its title; 例 推进行政执法公示
// returns task_id: text  -- its id
// returns quote: text?  -- its words
// returns start: integer  -- their first code point in the source's text; 例 512
// returns end: integer  -- one past the last; 例 640
// returns unplaced: integer  -- documents held whose place is not known, and which are therefore in no group; 例 0
// example --differs true
// :param {differs: true, basis: ['clause'], modality: ['must'], q: null, functions: null, place: null, places: null, level: null, year: null, issued_from: null, issued_to: null, review: null, documents: null, works: null}

WITH COLLECT { MATCH (:Place {id: $place})<-[:PART_OF]-{0,3}(x:Place) RETURN x.id } AS within,
     COLLECT { MATCH (y:Place)<-[:PART_OF]-{0,3}(x:Place) WHERE y.id IN $places RETURN DISTINCT x.id } AS among,
     COUNT {
       MATCH (d:Document)
       WHERE d.loaded = true
         AND NOT EXISTS { (d)-[:CONCERNS]->(:Place) }
         AND ($year IS NULL OR d.year = $year)
         AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
         AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
         AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
     } AS unplaced
// Who asks about some tasks gets the groups that these stand in; else groups go by the documents of their centres, some at a time.
CALL (among) {
  WITH among WHERE $documents IS NULL AND coalesce($works, $q, $functions, $place) IS NULL
  MATCH (d:Document)-[:CONCERNS]->(p:Place)
  WHERE d.loaded = true
    AND ($places IS NULL OR p.id IN among)
    AND ($level IS NULL OR p.level = $level)
    AND ($year IS NULL OR d.year = $year)
    AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
    AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
    AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  RETURN d.id AS id
  UNION
  UNWIND CASE WHEN $works IS NULL THEN $documents END AS id
  RETURN id
  UNION
  WITH null AS id WHERE $works IS NOT NULL OR ($documents IS NULL AND coalesce($q, $functions, $place) IS NOT NULL)
  RETURN id
}
// in parts: documents
WITH unplaced, within, among, id AS document
// A task stands around the one, of itself and those like it elsewhere, to which the most are similar; of several the first by id.
CALL (document, within, among) {
  MATCH (home:Place)<-[:CONCERNS]-(:Document {id: document})-[:HAS_TASK]->(s:Task)
  WITH among, home, s, COUNT { (s)-[:SIMILAR_TO]-(:Task) } AS most
  MATCH (s)-[:SIMILAR_TO]-{0,1}(x:Task)
  WITH among, home, s, most, x, COUNT { (x)-[:SIMILAR_TO]-(:Task) } AS near
  WHERE near < most OR (near = most AND x.id >= s.id)
  MATCH (x)<-[:HAS_TASK]-(d:Document)-[:CONCERNS]->(p:Place)
  WHERE (x.id = s.id OR p.id <> home.id)
    AND d.loaded = true
    AND ($places IS NULL OR p.id IN among)
    AND ($level IS NULL OR p.level = $level)
    AND ($year IS NULL OR d.year = $year)
    AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
    AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
    AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
    AND NOT EXISTS {
          MATCH (x)-[:SIMILAR_TO]-(c:Task)<-[:HAS_TASK]-(e:Document)-[:CONCERNS]->(q:Place)
          WHERE COUNT { (c)-[:SIMILAR_TO]-(:Task) } >= most
            AND (c.id < s.id OR COUNT { (c)-[:SIMILAR_TO]-(:Task) } > most)
            AND q.id <> p.id
            AND e.loaded = true
            AND ($places IS NULL OR q.id IN among)
            AND ($level IS NULL OR q.level = $level)
            AND ($year IS NULL OR e.year = $year)
            AND ($issued_from IS NULL OR e.issued_on >= $issued_from)
            AND ($issued_to IS NULL OR e.issued_on <= $issued_to)
            AND ($review IS NULL OR coalesce(e.review, 'unchecked') = $review)
        }
  RETURN DISTINCT s.id AS id
  UNION
  WITH within, among WHERE document IS NULL AND $works IS NULL
  MATCH (p:Place)<-[:CONCERNS]-(d:Document)
  WHERE d.loaded = true
    AND ($place IS NULL OR p.id IN within)
    AND ($places IS NULL OR p.id IN among)
    AND ($level IS NULL OR p.level = $level)
    AND ($year IS NULL OR d.year = $year)
    AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
    AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
    AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  MATCH (d)-[:HAS_TASK]->(x:Task)
  WHERE ($q IS NULL OR all(word IN $q WHERE x.words CONTAINS word))
    AND ($functions IS NULL OR EXISTS {
          MATCH (x)<-[l:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(f:Function)
          WHERE f.id IN $functions AND l.basis IN $basis AND l.modality IN $modality
        })
  MATCH (x)-[:SIMILAR_TO]-(c:Task)<-[:HAS_TASK]-(e:Document)-[:CONCERNS]->(q:Place)
  WHERE q.id <> p.id
    AND e.loaded = true
    AND ($places IS NULL OR q.id IN among)
    AND ($level IS NULL OR q.level = $level)
    AND ($year IS NULL OR e.year = $year)
    AND ($issued_from IS NULL OR e.issued_on >= $issued_from)
    AND ($issued_to IS NULL OR e.issued_on <= $issued_to)
    AND ($review IS NULL OR coalesce(e.review, 'unchecked') = $review)
  WITH c, collect(x) AS of
  // The most similar tasks first, then the first id, as one text; counted once for each task, in however many pairs it stands.
  WITH of, right('000000' + toString(1000000 - COUNT { (c)-[:SIMILAR_TO]-(:Task) }), 7) + c.id AS rank
  UNWIND of AS x
  WITH x, min(rank) AS elsewhere
  WITH elsewhere, right('000000' + toString(1000000 - COUNT { (x)-[:SIMILAR_TO]-(:Task) }), 7) + x.id AS here
  RETURN DISTINCT substring(CASE WHEN here < elsewhere THEN here ELSE elsewhere END, 7) AS id
  UNION
  UNWIND $works AS id
  RETURN id
}
// in parts: works
MATCH (s:Task {id: id})<-[:HAS_TASK]-(:Document)-[:CONCERNS]->(home:Place)
MATCH (s)-[r:SIMILAR_TO]-{0,1}(t:Task)<-[:HAS_TASK]-(d:Document)-[:CONCERNS]->(p:Place)
WHERE (t.id = s.id OR p.id <> home.id)
  AND d.loaded = true
  AND ($places IS NULL OR p.id IN among)
  AND ($level IS NULL OR p.level = $level)
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
// The units of a task once, in however many groups it stands.
WITH unplaced, t, d, p, collect({id: s.id, title: s.title, score: [x IN r | x.score][0]}) AS groups
WITH unplaced, t, d, p, groups,
     COLLECT {
         MATCH (t)<-[l:LEADS]-(a:Agency) WHERE l.basis IN $basis AND l.modality IN $modality
         OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function)
         RETURN {function: coalesce(f.name, a.short, a.name), agency: a.name, agency_id: a.id, basis: l.basis, quote: l.quote, start: l.start, end: l.end}
         ORDER BY l.start, a.id, l.basis
       } AS leads,
     COLLECT {
         MATCH (t)<-[l:PARTICIPATES]-(a:Agency) WHERE l.basis IN $basis AND l.modality IN $modality
         OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function)
         RETURN {function: coalesce(f.name, a.short, a.name), agency: a.name, agency_id: a.id, basis: l.basis, quote: l.quote, start: l.start, end: l.end}
         ORDER BY l.start, a.id, l.basis
       } AS participants
UNWIND groups AS group
WITH unplaced, group.id AS work_id, group.title AS work, p.id AS place_code,
     collect({t: t, d: d, p: p, leads: leads, participants: participants, score: group.score}) AS rows
WITH unplaced, work_id, work, rows, [row IN rows WHERE size(row.leads) > 0 | row.leads[0].function] AS first,
     reduce(all = [], row IN rows | all + [lead IN row.leads | lead.function]) AS leads
WITH unplaced, work_id, work, count(*) AS places, collect(rows) AS rows,
     [place IN collect({first: first, leads: leads}) WHERE size(place.leads) > 0] AS named
WITH unplaced, work_id, work, places, rows, named,
     [lead IN coalesce(named[0].leads, []) WHERE all(place IN named WHERE lead IN place.leads)] AS common,
     [lead IN coalesce(named[0].first, []) WHERE all(place IN named WHERE lead IN place.first)] AS common_first
WITH unplaced, work_id, work, places, rows, common_first,
     CASE WHEN size(named) > 1 THEN any(place IN named WHERE any(lead IN place.leads WHERE NOT lead IN common)) END AS differs,
     COLLECT { UNWIND common AS lead RETURN DISTINCT lead ORDER BY lead } AS common_leads
WHERE places > 1
  AND ($differs IS NULL OR differs = $differs)
UNWIND rows AS of_place
UNWIND of_place AS row
WITH unplaced, work_id, work, places, differs, common_first, common_leads, row, row.t AS t, row.d AS d, row.p AS p
RETURN work, work_id, places, differs, CASE WHEN differs THEN CASE WHEN size(common_first) = 0 THEN 'first' ELSE 'list' END END AS differs_in,
       common_leads, p.name AS place, p.id AS place_code, row.leads AS leads, row.participants AS participants, row.score AS score,
       d.title AS document, d.id AS document_id, t.number AS task_number, t.title AS task, t.id AS task_id,
       t.text AS quote, t.start AS start, t.end AS end, unplaced
ORDER BY work_id, place_code, d.id, t.order, t.id
