// 一段时间内哪些事到期：时限、任务，谁牵头、谁配合
// :param {due_from: '2022-07-01', due_to: '2022-12-31', inherited: true, kind: null, agency: null, function: null, q: null, place: null, level: null, year: null, issued_from: null, issued_to: null, review: null}

MATCH due = (d:Document)-[:HAS_TASK]->{0,1}(bound:Task|Document)-[of:DUE]->(x:Deadline)
WHERE d.loaded = true
  AND ($inherited OR NOT of.inherited)
  AND ($due_from IS NULL OR x.due_on >= $due_from)
  AND ($due_to IS NULL OR x.due_on <= $due_to)
  AND ($kind IS NULL OR x.kind IN $kind)
  AND ($q IS NULL OR all(word IN $q WHERE bound.words CONTAINS word))
  AND ($agency IS NULL OR EXISTS { (bound)<-[:LEADS|PARTICIPATES]-(:Agency {id: $agency}) })
  AND ($function IS NULL OR EXISTS { (bound)<-[:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(:Function {id: $function}) })
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH due, bound, p
WHERE ($level IS NULL OR p.level = $level)
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
OPTIONAL MATCH duty = (bound)<-[:LEADS|PARTICIPATES]-(:Agency)
RETURN due, duty
