// What changed between two documents of one place, such as the 工作要点 of 2021 and of 2022: which tasks were added or dropped, where did the lead (牵头) or the day move, what was kept? Each with both quotes.
// GET /documents/{document}/changes
// A task of one document stands beside that of the other to which it is the likest, and which is the likest to it, where they are alike by 34 or more. One that has none is added or dropped; `nearest` is then the likest task of the other document, with
// its score: from 34 on it may be a part of that one, or that one of it. A lead has moved where the lines of work differ, and where only one of both names any; a day, where their own differ, and where only one
// has any: it is newly set, or set no more, as the time limits beside say. Years count from that of the document, so that 年底前 is kept from one year to the next. Only tasks proper are compared, not safeguards (保障措施) or steps (实施步骤). Of 87 pairs that were read 84 are the same work.
// likeness alike: former, document  -- how alike their tasks are
// param document: document  -- the later document: its id, 文号 or exact title; 例 长政办发〔2022〕14号
// param former: document  -- the earlier one; 例 长政办发〔2021〕9号
// param change: added|dropped|moved|kept[] = null  -- only these: added, dropped, moved (another lead or day, or one that is new or no more), kept; all if left out
// param q: words = null  -- only tasks whose title or text, before or after, holds all these words; 例 政务公开
// param function: function = null  -- only tasks that a unit of this line of work (条线) leads or takes part in, before or after; 例 司法局
// param basis: clause|narrative|default[] = [clause]  -- what counts as naming a unit: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what counts: must (应当), must not (不得)
// returns change: added|dropped|moved|kept  -- what became of it; 例 moved
// returns lead_moved: boolean?  -- whether another line of work leads, or only one of both names a lead; null where neither does; 例 true
// returns date_moved: boolean?  -- whether its own days are others, or only one of both has any; null where neither does; 例 false
// returns score: integer?  -- how alike both are, in percent; null for one added or dropped; 例 61
// returns task_number: text?  -- the later task's number as printed; null for one dropped; 例 （一）
// returns task: text?  -- its title; 例 全面推行行政执法公示制度
// returns task_id: text?  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns leads: {function: text, agency: text, agency_id: text, basis: text, quote: text, start: integer, end: integer}[]  -- who leads (牵头) it: the line of work (条线), or the name of a unit without one, and the unit, such as 长治市司法局
// returns deadlines: {quote: text, kind: by|period|recurring|within, due_on: date?, start_on: date?, every: text?, within: text?, start: integer, end: integer, inherited: boolean}[]  -- its time limits; inherited: it has none of its own but its document's
// returns quote: text?  -- its words
// returns start: integer?  -- their first code point in the source's text; 例 1024
// returns end: integer?  -- one past the last; 例 1096
// returns former_task_number: text?  -- the earlier task's number as printed; null for one added; 例 （二）
// returns former_task: text?  -- its title; 例 推进行政执法公示
// returns former_task_id: text?  -- its id
// returns former_leads: {function: text, agency: text, agency_id: text, basis: text, quote: text, start: integer, end: integer}[]  -- who led it, likewise
// returns former_deadlines: {quote: text, kind: by|period|recurring|within, due_on: date?, start_on: date?, every: text?, within: text?, start: integer, end: integer, inherited: boolean}[]  -- its time limits, likewise
// returns former_quote: text?  -- its words
// returns former_start: integer?  -- their first code point in that source's text; 例 512
// returns former_end: integer?  -- one past the last; 例 640
// returns nearest: {score: integer, task_number: text?, task: text?, task_id: text, document_id: text, quote: text?, start: integer, end: integer}?  -- of one added or dropped, the likest task of the other document; null where nothing is alike
// returns document: text?  -- the later document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns former_document: text?  -- the earlier document's title; 例 长治市2021年工作要点
// returns former_document_id: text  -- its id
// example --document 140400:长政办发〔2022〕14号 --former 430400:衡阳市2021年政务服务工作要点
// :param {document: '140400:长政办发〔2022〕14号', former: '430400:衡阳市2021年政务服务工作要点', change: null, q: null, function: null, basis: ['clause'], modality: ['must'], alike: null}

MATCH (a:Document {id: $former}), (b:Document {id: $document})
WHERE a.loaded = true AND b.loaded = true
WITH a, b, CASE WHEN a.year IS NULL OR b.year IS NULL THEN 0 ELSE a.year END AS then, CASE WHEN a.year IS NULL OR b.year IS NULL THEN 0 ELSE b.year END AS now,
     coalesce($alike, COLLECT {
       MATCH (a)-[:HAS_TASK]->(x:Task)-[r:SIMILAR_TO]-(y:Task)<-[:HAS_TASK]-(b)
       RETURN {one: x.id, other: y.id, score: r.score, paired: r.same} ORDER BY r.score DESC, x.order, y.order
     }) AS alike
