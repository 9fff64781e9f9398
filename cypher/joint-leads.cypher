// Which tasks have more than one unit that leads them (联合牵头)?
// GET /tasks/joint-leads
// param basis: clause|narrative|default[] = [clause]  -- what counts as naming a lead: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what counts: must (应当), must not (不得)
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only documents for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns place: text?  -- the place the document is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns doc_number: text?  -- its 文号; 例 长政办发〔2022〕14号
// returns task_number: text?  -- the task's number as printed; 例 （一）
// returns task: text?  -- the task's title; 例 全面推行行政执法公示制度
// returns task_id: text  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns number_of_leads: integer  -- how many units lead it; 例 2
// returns leads: {agency: text, agency_id: text, collective: boolean, basis: text, quote: text, start: integer, end: integer}[]  -- the units that lead it (牵头), such as 长治市司法局, in the order of the text
// example --place 长治市
// :param {basis: ['clause'], modality: ['must'], place: '140400', level: null, year: null, issued_from: null, issued_to: null, review: null, most: 500}

CALL () {
  WITH $place AS place WHERE place IS NOT NULL
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(p:Place)<-[:CONCERNS]-(d:Document)
  RETURN d, p
  UNION ALL
  WITH $place AS place WHERE place IS NULL
  MATCH (d:Document)
  OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
  RETURN d, p
}
WITH d, p
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  AND ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
MATCH (d)-[:HAS_TASK]->(t:Task)<-[r:LEADS]-(a:Agency)
WHERE r.basis IN $basis AND r.modality IN $modality
WITH d, p, t, count(DISTINCT a) AS number_of_leads
WHERE number_of_leads > 1
WITH d, p, t, number_of_leads
ORDER BY coalesce(p.id, '-'), d.id, t.order, t.id LIMIT $most
RETURN p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, d.doc_number AS doc_number,
       t.number AS task_number, t.title AS task, t.id AS task_id, number_of_leads,
       COLLECT {
         MATCH (t)<-[r:LEADS]-(a:Agency) WHERE r.basis IN $basis AND r.modality IN $modality
         RETURN {agency: a.name, agency_id: a.id, collective: a:Collective, basis: r.basis, quote: r.quote, start: r.start, end: r.end}
         ORDER BY r.start, a.id, r.basis
       } AS leads
ORDER BY coalesce(p.id, '-'), d.id, t.order, t.id
