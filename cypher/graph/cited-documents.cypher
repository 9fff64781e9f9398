// 各地文件依据、引用了哪些文件
// :param {place: null, level: null, document: null, loaded: null, year: null, issued_from: null, issued_to: null, review: null}

WITH COLLECT { MATCH (:Place {id: $place})<-[:PART_OF]-{0,3}(below:Place) RETURN below.id } AS places
MATCH cites = (d:Document)-[:CITES]->(o:Document)
WHERE d.loaded = true
  AND ($document IS NULL OR d.id = $document)
  AND ($loaded IS NULL OR o.loaded = $loaded)
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH concerns = (d)-[:CONCERNS]->(p:Place)
WITH cites, concerns, p, places
WHERE ($level IS NULL OR p.level = $level)
  AND ($place IS NULL OR p.id IN places)
RETURN cites, concerns
