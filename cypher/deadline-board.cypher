// What is overdue, what falls due soon, what later, and what comes again and again? One row per time limit and the task it binds, with a light.
// GET /deadlines/board
// Red: the day has gone by; yellow: due within $days days of $today; green: later; done: all who lead the task (牵头), where nobody leads it all who take part,
// have reported it done, as far as $basis shows them, or it is reported done and names no unit; recurring: a duty of every year, half-year, quarter, month, week or day;
// relative: counted from an event (5个工作日内), so that it has no day here. Red says look: it stays red until it is reported done.
// A task without a time limit of its own, other than a relative one, inherits the document's where that names exactly one day for all of it
// (四、落实时限); where it names several (stages, far goals) nobody can tell which binds a task, and they stand in rows without task.
// A recurring duty is due on the last day of its period, unless the words name another (每年4月1日前, 每月10日前); a weekly one on Friday. It is unrolled
// from $today for a year, within the period of its task (2022年8月—12月) or else up to the last day that its document names for all of it; weekly and
// daily duties give next_on and times only.
// param today: date = today  -- the day from which is counted, and up to which reports count; 例 2022-06-30
// param days: integer = 30  -- how many days ahead are yellow; 例 30
// param light: red|yellow|green|done|recurring|relative[] = null  -- only these; all if left out
// param due_from: date = null  -- only limits with a last day, on this day or later; recurring ones are left out; 例 2022-12-01
// param due_to: date = null  -- the same, on this day or earlier; 例 2022-12-31
// param inherited: boolean = true  -- false: only time limits as they stand, none inherited
// param agency: agency = null  -- only tasks that this unit leads or takes part in, and the days of the documents they stand in; 例 长治市司法局
// param function: function = null  -- only tasks, and documents with tasks, of a unit of this line of work (条线); 例 司法局
// param basis: clause|narrative|default[] = [clause]  -- which units to show and to look for: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- the same: must (应当), must not (不得)
// param document: document = null  -- only this document, by id, 文号 or title; 例 长政办发〔2022〕14号
// param place: place = null  -- only documents for this place and those below it, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only documents for a place of this level; nation: those of a national body that are for no place
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns light: red|yellow|green|done|recurring|relative  -- how pressing it is; 例 green
// returns due_on: date?  -- the last day; 例 2022-12-31
// returns days_left: integer?  -- days from $today to it, less than 0 when it has gone by; 例 184
// returns start_on: date?  -- the first day of a period; 例 2022-01-01
// returns kind: by|period|recurring|within  -- what kind of time limit it is; 例 by
// returns every: text?  -- how often: year, half-year, quarter, month, week or day
// returns within: text?  -- the limit relative to an event, an ISO 8601 duration
// returns next_on: date?  -- of a recurring duty: the next day it is due; null when none is left
// returns times: integer  -- of a recurring duty: how often it is due within the year; else 0; 例 0
// returns occurrences: date[]  -- each of these days; empty for weekly and daily duties
// returns inherited: boolean  -- whether the task has the time limit from its document; 例 false
// returns task_number: text?  -- the task's number as printed; null where the time binds the whole document; 例 （一）
// returns task: text?  -- the task's title; 例 全面推行行政执法公示制度
// returns task_id: text?  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns leads: {agency: text, agency_id: text, basis: text, clause: text?, quote: text, start: integer, end: integer}[]  -- the units that answer for it (牵头), such as 长治市司法局
// returns participants: {agency: text, agency_id: text, basis: text, clause: text?, quote: text, start: integer, end: integer}[]  -- the units that take part (配合)
// returns reports: {agency: text?, agency_id: text?, state: not started|in progress|done|on hold|done late, progress: text?, percent: integer?, reported_on: date, reported_by: text?, evidence: text?, report_id: text}[]  -- what its units have reported last by $today (进展), beside what is demanded; agency is null where it names no unit
// returns place: text?  -- the place the document is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns doc_number: text?  -- its 文号; 例 长政办发〔2022〕14号
// returns review: unchecked|checking|checked  -- how far people have checked that document: 未核, 核对中 or 已核; 例 checked
// returns year: integer?  -- the year it is about; 例 2022
// returns quote: text  -- the words that set the time; 例 2022年底前
// returns start: integer  -- the quote's first code point in the source's text; 例 1024
// returns end: integer  -- one past its last; 例 1031
// returns page: integer?  -- the page of a PDF on which the quote begins, from 1; null for other files; 例 3
// returns deadline_id: text  -- the time limit's id
// example --today 2022-06-30 --place 长治市
// :param {today: '2022-06-30', days: 30, light: null, due_from: null, due_to: null, inherited: true, agency: null, function: null, basis: ['clause'], modality: ['must'], document: null, place: '140400', level: null, year: null, issued_from: null, issued_to: null, review: null}