CALL (a, b, alike) {
  MATCH (b)-[:HAS_TASK]->(t:Task {kind: 'task'})
  WITH t, [m IN alike WHERE m.other = t.id] AS near
  WITH t, near, [m IN near WHERE m.paired][0] AS pair
  RETURN 0 AS part, t.order AS at, t.id AS id, pair.one AS former, pair.score AS score, near[0].one AS nearest, near[0].score AS nearness
  UNION ALL
  MATCH (a)-[:HAS_TASK]->(o:Task {kind: 'task'})
  WITH o, [m IN alike WHERE m.one = o.id] AS near
  WHERE none(m IN near WHERE m.paired)
  RETURN 1 AS part, o.order AS at, null AS id, o.id AS former, null AS score, near[0].other AS nearest, near[0].score AS nearness
}
OPTIONAL MATCH (t:Task {id: coalesce(id, '-')})
OPTIONAL MATCH (o:Task {id: coalesce(former, '-')})
WITH a, b, then, now, part, at, t, o, score, CASE WHEN score IS NULL THEN nearest END AS nearest, nearness
WHERE ($q IS NULL OR all(word IN $q WHERE t.words CONTAINS word) OR all(word IN $q WHERE o.words CONTAINS word))
  AND ($function IS NULL OR EXISTS {
        MATCH (x:Task)<-[l:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(:Function {id: $function})
        WHERE x.id IN [t.id, o.id] AND l.basis IN $basis AND l.modality IN $modality
      })
WITH a, b, then, now, part, at, t, o, score, nearest, nearness,
     COLLECT {
       MATCH (:Task {id: coalesce(t.id, '-')})<-[l:LEADS]-(u:Agency) WHERE l.basis IN $basis AND l.modality IN $modality
       OPTIONAL MATCH (u)-[:PERFORMS]->(f:Function)
       RETURN {function: coalesce(f.name, u.short, u.name), agency: u.name, agency_id: u.id, basis: l.basis, quote: l.quote, start: l.start, end: l.end}
       ORDER BY l.start, u.id, l.basis
     } AS leads,
     COLLECT {
       MATCH (:Task {id: coalesce(o.id, '-')})<-[l:LEADS]-(u:Agency) WHERE l.basis IN $basis AND l.modality IN $modality
       OPTIONAL MATCH (u)-[:PERFORMS]->(f:Function)
       RETURN {function: coalesce(f.name, u.short, u.name), agency: u.name, agency_id: u.id, basis: l.basis, quote: l.quote, start: l.start, end: l.end}
       ORDER BY l.start, u.id, l.basis
     } AS former_leads,
     COLLECT {
       MATCH (:Task {id: coalesce(t.id, '-')})-[due:DUE]->(x:Deadline)
       RETURN x {.quote, .kind, .due_on, .start_on, .every, .within, .start, .end, inherited: due.inherited} ORDER BY x.start, x.id
     } AS deadlines,
     COLLECT {
       MATCH (:Task {id: coalesce(o.id, '-')})-[due:DUE]->(x:Deadline)
       RETURN x {.quote, .kind, .due_on, .start_on, .every, .within, .start, .end, inherited: due.inherited} ORDER BY x.start, x.id
     } AS former_deadlines
WITH *, [l IN leads | l.function] AS lines, [l IN former_leads | l.function] AS former_lines,
     [x IN deadlines WHERE NOT x.inherited | coalesce(toString(toInteger(left(x.due_on, 4)) - now) + substring(x.due_on, 4), x.every, x.within, x.quote)] AS days,
     [x IN former_deadlines WHERE NOT x.inherited | coalesce(toString(toInteger(left(x.due_on, 4)) - then) + substring(x.due_on, 4), x.every, x.within, x.quote)] AS former_days
WITH *, CASE WHEN score IS NOT NULL AND size(lines + former_lines) > 0
          THEN any(l IN lines WHERE NOT l IN former_lines) OR any(l IN former_lines WHERE NOT l IN lines) END AS lead_moved,
     CASE WHEN score IS NOT NULL AND size(days + former_days) > 0
          THEN any(x IN days WHERE NOT x IN former_days) OR any(x IN former_days WHERE NOT x IN days) END AS date_moved
WITH *, CASE WHEN o IS NULL THEN 'added' WHEN t IS NULL THEN 'dropped' WHEN lead_moved OR date_moved THEN 'moved' ELSE 'kept' END AS change
WHERE $change IS NULL OR change IN $change
RETURN change, lead_moved, date_moved, score, t.number AS task_number, t.title AS task, t.id AS task_id, leads, deadlines,
       t.text AS quote, t.start AS start, t.end AS end,
       o.number AS former_task_number, o.title AS former_task, o.id AS former_task_id, former_leads, former_deadlines,
       o.text AS former_quote, o.start AS former_start, o.end AS former_end,
       COLLECT {
         MATCH (n:Task {id: coalesce(nearest, '-')})
         RETURN {score: nearness, task_number: n.number, task: n.title, task_id: n.id, document_id: CASE WHEN t IS NULL THEN b.id ELSE a.id END, quote: n.text, start: n.start, end: n.end}
       }[0] AS nearest,
       b.title AS document, b.id AS document_id, a.title AS former_document, a.id AS former_document_id
ORDER BY part, at, task_id, former_task_id
