// 没有点名也要做什么：各县区、市直各部门等统称带来的任务
// :param {agency: null, place_code: '140406', role: null, basis: null, modality: null, year: null, issued_from: null, issued_to: null, review: null}

MATCH duty = (c:Collective)-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document)
WHERE d.loaded = true
  AND c.binds = 'all'
  AND ($agency IS NULL OR EXISTS { (:Agency {id: $agency})-[:MEMBER_OF]->(c) })
  AND ($place_code IS NULL
       OR (CASE WHEN $place_code ENDS WITH '0000' THEN 'province' WHEN $place_code ENDS WITH '00' THEN 'city' ELSE 'county' END
           + ' government' IN c.members
           AND (c.level = 'nation'
                OR EXISTS { (c)-[:IN]->(p:Place) WHERE p.id IN [left($place_code, 2) + '0000', left($place_code, 4) + '00', $place_code] })))
  AND ($role IS NULL OR type(r) = $role)
  AND ($basis IS NULL OR r.basis IN $basis)
  AND ($modality IS NULL OR r.modality IN $modality)
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH member = (:Agency {id: $agency})-[:MEMBER_OF]->(c)
OPTIONAL MATCH due = (t)-[:DUE]->(:Deadline)
RETURN duty, member, due
