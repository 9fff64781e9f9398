// 各地做的同一件事：文字相近的任务，出自哪些文件
// :param {task: null, documents: null, across: 'places', same: null, min_score: 0, place: null, level: null, function: null, year: null, issued_from: null, issued_to: null, review: null}

MATCH alike = (d:Document)-[:HAS_TASK]->(t:Task)-[r:SIMILAR_TO]-(:Task)<-[:HAS_TASK]-(e:Document)
WHERE d.loaded = true
  AND e.loaded = true
  AND ($task IS NULL OR t.id = $task)
  AND ($documents IS NULL OR d.id IN $documents)
  AND r.score >= $min_score
  AND ($same IS NULL OR r.same = $same)
  AND ($function IS NULL OR EXISTS { (t)<-[:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(:Function {id: $function}) })
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
OPTIONAL MATCH (e)-[:CONCERNS]->(q:Place)
WITH alike, p, q
WHERE ($across = 'documents' OR p.id <> q.id)
  AND ($level IS NULL OR p.level = $level)
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
RETURN alike
