// Who cites a document, held or not, and in which words? One row per citing document.
// GET /citations/by
// The document is given by any part of its title or its 文号, for one that is only cited has no page of its own; see cited-documents.
// param cited: text  -- the cited document: its id, or any part of its title or 文号; 例 国办发〔2019〕54号
// param place: place = null  -- only citing documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only citing documents for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only citing documents about this year; 例 2022
// param issued_from: date = null  -- only citing documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only citing documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns cited: text?  -- the cited document's title; 例 国务院办公厅通知
// returns cited_id: text  -- its id; 例 cited:国办发〔2019〕54号
// returns cited_number: text?  -- its 文号; 例 国办发〔2019〕54号
// returns loaded: boolean  -- whether it is held itself; 例 false
// returns place: text?  -- the place that the citing document is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the citing document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns doc_number: text?  -- its 文号; 例 长政办发〔2022〕14号
// returns issued_on: date?  -- 成文日期; 例 2022-03-15
// returns task_number: text?  -- the innermost task in which it is cited, as printed; null where that is outside all tasks; 例 （一）
// returns task: text?  -- the task's title; 例 全面推行行政执法公示制度
// returns task_id: text?  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns quote: text  -- the first words that cite it; 例 执法公示
// returns start: integer  -- the quote's first code point in the source's text; 例 1024
// returns end: integer  -- one past its last; 例 1031
// returns page: integer?  -- the page of a PDF on which the quote begins, from 1; null for other files; 例 3
// example --cited 国办发〔2019〕54号
// :param {cited: '国办发〔2019〕54号', place: null, level: null, year: null, issued_from: null, issued_to: null, review: null}

// From the document where its id is given, else from the place, else from all that are cited.
CALL () {
  MATCH (o:Document {id: $cited})<-[c:CITES]-(d:Document)
  RETURN d, c, o
  UNION ALL
  WITH $place AS place WHERE place IS NOT NULL AND NOT EXISTS { (:Document {id: $cited}) }
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document)-[c:CITES]->(o:Document)
  WHERE o.title CONTAINS $cited OR o.doc_number CONTAINS $cited OR c.title CONTAINS $cited
  RETURN d, c, o
  UNION ALL
  WITH 1 AS all WHERE $place IS NULL AND NOT EXISTS { (:Document {id: $cited}) }
  MATCH (d:Document)-[c:CITES]->(o:Document)
  WHERE o.title CONTAINS $cited OR o.doc_number CONTAINS $cited OR c.title CONTAINS $cited
  RETURN d, c, o
}
WITH d, c, o
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
OPTIONAL MATCH (d)-[:FROM]->(s:Source)
// pages, not the source: its text would be held with every row that is sorted.
WITH d, c, o, p, s.pages AS pages
WHERE ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
WITH d, c, o, p, pages, COLLECT {
       MATCH (d)-[:HAS_TASK]->(t:Task) WHERE t.start <= c.start AND c.end <= t.end
       RETURN t ORDER BY t.end - t.start, t.id
     }[0] AS t
RETURN o.title AS cited, o.id AS cited_id, o.doc_number AS cited_number, o.loaded AS loaded,
       p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, d.doc_number AS doc_number,
       d.issued_on AS issued_on, t.number AS task_number, t.title AS task, t.id AS task_id,
       c.quote AS quote, c.start AS start, c.end AS end,
       CASE WHEN size(pages) > 0 THEN size([start IN pages WHERE start <= c.start]) END AS page
ORDER BY o.id, coalesce(p.id, '-'), d.id, c.start
