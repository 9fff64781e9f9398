// Which documents are held, from whom, for which place, and what do they cite?
// GET /documents
// param q: text = null  -- any part of the title or 文号; 例 工作要点
// param document: document = null  -- only this document, by id, 文号 or exact title; 例 长政办发〔2022〕14号
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only documents for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns place: text?  -- the place it is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- its title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns doc_number: text?  -- its 文号; 例 长政办发〔2022〕14号
// returns issuers: text[]?  -- who signed it, as printed, such as 长治市司法局
// returns issued_on: date?  -- 成文日期; 例 2022-03-15
// returns published_on: date?  -- 发布日期; 例 2022-03-20
// returns index_number: text?  -- 索引号
// returns status: text?  -- 有效性 as the source gives it; 例 有效
// returns year: integer?  -- the year it is about; 例 2022
// returns tasks: integer  -- how many tasks it sets; 例 31
// returns no_duties: boolean?  -- whether it demands nothing of anybody; 例 false
// returns deadlines: {quote: text, kind: by|period|recurring|within, due_on: date?, start_on: date?, every: text?, within: text?, start: integer, end: integer}[]  -- time limits for the document as a whole
// returns cites: {document: text?, doc_number: text?, document_id: text, loaded: boolean, quote: text, start: integer, end: integer}[]  -- the documents it cites; loaded: whether they are held too
// returns review: unchecked|checking|checked  -- how far people have checked it: 未核, 核对中 or 已核; 例 checked
// returns reviewed_by: text?  -- who last said so; 例 王
// returns reviewed_on: date?  -- when; 例 2026-01-05
// returns source: text?  -- the file it stands in; 例 changzhi-2022-governance.txt
// returns source_id: text?  -- the file's sha256
// returns loaded_at: text?  -- when that file was loaded, ISO 8601; 例 2022-04-01T08:00:00+00:00
// example --place 长治市
// :param {q: null, document: null, place: '140400', level: null, year: null, issued_from: null, issued_to: null, review: null, most: 500}

// From the document, or the place and those below it, where one is asked for.
CALL () {
  WITH $document AS document WHERE document IS NOT NULL
  MATCH (d:Document {id: document})
  RETURN d
  UNION ALL
  WITH $place AS place WHERE place IS NOT NULL AND $document IS NULL
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document)
  RETURN d
  UNION ALL
  WITH 1 AS all WHERE coalesce($document, $place) IS NULL
  MATCH (d:Document)
  RETURN d
}
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH d, p
WHERE d.loaded = true
  AND ($q IS NULL OR d.title CONTAINS $q OR d.doc_number CONTAINS $q)
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  AND ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
WITH d, p
ORDER BY coalesce(p.id, '-'), d.id LIMIT $most
OPTIONAL MATCH (d)-[:FROM]->(s:Source)
RETURN p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, d.doc_number AS doc_number,
       d.issuers AS issuers, d.issued_on AS issued_on, d.published_on AS published_on, d.index_number AS index_number,
       d.status AS status, d.year AS year, COUNT { (d)-[:HAS_TASK]->(:Task) } AS tasks, d.no_duties AS no_duties,
       COLLECT {
         MATCH (d)-[:DUE]->(x:Deadline)
         RETURN x {.quote, .kind, .due_on, .start_on, .every, .within, .start, .end} ORDER BY x.start, x.id
       } AS deadlines,
       COLLECT {
         MATCH (d)-[c:CITES]->(o:Document)
         RETURN {document: o.title, doc_number: o.doc_number, document_id: o.id, loaded: o.loaded,
                 quote: c.quote, start: c.start, end: c.end}
         ORDER BY c.start, o.id
       } AS cites,
       coalesce(d.review, 'unchecked') AS review, d.reviewed_by AS reviewed_by, d.reviewed_on AS reviewed_on,
       s.name AS source, s.id AS source_id, s.loaded_at AS loaded_at
ORDER BY coalesce(p.id, '-'), d.id
