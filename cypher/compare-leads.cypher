// Who leads (牵头) the same work in different places, who takes part (配合), and where do places differ in the lead?
// GET /compare/leads
// A group is a task with all that similar-tasks gives for it in other places; a group that lies wholly inside another is left out, so two similar tasks stand together at least once. Read the quotes before you draw a conclusion: what is alike in words may differ in what is meant.
// param differs: boolean = null  -- true: only groups whose places do not all name the same lead; false: only the others
// param basis: clause|narrative|default[] = [clause]  -- what counts as naming a unit: clause (责任条款), narrative (正文表述), default (统一规定)
// param function: function = null  -- only groups in which a unit of this line of work (条线) leads or takes part somewhere; 例 司法局
// param place: place = null  -- only groups with a task of this place or one below it, by code or name; 例 长治市
// param level: province|city|county = null  -- only tasks of documents for a place of this level
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// returns work: text?  -- the title of the task that the group is about; 例 全面推行行政执法公示制度
// returns work_id: text  -- that task's id; 例 140400:长政办发〔2022〕14号:2.1
// returns places: integer  -- how many places stand in the group; 例 3
// returns differs: boolean  -- whether the places that name a lead do not all name the same; 例 true
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
// example --differs true
// :param {differs: true, basis: ['clause'], function: null, place: null, level: null, year: null, issued_from: null, issued_to: null}

WITH COLLECT { MATCH (x:Place)-[:PART_OF]->{0,3}(:Place {id: $place}) RETURN x.id } AS within
MATCH (p:Place)<-[:CONCERNS]-(d:Document)-[:HAS_TASK]->(s:Task)-[:SIMILAR_TO]-(o:Task)<-[:HAS_TASK]-(e:Document)-[:CONCERNS]->(q:Place)
WHERE d.loaded = true AND e.loaded = true
  AND p.id <> q.id
  AND ($level IS NULL OR (p.level = $level AND q.level = $level))
  AND ($year IS NULL OR (d.year = $year AND e.year = $year))
  AND ($issued_from IS NULL OR (d.issued_on >= $issued_from AND e.issued_on >= $issued_from))
  AND ($issued_to IS NULL OR (d.issued_on <= $issued_to AND e.issued_on <= $issued_to))
OPTIONAL MATCH (o)-[:SIMILAR_TO]-(x:Task)<-[:HAS_TASK]-(g:Document)-[:CONCERNS]->(y:Place)
WHERE g.loaded = true
  AND y.id <> q.id
  AND ($level IS NULL OR y.level = $level)
  AND ($year IS NULL OR g.year = $year)
  AND ($issued_from IS NULL OR g.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR g.issued_on <= $issued_to)
WITH within, s, p, o, q, collect(x.id) AS theirs
WITH s, collect(o.id) AS near, collect({id: o.id, near: theirs}) AS others,
     collect(DISTINCT q.id) + collect(DISTINCT p.id) AS codes, within
WHERE ($place IS NULL OR any(code IN codes WHERE code IN within))
  AND NOT any(other IN others WHERE all(id IN near WHERE id = other.id OR id IN other.near)
                                AND (size(other.near) > size(near) OR (size(other.near) = size(near) AND other.id < s.id)))
UNWIND near + [s.id] AS id
MATCH (t:Task {id: id})<-[:HAS_TASK]-(:Document)-[:CONCERNS]->(p:Place)
OPTIONAL MATCH (t)<-[l:LEADS|PARTICIPATES]-(a:Agency) WHERE l.basis IN $basis
OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function)
WITH s, p, collect(DISTINCT t.id) AS ids, max(CASE WHEN f.id = $function THEN 1 ELSE 0 END) AS wanted,
     collect(DISTINCT CASE type(l) WHEN 'LEADS' THEN coalesce(f.name, a.short, a.name) END) AS leads
WITH s, count(p) AS places, reduce(all = [], some IN collect(ids) | all + some) AS ids, max(wanted) AS wanted,
     [leads IN collect(leads) WHERE size(leads) > 0] AS named
WHERE $function IS NULL OR wanted = 1
WITH s, places, ids, named, [lead IN coalesce(named[0], []) WHERE all(leads IN named WHERE lead IN leads)] AS common
WITH s, places, ids, any(leads IN named WHERE size(leads) > size(common)) AS differs,
     COLLECT { UNWIND common AS lead RETURN lead ORDER BY lead } AS common_leads
WHERE $differs IS NULL OR differs = $differs
UNWIND ids AS id
MATCH (t:Task {id: id})<-[:HAS_TASK]-(d:Document)-[:CONCERNS]->(p:Place)
OPTIONAL MATCH (s)-[r:SIMILAR_TO]-(t)
RETURN s.title AS work, s.id AS work_id, places, differs, common_leads, p.name AS place, p.id AS place_code,
       COLLECT {
         MATCH (t)<-[l:LEADS]-(a:Agency) WHERE l.basis IN $basis
         OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function)
         RETURN {function: coalesce(f.name, a.short, a.name), agency: a.name, agency_id: a.id, basis: l.basis, quote: l.quote, start: l.start, end: l.end}
         ORDER BY l.start, a.id, l.basis
       } AS leads,
       COLLECT {
         MATCH (t)<-[l:PARTICIPATES]-(a:Agency) WHERE l.basis IN $basis
         OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function)
         RETURN {function: coalesce(f.name, a.short, a.name), agency: a.name, agency_id: a.id, basis: l.basis, quote: l.quote, start: l.start, end: l.end}
         ORDER BY l.start, a.id, l.basis
       } AS participants,
       r.score AS score, d.title AS document, d.id AS document_id, t.number AS task_number, t.title AS task, t.id AS task_id,
       t.text AS quote, t.start AS start, t.end AS end
ORDER BY work_id, place_code, d.id, t.order, t.id