// Per document the tasks are found once and not for every row, which takes the embedded engine long.
CALL () {
  WITH $document AS document WHERE document IS NOT NULL
  MATCH (d:Document {id: document})
  RETURN d
  UNION ALL
  WITH $place AS place WHERE place IS NOT NULL AND $document IS NULL
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document)
  RETURN d
  UNION ALL
  WITH $agency AS agency WHERE agency IS NOT NULL AND coalesce($document, $place) IS NULL
  MATCH (:Agency {id: agency})-[:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document)
  RETURN DISTINCT d
  UNION ALL
  WITH 1 AS all WHERE coalesce($document, $place, $agency) IS NULL
  MATCH (d:Document)
  RETURN d
}
WITH d
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
OPTIONAL MATCH (d)-[:FROM]->(s:Source)
// pages, not the source: its text would be held with every row that is sorted.
WITH d, p, s.pages AS pages
WHERE ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
WITH d, p, pages,
     COLLECT { MATCH (d)-[:DUE]->(x:Deadline) WHERE x.due_on IS NOT NULL RETURN x.due_on ORDER BY x.due_on DESC }[0] AS last_on,
     COLLECT {
       MATCH (d)-[:HAS_TASK]->(one:Task)<-[r:LEADS|PARTICIPATES]-(:Agency {id: $agency}) WHERE r.basis IN $basis AND r.modality IN $modality
       RETURN DISTINCT one.id
     } AS of_agency,
     COLLECT {
       MATCH (d)-[:HAS_TASK]->(one:Task)<-[r:LEADS|PARTICIPATES]-(:Agency)-[:PERFORMS]->(:Function {id: $function})
       WHERE r.basis IN $basis AND r.modality IN $modality
       RETURN DISTINCT one.id
     } AS of_function
WHERE ($agency IS NULL OR size(of_agency) > 0)
  AND ($function IS NULL OR size(of_function) > 0)
MATCH (d)-[:HAS_TASK]->{0,1}(bound:Task|Document)-[due:DUE]->(x:Deadline)
WHERE $inherited OR NOT due.inherited
WITH d, p, pages, of_agency, of_function, last_on, x, due.inherited AS inherited, CASE WHEN bound:Task THEN bound END AS t
WITH d, p, pages, of_agency, of_function, last_on, x, inherited, t,
     COLLECT {
       MATCH (t)<-[:ON]-(r:Report {finished: true}) WHERE r.reported_on <= $today AND $today < r.until
       OPTIONAL MATCH (r)<-[:REPORTED]-(a:Agency) RETURN DISTINCT coalesce(a.id, r.agency_id, '')
     } AS finished
WITH d, p, pages, of_agency, of_function, last_on, x, inherited, t, CASE
       WHEN size(finished) = 0 THEN false
       WHEN EXISTS { MATCH (t)<-[r:LEADS]-(:Agency) WHERE r.basis IN $basis AND r.modality IN $modality }
       THEN NOT EXISTS { MATCH (t)<-[r:LEADS]-(a:Agency) WHERE r.basis IN $basis AND r.modality IN $modality AND NOT a.id IN finished }
       ELSE NOT EXISTS { MATCH (t)<-[r:PARTICIPATES]-(a:Agency) WHERE r.basis IN $basis AND r.modality IN $modality AND NOT a.id IN finished }
     END AS done
WITH d, p, pages, t, x, inherited, last_on, CASE
       WHEN x.kind = 'recurring' THEN 'recurring'
       WHEN done THEN 'done'
       WHEN x.due_on IS NULL THEN 'relative'
       WHEN x.due_on < $today THEN 'red'
       WHEN x.due_on <= toString(date($today) + duration({days: $days})) THEN 'yellow'
       ELSE 'green'
     END AS light,
     ($agency IS NULL OR t IS NULL OR t.id IN of_agency) AND ($function IS NULL OR t IS NULL OR t.id IN of_function) AS asked
WHERE asked AND ($light IS NULL OR light IN $light)
  AND ($due_from IS NULL OR (light <> 'recurring' AND x.due_on >= $due_from))
  AND ($due_to IS NULL OR (light <> 'recurring' AND x.due_on <= $due_to))
WITH d, p, pages, t, x, inherited, light, last_on,
     COLLECT { MATCH (t)-[:DUE]->(own:Deadline {kind: 'period'}) RETURN own ORDER BY own.due_on DESC, own.id }[0] AS phase
