// 一个单位和谁一起做：共同承担的任务，谁牵头、谁配合
// :param {agency: '140400:司法局', basis: ['clause'], modality: ['must'], collective: null, year: null, issued_from: null, issued_to: null, review: null}

MATCH shared = (:Agency {id: $agency})-[r:LEADS|PARTICIPATES]->(t:Task)<-[s:LEADS|PARTICIPATES]-(b:Agency)
WHERE b.id <> $agency
  AND r.basis IN $basis AND r.modality IN $modality
  AND s.basis IN $basis AND s.modality IN $modality
  AND ($collective IS NULL OR b:Collective = $collective)
MATCH (d:Document)-[:HAS_TASK]->(t)
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
RETURN shared
