// Which tasks of different documents are the same work (推进行政执法三项制度 here and there), and who leads (牵头) it in which place? A Work at a time, one row per task.
// GET /works
// Two tasks are the same work where each is the likest to the other of all tasks of the other's document, and they have more in common than regulations and plans say of any matter. A Work is one task
// with all that are the same work as it; every such task stands in the Work around that one, of itself and these, which is the same work as most, of several the first by id.
// So a Work holds one task of a document, each held against the one that it is named after; it never grows by a chain, and follows from what is held, not from what is asked.
// Links are kept to the 15 likest tasks of other places and the 15 others of each task (similar-tasks): of work that more documents share, it shows those.
// Only tasks proper are compared (similar-tasks). All filters are about one of its tasks: the others stand with it, of whatever place and year. Of 54 such pairs in fifty plans all were read: 49 are the same work; of 100 drawn from 736 documents of every kind, laws among them, 80.
// param q: words = null  -- only Works with a task whose title or text holds all these words; 例 政务公开
// param place: place = null  -- only Works with a task of this place or one below it, by code or name; 例 长治市
// param function: function = null  -- only Works with a task that a unit of this line of work (条线) leads or takes part in; 例 司法局
// param level: nation|province|city|county = null  -- only Works with a task of a document for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only Works with a task of a document about this year; 例 2022
// param basis: clause|narrative|default[] = [clause]  -- what counts as naming a unit: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what counts: must (应当), must not (不得)
// param documents: document[] = null  -- only the Works around tasks of these documents, by id; q, place and function then choose none
// param works: task[] = null  -- only the Works around these tasks, by id; all filters but basis and modality then choose none
// returns work: text?  -- the title of the task that the Work is named after; 例 全面推行行政执法公示制度
// returns work_id: text  -- that task's id; 例 140400:长政办发〔2022〕14号:2.1
// returns documents: integer  -- how many documents set it, each with one task; 例 3
// returns places: integer  -- for how many places these are made; 例 2
// returns place: text?  -- the place of this row; 例 衡阳市
// returns place_code: text?  -- its GB/T 2260 code; 例 430400
// returns year: integer?  -- the year that the document is about; 例 2021
// returns leads: {function: text, agency: text, agency_id: text, basis: text, quote: text, start: integer, end: integer}[]  -- who leads (牵头) this task there: the line of work (条线), or the name of a unit without one, and the unit, such as 长治市司法局
// returns score: integer?  -- how alike this task and the one of the name are, in percent; null for the latter itself; 例 61
// returns document: text?  -- the document's title; 例 衡阳市2021年政务公开工作要点
// returns document_id: text  -- its id; 例 430400:衡阳市2021年政务公开工作要点
// returns task_number: text?  -- the task's number as printed; 例 （二）
// returns task: text?  -- its title; 例 推进行政执法公示
// returns task_id: text  -- its id
// returns quote: text?  -- its words
// returns start: integer  -- their first code point in the source's text; 例 512
// returns end: integer  -- one past the last; 例 640
// example --place 长治市
// :param {q: null, place: '140400', function: null, level: null, year: null, basis: ['clause'], modality: ['must'], documents: null, works: null}

