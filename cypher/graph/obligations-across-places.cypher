// 一个条线在各地要做什么：哪些单位，牵头还是配合
// :param {function: '司法局', q: null, role: null, basis: null, modality: null, place: null, level: null, year: null, issued_from: null, issued_to: null, review: null, due_before: null}

MATCH duty = (d:Document)-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency)-[:PERFORMS]->(:Function {id: $function})
WHERE d.loaded = true
  AND ($role IS NULL OR type(r) = $role)
  AND ($q IS NULL OR all(word IN $q WHERE t.words CONTAINS word))
  AND ($basis IS NULL OR r.basis IN $basis)
  AND ($modality IS NULL OR r.modality IN $modality)
  AND ($level IS NULL OR a.level = $level)
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  AND ($due_before IS NULL OR EXISTS { MATCH (t)-[:DUE]->(x:Deadline) WHERE x.due_on <= $due_before })
OPTIONAL MATCH seat = (a)-[:IN]->(p:Place)
WITH duty, t, seat, p
WHERE $place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) }
OPTIONAL MATCH due = (t)-[:DUE]->(:Deadline)
RETURN duty, seat, due
