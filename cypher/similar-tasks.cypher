// Which tasks of other documents are like this one, as far as their words tell (推进行政执法三项制度 here and there), and which of them are the same work?
// GET /tasks/similar
// Only tasks proper are compared, not safeguards (保障措施) or steps (实施步骤), and only across documents. Of 50 pairs that were read nine in ten are the same work; the higher the score, the surer. Where very many tasks are alike, a task stands with the 15 of other places and the 15 others that are most like it, and with those that have it among theirs. A pair stands twice, once from each side; all filters but across and same are about the task, not about the one it is compared with.
// param task: task = null  -- only what is similar to this task, by id; any if left out
// param documents: document[] = null  -- only tasks of these documents, by id, 文号 or title; 例 长政办发〔2022〕14号
// param across: places|documents = documents  -- places: only pairs of two places; documents: those of one place and those whose place is not known too
// param same: boolean = null  -- true: only what is the same work (same-work); false: only what is no more than alike
// param min_score: integer = 0  -- the least score, in percent; 例 50
// param place: place = null  -- only tasks of documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only tasks of documents for a place of this level; nation: those of a national body that are for no place
// param function: function = null  -- only tasks that a unit of this line of work (条线) leads or takes part in; 例 司法局
// param year: integer = null  -- only tasks of documents about this year; 例 2022
// param issued_from: date = null  -- only tasks of documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only tasks of documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns score: integer  -- how alike the two are, in percent; 例 61
// returns same: boolean  -- whether they are the same work: each is the likest to the other in the other's document, and they share enough; 例 true
// returns across_places: boolean  -- whether they are of two places; 例 true
// returns place: text?  -- the place the document is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns task_number: text?  -- the task's number as printed; 例 （一）
// returns task: text?  -- the task's title; 例 全面推行行政执法公示制度
// returns task_id: text  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns quote: text?  -- the task's words
// returns start: integer  -- their first code point in the source's text; 例 1024
// returns end: integer  -- one past the last; 例 1096
// returns other_place: text?  -- the place of the other task's document; 例 衡阳市
// returns other_place_code: text?  -- its GB/T 2260 code; 例 430400
// returns other_document: text?  -- that document's title; 例 衡阳市2021年政务公开工作要点
// returns other_document_id: text  -- its id; 例 430400:衡阳市2021年政务公开工作要点
// returns other_task_number: text?  -- the other task's number as printed; 例 （二）
// returns other_task: text?  -- its title; 例 推进行政执法公示
// returns other_task_id: text  -- its id
// returns other_quote: text?  -- its words
// returns other_start: integer  -- their first code point in that source's text; 例 512
// returns other_end: integer  -- one past the last; 例 640
// example --place 长治市
// :param {task: null, documents: null, across: 'documents', same: null, min_score: 0, place: '140400', level: null, function: null, year: null, issued_from: null, issued_to: null, review: null}

// The task's document first, by all that is asked of it: few have pairs to be looked at.
CALL () {
  WITH 1 AS one WHERE $documents IS NULL
  CALL () {
    WITH $task AS task WHERE task IS NOT NULL
    MATCH (:Task {id: task})<-[:HAS_TASK]-(d:Document)
    RETURN d
    UNION ALL
    WITH $place AS place WHERE place IS NOT NULL AND $task IS NULL
    MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document)
    RETURN d
    UNION ALL
    WITH $function AS function WHERE function IS NOT NULL AND coalesce($task, $place) IS NULL
    MATCH (:Function {id: function})<-[:PERFORMS]-(:Agency)-[:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document)
    RETURN DISTINCT d
    UNION ALL
    WITH 1 AS all WHERE coalesce($task, $place, $function) IS NULL
    MATCH (d:Document)
    RETURN d
  }
  WITH d
  WHERE d.loaded = true
    AND ($year IS NULL OR d.year = $year)
    AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
    AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
    AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
  WITH d, p
  WHERE $level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) })
  RETURN d.id AS id, coalesce(p.id, '-') AS code
  UNION
  UNWIND $documents AS id
  RETURN id, '' AS code
}
// in parts: documents by code, id
MATCH (d:Document {id: id})
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH d, p
WHERE ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
MATCH (d)-[:HAS_TASK]->(t:Task)
WHERE ($task IS NULL OR t.id = $task)
  AND ($function IS NULL OR EXISTS { (t)<-[:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(:Function {id: $function}) })
MATCH (t)-[r:SIMILAR_TO]-(o:Task)<-[:HAS_TASK]-(e:Document)
WHERE e.loaded = true
  AND r.score >= $min_score
  AND ($same IS NULL OR r.same = $same)
OPTIONAL MATCH (e)-[:CONCERNS]->(q:Place)
WITH d, t, r, o, e, p, q, coalesce(p.id <> q.id, false) AS across_places
WHERE $across = 'documents' OR across_places
RETURN r.score AS score, r.same AS same, across_places,
       p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id,
       t.number AS task_number, t.title AS task, t.id AS task_id, t.text AS quote, t.start AS start, t.end AS end,
       q.name AS other_place, q.id AS other_place_code, e.title AS other_document, e.id AS other_document_id,
       o.number AS other_task_number, o.title AS other_task, o.id AS other_task_id,
       o.text AS other_quote, o.start AS other_start, o.end AS other_end
ORDER BY coalesce(p.id, '-'), d.id, t.order, t.id, score DESC, o.id