// Who asks about some tasks gets the Works that these stand in; else Works go by the documents of their centres, some at a time.
CALL () {
  WITH $works AS works WHERE works IS NULL AND $documents IS NULL AND coalesce($q, $place, $function) IS NULL
  MATCH (d:Document)
  WHERE d.loaded = true
  RETURN d.id AS id
  UNION
  UNWIND CASE WHEN $works IS NULL THEN $documents END AS id
  RETURN id
  UNION
  WITH null AS id WHERE $works IS NOT NULL OR ($documents IS NULL AND coalesce($q, $place, $function) IS NOT NULL)
  RETURN id
}
// in parts: documents
WITH id AS document
// A task stands around the one, of itself and what is the same work, that is the same work as most; of several the first by id.
CALL (document) {
  MATCH (:Document {id: document})-[:HAS_TASK]->(s:Task)
  WITH s, COUNT { (s)-[:SIMILAR_TO {same: true}]-(:Task) } AS most
  WHERE most > 0
  MATCH (s)-[r:SIMILAR_TO]-{0,1}(x:Task)
  WHERE all(one IN r WHERE one.same)
  WITH s, most, x, COUNT { (x)-[:SIMILAR_TO {same: true}]-(:Task) } AS near
  WHERE near < most OR (near = most AND x.id >= s.id)
  MATCH (x)<-[:HAS_TASK]-(d:Document)
  WHERE d.loaded = true
    AND ($year IS NULL OR d.year = $year)
    AND ($level IS NULL OR EXISTS { (d)-[:CONCERNS]->(:Place {level: $level}) }
         OR ($level = 'nation' AND NOT EXISTS { (d)-[:CONCERNS]->(:Place) } AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
    AND NOT EXISTS {
          MATCH (x)-[:SIMILAR_TO {same: true}]-(c:Task)
          WHERE COUNT { (c)-[:SIMILAR_TO {same: true}]-(:Task) } >= most
            AND (c.id < s.id OR COUNT { (c)-[:SIMILAR_TO {same: true}]-(:Task) } > most)
        }
  RETURN DISTINCT s.id AS id
  UNION
  WITH $function AS function WHERE document IS NULL AND $works IS NULL
  CALL (function) {
    WITH function WHERE function IS NOT NULL
    MATCH (x:Task)<-[l:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(:Function {id: function})
    WHERE l.basis IN $basis AND l.modality IN $modality
    RETURN DISTINCT x
    UNION
    WITH $place AS place WHERE place IS NOT NULL AND function IS NULL
    MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(:Document)-[:HAS_TASK]->(x:Task)
    RETURN DISTINCT x
    UNION
    WITH $place AS place WHERE place IS NULL AND function IS NULL
    MATCH (d:Document)
    WHERE d.loaded = true AND ($year IS NULL OR d.year = $year)
    MATCH (d)-[:HAS_TASK]->(x:Task)
    WHERE all(word IN $q WHERE x.words CONTAINS word)
    RETURN DISTINCT x
  }
  MATCH (x)<-[:HAS_TASK]-(d:Document)
  WHERE d.loaded = true
    AND ($year IS NULL OR d.year = $year)
    AND ($q IS NULL OR all(word IN $q WHERE x.words CONTAINS word))
    AND ($place IS NULL OR EXISTS { (d)-[:CONCERNS]->(:Place)-[:PART_OF]->{0,3}(:Place {id: $place}) })
    AND ($level IS NULL OR EXISTS { (d)-[:CONCERNS]->(:Place {level: $level}) }
         OR ($level = 'nation' AND NOT EXISTS { (d)-[:CONCERNS]->(:Place) } AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
  MATCH (x)-[r:SIMILAR_TO]-(c:Task)<-[:HAS_TASK]-(e:Document)
  WHERE r.same AND e.loaded = true
  WITH x, collect(c) AS same
  UNWIND same + [x] AS c
  WITH x, c, COUNT { (c)-[:SIMILAR_TO {same: true}]-(:Task) } AS near
  // What is the same work as most first, then the first id, as one text.
  WITH x, min(right('000000' + toString(1000000 - near), 7) + c.id) AS best
  RETURN DISTINCT substring(best, 7) AS id
  UNION
  UNWIND $works AS id
  RETURN id
}
// in parts: works
MATCH (s:Task {id: id})<-[:HAS_TASK]-(e:Document)
MATCH (s)-[r:SIMILAR_TO]-(t:Task)<-[:HAS_TASK]-(d:Document)
WHERE r.same AND d.loaded = true
WITH e, s, collect({d: d, t: t, score: r.score}) AS same
UNWIND same + [{d: e, t: s, score: null}] AS one
WITH s, one.d AS d, one.t AS t, one.score AS score
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH s, count(*) AS documents, count(DISTINCT p.id) AS places, collect({d: d, t: t, p: p, score: score}) AS rows
UNWIND rows AS row
WITH s, documents, places, row.d AS d, row.t AS t, row.p AS p, row.score AS score
RETURN s.title AS work, s.id AS work_id, documents, places, p.name AS place, p.id AS place_code, d.year AS year,
       COLLECT {
         MATCH (t)<-[l:LEADS]-(a:Agency) WHERE l.basis IN $basis AND l.modality IN $modality
         OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function)
         RETURN {function: coalesce(f.name, a.short, a.name), agency: a.name, agency_id: a.id, basis: l.basis, quote: l.quote, start: l.start, end: l.end}
         ORDER BY l.start, a.id, l.basis
       } AS leads,
       score, d.title AS document, d.id AS document_id, t.number AS task_number, t.title AS task, t.id AS task_id,
       t.text AS quote, t.start AS start, t.end AS end
ORDER BY work_id, coalesce(place_code, '-'), document_id, task_id
