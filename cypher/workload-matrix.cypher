// Which unit has how many tasks in which document: units × documents? One row per unit, with its documents as a list.
// GET /workload/matrix
// Tasks are counted once; one that the unit both leads and takes part in counts as led. A document without a task for the unit is not in its list.
// Collectives (各县区人民政府 and the like) are rows of their own and are in no other row.
// param basis: clause|narrative|default[] = [clause]  -- what to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what to count: must (应当), must not (不得)
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param document: document = null  -- only this document, by id, 文号 or title; 例 长政办发〔2022〕14号
// param function: function = null  -- only units of this line of work (条线); 例 司法局
// param level: nation|province|city|county|town = null  -- only units of this level
// param collective: boolean = null  -- true: only collectives; false: only single units; both if left out
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns place: text?  -- the unit's place; null for national bodies; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns agency: text  -- the unit's full name; 例 长治市司法局
// returns agency_id: text  -- its id; 例 140400:司法局
// returns collective: boolean  -- whether it is many units named as one; 例 false
// returns leads: integer  -- tasks it leads (牵头) in all these documents; 例 9
// returns participates: integer  -- tasks it takes part in only (配合); 例 3
// returns tasks: integer  -- both together; 例 12
// returns documents: {document: text?, document_id: text, year: integer?, leads: integer, participates: integer}[]  -- the cells of its row
// example --place 长治市
// :param {basis: ['clause'], modality: ['must'], place: '140400', document: null, function: null, level: null, collective: null, year: null, issued_from: null, issued_to: null, review: null}

CALL () {
  WITH $document AS document WHERE document IS NOT NULL
  MATCH (d:Document {id: document})
  RETURN d
  UNION ALL
  WITH $place AS place WHERE place IS NOT NULL AND $document IS NULL
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document)
  RETURN d
  UNION ALL
  WITH 1 AS all WHERE coalesce($document, $place) IS NULL
  MATCH (d:Document)
  RETURN d
}
WITH d
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  AND ($place IS NULL OR EXISTS { (d)-[:CONCERNS]->(:Place)-[:PART_OF]->{0,3}(:Place {id: $place}) })
MATCH (d)-[:HAS_TASK]->(t:Task)<-[r:LEADS|PARTICIPATES]-(a:Agency)
WHERE r.basis IN $basis
  AND r.modality IN $modality
  AND ($collective IS NULL OR a:Collective = $collective)
  AND ($function IS NULL OR EXISTS { (a)-[:PERFORMS]->(:Function {id: $function}) })
  AND ($level IS NULL OR a.level = $level)
WITH a, d, t, max(CASE type(r) WHEN 'LEADS' THEN 1 ELSE 0 END) AS led
WITH a, d, sum(led) AS leads, count(t) AS tasks
WITH a, sum(leads) AS leads, sum(tasks) AS tasks,
     collect({document: d.title, document_id: d.id, year: d.year, leads: leads, participates: tasks - leads}) AS cells
OPTIONAL MATCH (a)-[:IN]->(p:Place)
RETURN p.name AS place, p.id AS place_code, a.name AS agency, a.id AS agency_id, a:Collective AS collective,
       leads, tasks - leads AS participates, tasks,
       COLLECT { UNWIND cells AS cell RETURN cell ORDER BY cell.document_id } AS documents
ORDER BY coalesce(p.id, '-'), collective, tasks DESC, leads DESC, agency_id
