// 文件提出了哪些基本原则
// :param {q: null, shared: null, documents: null, place: null, level: null, year: null, issued_from: null, issued_to: null, review: null}

MATCH states = (d:Document)-[:STATES]->(n:Principle)
WHERE d.loaded = true
  AND ($q IS NULL OR n.text CONTAINS $q)
  AND ($shared IS NULL OR $shared = EXISTS {
        MATCH (m:Principle {text: n.text})<-[:STATES]-(o:Document) WHERE o.loaded = true AND o.id <> d.id
      })
  AND ($documents IS NULL OR d.id IN $documents)
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH concerns = (d)-[:CONCERNS]->(p:Place)
WITH states, concerns, p
WHERE ($level IS NULL OR p.level = $level)
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
RETURN states, concerns