// A month (每年4月1日前: 4) and a day (1) that the words of a recurring duty name; null where they name none.
WITH d, p, pages, t, x, inherited, light,
     toInteger(last(split(split(x.quote, '月')[0], '年'))) AS in_month,
     toInteger(last(split(split(x.quote, '日')[0], '月'))) AS on_day,
     CASE WHEN phase.start_on > $today THEN phase.start_on ELSE $today END AS since,
     coalesce(phase.due_on, last_on, '~') AS until,
     toString(date($today) + duration({years: 1}) - duration({days: 1})) AS year_end
WITH d, p, pages, t, x, inherited, light, in_month, on_day, since, CASE WHEN until < year_end THEN until ELSE year_end END AS until
WITH d, p, pages, t, x, inherited, light, since, until, CASE
       WHEN light = 'recurring' THEN [
         month IN [n IN range(0, 12) | date(left($today, 7) + '-01') + duration({months: n})]
         WHERE x.every = 'month' OR (x.every = 'quarter' AND month.month % 3 = 0)
            OR (x.every = 'half-year' AND month.month % 6 = 0) OR (x.every = 'year' AND month.month = coalesce(in_month, 12))
         | CASE
             WHEN on_day < (month + duration({months: 1}) - duration({days: 1})).day
             THEN toString(month + duration({days: on_day - 1}))
             ELSE toString(month + duration({months: 1}) - duration({days: 1}))
           END
       ]
       ELSE []
     END AS days,
     CASE WHEN light <> 'recurring' THEN null WHEN x.every = 'day' THEN 1 WHEN x.every = 'week' THEN 7 END AS step,
     toString(date(since) + duration({days: CASE x.every WHEN 'week' THEN (12 - date(since).dayOfWeek) % 7 ELSE 0 END})) AS first
WITH d, p, pages, t, x, inherited, light, until, step, first, [day IN days WHERE since <= day AND day <= until] AS occurrences
WITH d, p, pages, t, x, inherited, light, occurrences, CASE
       WHEN step IS NULL THEN size(occurrences)
       WHEN first > until THEN 0
       ELSE duration.inDays(date(first), date(until)).days / step + 1
     END AS times,
     CASE WHEN step IS NULL THEN occurrences[0] WHEN first <= until THEN first END AS next_on
RETURN light, x.due_on AS due_on, duration.inDays(date($today), date(x.due_on)).days AS days_left, x.start_on AS start_on,
       x.kind AS kind, x.every AS every, x.within AS within, next_on, times, occurrences, inherited,
       t.number AS task_number, t.title AS task, t.id AS task_id,
       COLLECT {
         MATCH (t)<-[r:LEADS]-(a:Agency) WHERE r.basis IN $basis AND r.modality IN $modality
         RETURN {agency: a.name, agency_id: a.id, basis: r.basis, clause: r.clause, quote: r.quote, start: r.start, end: r.end}
         ORDER BY r.start, a.id, r.basis
       } AS leads,
       COLLECT {
         MATCH (t)<-[r:PARTICIPATES]-(a:Agency) WHERE r.basis IN $basis AND r.modality IN $modality
         RETURN {agency: a.name, agency_id: a.id, basis: r.basis, clause: r.clause, quote: r.quote, start: r.start, end: r.end}
         ORDER BY r.start, a.id, r.basis
       } AS participants,
       COLLECT {
         MATCH (t)<-[:ON]-(r:Report) WHERE r.reported_on <= $today AND $today < r.until
         OPTIONAL MATCH (a:Agency)-[:REPORTED]->(r)
         RETURN {agency: coalesce(a.name, r.agency), agency_id: coalesce(a.id, r.agency_id), state: r.state, progress: r.text, percent: r.percent,
                 reported_on: r.reported_on, reported_by: r.reported_by, evidence: r.evidence, report_id: r.id}
         ORDER BY r.order, r.id
       } AS reports,
       p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, d.doc_number AS doc_number,
       coalesce(d.review, 'unchecked') AS review, d.year AS year,
       x.quote AS quote, x.start AS start, x.end AS end,
       CASE WHEN size(pages) > 0 THEN size([start IN pages WHERE start <= x.start]) END AS page, x.id AS deadline_id
ORDER BY CASE light WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 WHEN 'green' THEN 2 WHEN 'done' THEN 3 WHEN 'recurring' THEN 4 ELSE 5 END,
         coalesce(due_on, next_on, '~'), coalesce(p.id, '-'), d.id, coalesce(t.order, 0), coalesce(t.id, ''), x.start, x.id
