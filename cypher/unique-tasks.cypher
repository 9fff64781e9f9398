// What does one place do that no other place held here, or none of those it is compared with, does: which tasks are like none of theirs, as far as their words tell?
// GET /tasks/unique
// It depends on what is held: the more documents of one kind, the more it says. Only tasks proper are compared; documents whose place is not known count for no place.
// No likeness below the threshold is held, so that the nearest miss is the likest task that does not count: of a place not compared with, of the same place, or of none.
// param place: place = null  -- only tasks of documents for this place and those below it, by code or name; 例 长治市
// param against: place[] = null  -- the places to compare with, each with those below it, by code or name; all others if left out; 例 衡阳市
// param basis: clause|narrative|default[] = null  -- which units to show and to look for: clause (责任条款), narrative (正文表述), default (统一规定); all if left out
// param modality: must|must not[] = [must]  -- the same: must (应当), must not (不得)
// param level: province|city|county = null  -- only tasks of documents for a place of this level
// param function: function = null  -- only tasks that a unit of this line of work (条线) leads or takes part in; 例 司法局
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns place: text  -- the place the document is made for; 例 长治市
// returns place_code: text  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns task_number: text?  -- the task's number as printed; 例 （一）
// returns task: text?  -- the task's title; 例 全面推行行政执法公示制度
// returns task_id: text  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns headings: text[]  -- the titles above it, outermost first
// returns leads: {agency: text, agency_id: text, basis: text, quote: text, start: integer, end: integer}[]  -- the units that lead it (牵头), such as 长治市司法局
// returns compared: integer  -- with how many other places it was compared: those for which documents with such tasks are held; 例 4
// returns nearest: {score: integer, task: text?, task_id: text, place: text?, document: text?, document_id: text}?  -- the nearest miss, with how alike it is in percent; null where no likeness is held
// returns quote: text?  -- the task's words
// returns start: integer  -- their first code point in the source's text; 例 1024
// returns end: integer  -- one past the last; 例 1096
// example --place 长治市
// :param {place: '140400', against: null, basis: null, modality: ['must'], level: null, function: null, year: null, issued_from: null, issued_to: null, review: null}

WITH COLLECT { MATCH (y:Place)<-[:PART_OF]-{0,3}(x:Place) WHERE y.id IN $against RETURN DISTINCT x.id } AS among
WITH among, COLLECT {
       MATCH (q:Place)
       WHERE ($against IS NULL OR q.id IN among)
         AND EXISTS { MATCH (q)<-[:CONCERNS]-(e:Document)-[:HAS_TASK]->(:Task {kind: 'task'}) WHERE e.loaded = true }
       RETURN q.id
     } AS others
MATCH (p:Place)<-[:CONCERNS]-(d:Document)-[:HAS_TASK]->(t:Task)
WHERE d.loaded = true
  AND t.kind = 'task'
  AND ($level IS NULL OR p.level = $level)
  AND ($function IS NULL OR EXISTS {
        MATCH (t)<-[r:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(:Function {id: $function})
        WHERE ($basis IS NULL OR r.basis IN $basis) AND r.modality IN $modality
      })
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
WITH others, p, d, t
WHERE ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
  AND NOT EXISTS {
        MATCH (t)-[:SIMILAR_TO]-(:Task)<-[:HAS_TASK]-(e:Document)-[:CONCERNS]->(q:Place) WHERE e.loaded = true AND q.id <> p.id AND q.id IN others
      }
RETURN p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id,
       t.number AS task_number, t.title AS task, t.id AS task_id, t.headings AS headings,
       COLLECT {
         MATCH (t)<-[r:LEADS]-(a:Agency) WHERE ($basis IS NULL OR r.basis IN $basis) AND r.modality IN $modality
         RETURN {agency: a.name, agency_id: a.id, basis: r.basis, quote: r.quote, start: r.start, end: r.end}
         ORDER BY r.start, a.id, r.basis
       } AS leads,
       size([other IN others WHERE other <> p.id]) AS compared,
       COLLECT {
         MATCH (t)-[r:SIMILAR_TO]-(o:Task)<-[:HAS_TASK]-(e:Document) WHERE e.loaded = true
         OPTIONAL MATCH (e)-[:CONCERNS]->(q:Place)
         RETURN {score: r.score, task: o.title, task_id: o.id, place: q.name, document: e.title, document_id: e.id}
         ORDER BY r.score DESC, o.id
       }[0] AS nearest,
       t.text AS quote, t.start AS start, t.end AS end
ORDER BY place_code, d.id, t.order, t.id
