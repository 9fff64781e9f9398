// 哪些任务由几个单位联合牵头
// :param {basis: ['clause'], modality: ['must'], place: '430400', level: null, year: null, issued_from: null, issued_to: null, review: null}

MATCH (d:Document)-[:HAS_TASK]->(t:Task)<-[r:LEADS]-(a:Agency)
WHERE d.loaded = true
  AND r.basis IN $basis AND r.modality IN $modality
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
WITH d, t, count(DISTINCT a) AS number_of_leads
WHERE number_of_leads > 1
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH d, t, p
WHERE ($level IS NULL OR p.level = $level)
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
MATCH lead = (d)-[:HAS_TASK]->(t)<-[r:LEADS]-(:Agency) WHERE r.basis IN $basis AND r.modality IN $modality
RETURN lead
