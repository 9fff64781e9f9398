// How does one task run through the levels (国 → 省 → 市 → 县): which tasks of documents for the places above and below are the same work, who leads (牵头) each, and which documents does it cite? From the top, one row per task or cited document.
// GET /tasks/{task}/cascade
// The line of a task is itself (itself), the tasks that are the same work (same, as same-work has it) in documents of national bodies and for places that its place is part of, or that are part of its
// place, and the documents that its own words cite (cited). Each is held against the task that is asked about, none through another. What is set elsewhere at the same level is in same-work.
// A document without a place is national where a national body issued it; else its level is not known, and its tasks stand in no line. Of a document that is cited twice the first place counts.
// Links are kept to the 15 likest tasks of other places and the 15 others of each task (similar-tasks): of work that more documents share, it shows those. Of the 68 pairs of two levels in 736 documents of every kind 55 are the same work.
// param task: task  -- the task's id; 例 140400:长政办发〔2022〕14号:2.1
// param basis: clause|narrative|default[] = [clause]  -- what counts as naming a unit: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what counts: must (应当), must not (不得)
// returns link: itself|same|cited  -- why it stands in the line: the task asked about, the same work, or a document that the task's words cite; 例 same
// returns level: nation|province|city|county?  -- the level of the document; null where that is not known, as for one not held; 例 province
// returns place: text?  -- the place that the document is made for; 例 山西省
// returns place_code: text?  -- its GB/T 2260 code; 例 140000
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns loaded: boolean  -- whether it is held itself; 例 true
// returns year: integer?  -- the year it is about; 例 2022
// returns task_number: text?  -- the task's number as printed; null of a cited document; 例 （一）
// returns task: text?  -- the task's title; 例 全面推行行政执法公示制度
// returns task_id: text?  -- the task's id; 例 140400:长政办发〔2022〕14号:2.1
// returns score: integer?  -- how alike it and the task asked about are, in percent; 例 61
// returns leads: {function: text, agency: text, agency_id: text, basis: text, quote: text, start: integer, end: integer}[]  -- who leads (牵头) it: the line of work (条线), or the name of a unit without one, and the unit, such as 长治市司法局
// returns citation: {document_id: text, quote: text, start: integer, end: integer}?  -- the words by which one of both documents cites the other, and which does; in its source's text
// returns quote: text?  -- the task's words
// returns start: integer?  -- their first code point in the source's text; 例 1024
// returns end: integer?  -- one past the last; 例 1096
// example --task 430400:衡阳市2021年政务服务工作要点:1.1
// :param {task: '430400:衡阳市2021年政务服务工作要点:1.1', basis: ['clause'], modality: ['must']}

MATCH (asked:Task {id: $task})<-[:HAS_TASK]-(d:Document)
WHERE d.loaded = true
WITH d, asked, COLLECT { MATCH (d)-[:CONCERNS]->(p:Place) RETURN p.id }[0] AS home, EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) } AS national
WITH d, asked, home, home IS NULL AND national AS top, COLLECT { MATCH (:Place {id: home})-[:PART_OF]->{1,3}(up:Place) RETURN up.id } AS above
CALL (d, asked, home, top, above) {
  RETURN 'itself' AS link, d AS e, asked AS t, null AS score
  UNION
  MATCH (asked)-[r:SIMILAR_TO]-(t:Task)<-[:HAS_TASK]-(e:Document)
  WHERE r.same AND e.loaded = true
    AND CASE
          WHEN EXISTS { (e)-[:CONCERNS]->(:Place) } THEN top OR EXISTS {
            MATCH (e)-[:CONCERNS]->(q:Place) WHERE q.id IN above OR EXISTS { (q)-[:PART_OF]->{1,3}(:Place {id: home}) }
          }
          ELSE home IS NOT NULL AND EXISTS { (e)<-[:ISSUED]-(:Agency {level: 'nation'}) }
        END
  RETURN 'same' AS link, e, t, r.score AS score
  UNION
  MATCH (d)-[c:CITES]->(e:Document)
  WHERE asked.start <= c.start AND c.end <= asked.end
  RETURN 'cited' AS link, e, null AS t, null AS score
}
OPTIONAL MATCH (e)-[:CONCERNS]->(p:Place)
WITH d, link, e, t, score, p, CASE WHEN p IS NOT NULL THEN p.level WHEN EXISTS { (e)<-[:ISSUED]-(:Agency {level: 'nation'}) } THEN 'nation' END AS level
RETURN link, level, p.name AS place, p.id AS place_code, e.title AS document, e.id AS document_id, e.loaded AS loaded, e.year AS year,
       t.number AS task_number, t.title AS task, t.id AS task_id, score,
       COLLECT {
         MATCH (:Task {id: t.id})<-[l:LEADS]-(a:Agency) WHERE l.basis IN $basis AND l.modality IN $modality
         OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function)
         RETURN {function: coalesce(f.name, a.short, a.name), agency: a.name, agency_id: a.id, basis: l.basis, quote: l.quote, start: l.start, end: l.end}
         ORDER BY l.start, a.id, l.basis
       } AS leads,
       COLLECT {
         MATCH (d)-[c:CITES]-(e)
         RETURN {document_id: startNode(c).id, quote: c.quote, start: c.start, end: c.end} ORDER BY startNode(c).id
       }[0] AS citation,
       t.text AS quote, t.start AS start, t.end AS end
ORDER BY CASE level WHEN 'province' THEN 1 WHEN 'city' THEN 2 WHEN 'county' THEN 3 ELSE 0 END, coalesce(place_code, '-'), document_id, link, task_id
