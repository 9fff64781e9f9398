// Who must do what, by when, and where does it say so? The whole 责任清单: one row per task, with all its units.
// GET /ledger
// As .xlsx it is a workbook for a meeting: all tasks, a summary with a chart, and a sheet per unit.
// param document: document = null  -- only this document, by id, 文号 or exact title; 例 长政办发〔2022〕14号
// param agency: agency = null  -- only tasks that this unit leads or takes part in, by id or full name; 例 长治市司法局
// param function: function = null  -- only tasks of a unit of this line of work (条线); 例 司法局
// param q: words = null  -- only tasks whose title or text holds all these words; 例 政务公开
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only documents for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// param today: date = today  -- the day up to which reports count; 例 2022-12-31
// param kind: task|safeguard|step|general[] = null  -- only these kinds: task, safeguard (保障措施), step (实施步骤), general; all if left out
// returns place: text?  -- the place the document is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns doc_number: text?  -- its 文号; 例 长政办发〔2022〕14号
// returns review: unchecked|checking|checked  -- how far people have checked that document: 未核, 核对中 or 已核; 例 checked
// returns task_number: text?  -- the task's number as printed; 例 （一）
// returns task: text?  -- its title; 例 全面推行行政执法公示制度
// returns task_id: text  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns kind: task|safeguard|step|general  -- what kind of task it is; 例 task
// returns headings: text[]  -- the titles above it, outermost first
// returns leads: {agency: text, agency_id: text, collective: boolean, basis: text, modality: must|must not, clause: text?, quote: text, start: integer, end: integer}[]  -- the units that lead it (牵头), such as 长治市司法局, in the order of the text
// returns participants: {agency: text, agency_id: text, collective: boolean, basis: text, modality: must|must not, clause: text?, quote: text, start: integer, end: integer}[]  -- the units that take part (配合), in the order of the text
// returns deadlines: {quote: text, kind: by|period|recurring|within, due_on: date?, start_on: date?, every: text?, within: text?, start: integer, end: integer, inherited: boolean}[]  -- its time limits; inherited: it has none of its own but its document's
// returns document_deadlines: {quote: text, kind: by|period|recurring|within, due_on: date?, start_on: date?, every: text?, within: text?, start: integer, end: integer}[]  -- all that the whole document names: where these are several days, nobody can tell which binds a task
// returns reports: {agency: text?, agency_id: text?, state: not started|in progress|done|on hold|done late, progress: text?, percent: integer?, reported_on: date, reported_by: text?, evidence: text?, report_id: text}[]  -- what its units have reported last by $today (进展), beside what is demanded; agency is null where it names no unit
// returns quote: text?  -- the task's words
// returns start: integer  -- their first code point in the source's text; 例 1024
// returns end: integer  -- one past the last; 例 1096
// example --place 长治市 --today 2022-12-31
// :param {today: '2022-12-31', document: null, agency: null, function: null, q: null, place: '140400', level: null, year: null, issued_from: null, issued_to: null, review: null, kind: null, most: 500}

// The documents first, by what is asked of them: each has a row, so that no more of them are looked at than rows are asked for.
CALL () {
  WITH $document AS document WHERE document IS NOT NULL
  MATCH (d:Document {id: document})
  RETURN d
  UNION ALL
  WITH $agency AS agency WHERE agency IS NOT NULL AND $document IS NULL
  MATCH (:Agency {id: agency})-[:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document)
  RETURN DISTINCT d
  UNION ALL
  WITH $place AS place WHERE place IS NOT NULL AND coalesce($document, $agency) IS NULL
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document)
  RETURN d
  UNION ALL
  WITH 1 AS all WHERE coalesce($document, $agency, $place) IS NULL
  MATCH (d:Document)
  RETURN d
}
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH d, p
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  AND ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
  AND EXISTS {
    MATCH (d)-[:HAS_TASK]->(t:Task)
    WHERE ($kind IS NULL OR t.kind IN $kind)
      AND ($q IS NULL OR all(word IN $q WHERE t.words CONTAINS word))
      AND ($agency IS NULL OR EXISTS { (t)<-[:LEADS|PARTICIPATES]-(:Agency {id: $agency}) })
      AND ($function IS NULL OR EXISTS { (t)<-[:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(:Function {id: $function}) })
  }
WITH d, p
ORDER BY coalesce(p.id, '-'), d.id LIMIT $most
MATCH (d)-[:HAS_TASK]->(t:Task)
WHERE ($kind IS NULL OR t.kind IN $kind)
  AND ($q IS NULL OR all(word IN $q WHERE t.words CONTAINS word))
  AND ($agency IS NULL OR EXISTS { (t)<-[:LEADS|PARTICIPATES]-(:Agency {id: $agency}) })
  AND ($function IS NULL OR EXISTS { (t)<-[:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(:Function {id: $function}) })
WITH d, t, p
ORDER BY coalesce(p.id, '-'), d.id, t.order, t.id LIMIT $most
RETURN p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, d.doc_number AS doc_number,
       coalesce(d.review, 'unchecked') AS review,
       t.number AS task_number, t.title AS task, t.id AS task_id, t.kind AS kind, t.headings AS headings,
       COLLECT {
         MATCH (t)<-[r:LEADS]-(a:Agency)
         RETURN {agency: a.name, agency_id: a.id, collective: a:Collective, basis: r.basis, modality: r.modality, clause: r.clause,
                 quote: r.quote, start: r.start, end: r.end}
         ORDER BY r.start, a.id, r.basis
       } AS leads,
       COLLECT {
         MATCH (t)<-[r:PARTICIPATES]-(a:Agency)
         RETURN {agency: a.name, agency_id: a.id, collective: a:Collective, basis: r.basis, modality: r.modality, clause: r.clause,
                 quote: r.quote, start: r.start, end: r.end}
         ORDER BY r.start, a.id, r.basis
       } AS participants,
       COLLECT {
         MATCH (t)-[due:DUE]->(x:Deadline)
         RETURN x {.quote, .kind, .due_on, .start_on, .every, .within, .start, .end, inherited: due.inherited} ORDER BY x.start, x.id
       } AS deadlines,
       COLLECT {
         MATCH (d)-[:DUE]->(x:Deadline)
         RETURN x {.quote, .kind, .due_on, .start_on, .every, .within, .start, .end} ORDER BY x.start, x.id
       } AS document_deadlines,
       COLLECT {
         MATCH (t)<-[:ON]-(r:Report) WHERE r.reported_on <= $today AND $today < r.until
         OPTIONAL MATCH (a:Agency)-[:REPORTED]->(r)
         RETURN {agency: coalesce(a.name, r.agency), agency_id: coalesce(a.id, r.agency_id), state: r.state, progress: r.text, percent: r.percent,
                 reported_on: r.reported_on, reported_by: r.reported_by, evidence: r.evidence, report_id: r.id}
         ORDER BY r.order, r.id
       } AS reports,
       t.text AS quote, t.start AS start, t.end AS end
ORDER BY coalesce(p.id, '-'), d.id, t.order, t.id
