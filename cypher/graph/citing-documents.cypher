// 谁引用了一份文件：哪地的哪份文件，在哪项任务里
// :param {cited: '国办发〔2019〕54号', place: null, level: null, year: null, issued_from: null, issued_to: null, review: null}

WITH COLLECT { MATCH (:Place {id: $place})<-[:PART_OF]-{0,3}(below:Place) RETURN below.id } AS places
MATCH cites = (d:Document)-[c:CITES]->(o:Document)
WHERE d.loaded = true
  AND (o.id = $cited OR o.title CONTAINS $cited OR o.doc_number CONTAINS $cited OR c.title CONTAINS $cited)
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH concerns = (d)-[:CONCERNS]->(p:Place)
WITH d, c, cites, concerns, p, places
WHERE ($level IS NULL OR p.level = $level)
  AND ($place IS NULL OR p.id IN places)
WITH d, cites, concerns, COLLECT {
       MATCH (d)-[:HAS_TASK]->(t:Task) WHERE t.start <= c.start AND c.end <= t.end
       RETURN t ORDER BY t.end - t.start, t.id
     }[0] AS t
OPTIONAL MATCH inside = (d)-[:HAS_TASK]->(i:Task) WHERE i.id = t.id
RETURN cites, concerns, inside
