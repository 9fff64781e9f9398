// Which units answer for (牵头) or take part in (配合) the work of one line (条线), in every place? One row per unit, task, role and basis.
// GET /obligations
// param function: function  -- the line of work, the same in every place and at every level; 例 司法局
// param q: words = null  -- only tasks whose title or text holds all these words; 例 政务公开
// param role: LEADS|PARTICIPATES = null  -- LEADS (牵头) or PARTICIPATES (配合); both if left out
// param basis: clause|narrative|default[] = null  -- how we know it: clause (责任条款), narrative (正文表述), default (统一规定); all if left out
// param modality: must|must not[] = null  -- must (应当) or must not (不得); both if left out
// param place: place = null  -- only units of this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county|town = null  -- only units of this level
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// param due_before: date = null  -- only tasks with a time limit on this day or earlier; 例 2022-12-31
// returns place: text?  -- the unit's place; null for national bodies; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns agency: text  -- the unit's full name; 例 长治市司法局
// returns agency_id: text  -- its id; 例 140400:司法局
// returns role: LEADS|PARTICIPATES  -- LEADS (牵头) or PARTICIPATES (配合); 例 LEADS
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
// returns clause: text?  -- the whole clause, or in running text the sentence, that it stands in; 例 （市司法局牵头，市财政局配合）
// returns quote: text  -- the words that name the unit; 例 市司法局
// returns start: integer  -- the quote's first code point in the source's text; 例 1024
// returns end: integer  -- one past its last; 例 1028
// returns page: integer?  -- the page of a PDF on which the quote begins, from 1; null for other files; 例 3
// returns mentions: integer  -- how often it is said; 例 1
// returns corrected: text?  -- why a person corrected this row; null where it is as the rules read it; 例 不是责任单位 (2026-01-05)
// example --function 司法局 --role LEADS --basis clause
// :param {function: '司法局', q: null, role: 'LEADS', basis: ['clause'], modality: null, place: null, level: null, year: null, issued_from: null, issued_to: null, review: null, due_before: null, most: 500}

MATCH (:Function {id: $function})<-[:PERFORMS]-(a:Agency)-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document)
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
OPTIONAL MATCH (a)-[:IN]->(p:Place)
WITH d, t, r, a, p
WHERE $place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) }
WITH d, t, r, a, p
ORDER BY coalesce(p.id, '-'), d.id, t.order, t.id, a.id, type(r), r.basis LIMIT $most
OPTIONAL MATCH (d)-[:FROM]->(s:Source)
// pages, not the source: its text would be held with every row that is sorted.
WITH d, t, r, a, p, s.pages AS pages
RETURN p.name AS place, p.id AS place_code, a.name AS agency, a.id AS agency_id, type(r) AS role, r.basis AS basis, r.modality AS modality, r.rule AS rule,
       t.number AS task_number, t.title AS task, t.id AS task_id,
       d.title AS document, d.id AS document_id, d.doc_number AS doc_number, d.year AS year,
       COLLECT {
         MATCH (t)-[due:DUE]->(x:Deadline)
         RETURN x {.quote, .kind, .due_on, .start_on, .every, .within, .start, .end, inherited: due.inherited} ORDER BY x.start, x.id
       } AS deadlines,
       r.clause AS clause, r.quote AS quote, r.start AS start, r.end AS end,
       CASE WHEN size(pages) > 0 THEN size([start IN pages WHERE start <= r.start]) END AS page,
       r.mentions AS mentions, r.corrected AS corrected
ORDER BY coalesce(p.id, '-'), d.id, t.order, t.id, a.id, role, basis
