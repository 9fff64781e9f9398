// What binds one unit without naming it: tasks of collectives (各县区人民政府, 市直各部门, 全省各级政府及其工作部门) that all of its rank belong to? One row per task, role and basis.
// GET /obligations/through-collectives
// Only collectives that bind all their members (各, 全) count; 有关部门 and the like bind some, and nobody can tell here which.
// These rows are in no other answer about the unit: add them knowingly.
// param agency: agency = null  -- the unit's id or full name; 例 綦江区司法局
// param place_code: code = null  -- the GB/T 2260 code of a place whose government is asked about, named by a document or not; 例 140406
// param role: LEADS|PARTICIPATES = null  -- LEADS (牵头) or PARTICIPATES (配合); both if left out
// param basis: clause|narrative|default[] = null  -- how we know it: clause (责任条款), narrative (正文表述), default (统一规定); all if left out
// param modality: must|must not[] = null  -- must (应当) or must not (不得); both if left out
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns collective: text  -- the collective that the unit is a member of; 例 长治市各县区人民政府
// returns collective_id: text  -- its id; 例 140400:*各县区人民政府
// returns role: LEADS|PARTICIPATES  -- LEADS (牵头) or PARTICIPATES (配合); 例 PARTICIPATES
// returns basis: clause|narrative|default  -- how we know it; 例 clause
// returns modality: must|must not  -- whether it is to be done (应当) or not to be done (不得); 例 must
// returns rule: text  -- the name of the rule that read it, empty where a person added it; 例 clause-bracket
// returns task_number: text?  -- the task's number as printed; 例 （一）
// returns task: text?  -- the task's title; 例 全面推行行政执法公示制度
// returns task_id: text  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns doc_number: text?  -- its 文号; 例 长政办发〔2022〕14号
// returns year: integer?  -- the year it is about; 例 2022
// returns deadlines: {quote: text, kind: by|period|recurring|within, due_on: date?, start_on: date?, every: text?, within: text?, start: integer, end: integer, inherited: boolean}[]  -- its time limits; inherited: it has none of its own but its document's
// returns clause: text?  -- the whole clause, or in running text the sentence, that it stands in; 例 （市司法局牵头，各县区人民政府配合）
// returns quote: text  -- the words that name the collective; 例 各县区人民政府
// returns start: integer  -- the quote's first code point in the source's text; 例 1024
// returns end: integer  -- one past its last; 例 1031
// returns mentions: integer  -- how often it is said; 例 1
// example --place-code 140406
// :param {agency: null, place_code: '140406', role: null, basis: null, modality: null, year: null, issued_from: null, issued_to: null, review: null}

MATCH (c:Collective)-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document)
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
RETURN c.name AS collective, c.id AS collective_id, type(r) AS role, r.basis AS basis, r.modality AS modality, r.rule AS rule,
       t.number AS task_number, t.title AS task, t.id AS task_id,
       d.title AS document, d.id AS document_id, d.doc_number AS doc_number, d.year AS year,
       COLLECT {
         MATCH (t)-[due:DUE]->(x:Deadline)
         RETURN x {.quote, .kind, .due_on, .start_on, .every, .within, .start, .end, inherited: due.inherited} ORDER BY x.start, x.id
       } AS deadlines,
       r.clause AS clause, r.quote AS quote, r.start AS start, r.end AS end, r.mentions AS mentions
ORDER BY d.id, t.order, t.id, collective_id, role, basis
