// 有哪些文件：谁印发，适用于哪里，引用了什么
// :param {q: null, document: null, place: null, level: null, year: null, issued_from: null, issued_to: null, review: null}

MATCH (d:Document)
WHERE d.loaded = true
  AND ($q IS NULL OR d.title CONTAINS $q OR d.doc_number CONTAINS $q)
  AND ($document IS NULL OR d.id = $document)
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH concerns = (d)-[:CONCERNS]->(p:Place)
WITH d, concerns, p
WHERE ($level IS NULL OR p.level = $level)
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
OPTIONAL MATCH issued = (:Agency)-[:ISSUED]->(d)
OPTIONAL MATCH due = (d)-[:DUE]->(:Deadline)
OPTIONAL MATCH cites = (d)-[:CITES]->(:Document)
RETURN d, concerns, issued, due, cites
