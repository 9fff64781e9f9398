// Which principles (基本原则) do the documents state, and which other places state the same one in the same words?
// GET /principles
// param q: text = null  -- any part of its words; 例 需求导向
// param shared: boolean = null  -- true: only those that another document states too; false: only those that none does
// param documents: document[] = null  -- only these documents, by id, 文号 or title; 例 长政办发〔2022〕14号
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only documents for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns place: text?  -- the place the document is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns principle_id: text  -- the principle's id
// returns shared_with: {place: text?, place_code: text?, document: text?, document_id: text}[]  -- the other documents that state it too
// returns quote: text  -- its words; 例 坚持需求导向
// returns start: integer  -- the quote's first code point in the source's text; 例 512
// returns end: integer  -- one past its last; 例 518
// example --q 坚持
// :param {q: '坚持', shared: null, documents: null, place: null, level: null, year: null, issued_from: null, issued_to: null, review: null}

WITH COLLECT { MATCH (:Place {id: $place})<-[:PART_OF]-{0,3}(x:Place) RETURN x.id } AS within
CALL (within) {
  WITH within WHERE $documents IS NULL
  MATCH (n:Principle)<-[:STATES]-(d:Document)
  WHERE d.loaded = true
    AND ($q IS NULL OR n.text CONTAINS $q)
    AND ($year IS NULL OR d.year = $year)
    AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
    AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
    AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
  WITH within, d, p
  WHERE ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
    AND ($place IS NULL OR p.id IN within)
  RETURN DISTINCT d.id AS id, coalesce(p.id, '-') AS code
  UNION
  UNWIND $documents AS id
  RETURN id, '' AS code
}
// in parts: documents by code, id
WITH within, id
MATCH (d:Document {id: id})-[:STATES]->(n:Principle)
WHERE d.loaded = true
  AND ($q IS NULL OR n.text CONTAINS $q)
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH within, d, n, p
WHERE ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
  AND ($place IS NULL OR p.id IN within)
// Who states the same words once, however many of these documents do.
WITH n.text AS text, collect({d: d, n: n, p: p}) AS rows
WITH rows, COLLECT {
       MATCH (m:Principle {text: text})<-[:STATES]-(o:Document) WHERE o.loaded = true
       OPTIONAL MATCH (o)-[:CONCERNS]->(q:Place)
       WITH DISTINCT o, q
       RETURN {place: q.name, place_code: q.id, document: o.title, document_id: o.id} ORDER BY coalesce(q.id, '-'), o.id
     } AS sharing
UNWIND rows AS row
WITH row.d AS d, row.n AS n, row.p AS p, [other IN sharing WHERE other.document_id <> row.d.id] AS shared_with
WHERE $shared IS NULL OR $shared = (size(shared_with) > 0)
RETURN p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, n.id AS principle_id, shared_with,
       n.text AS quote, n.start AS start, n.end AS end
ORDER BY coalesce(p.id, '-'), d.id, n.order, n.id
