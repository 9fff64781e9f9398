// What has been reported of one task, by whom and when?
// GET /tasks/{task}/progress
// Every report that was kept, the last first; of each unit the last one up to $today counts that was not taken back (撤回). What takes one back is a row too.
// That of a unit without a part in the task (has_part) counts for nobody: the text names it no longer, or never did.
// param task: task  -- the task's id; 例 140400:长政办发〔2022〕14号:2.1
// param today: date = today  -- the day up to which reports count; 例 2022-12-31
// returns agency: text?  -- the unit that reports; null where the task names none; 例 长治市司法局
// returns agency_id: text?  -- its id; 例 140400:司法局
// returns state: not started|in progress|done|on hold|done late  -- 未开始, 进行中, 已完成, 暂缓 or 逾期完成; 例 in progress
// returns progress: text?  -- its words (进展情况); 例 已印发实施方案
// returns percent: integer?  -- how much it says is done, of 100; 例 60
// returns reported_on: date  -- the day that the report speaks of; 例 2022-11-30
// returns reported_by: text?  -- who says so
// returns evidence: text?  -- a link, or the name of a file, that shows it; 例 实施方案.pdf
// returns kept_at: text  -- when it was kept, ISO 8601
// returns latest: boolean  -- whether it is the last of its unit by $today: the one that counts; 例 true
// returns withdrawn: boolean  -- whether it was taken back; 例 false
// returns has_part: boolean  -- whether the task names its unit, or a collective (各县区人民政府) that it is a member of; of a report that names none, whether the task names none either; 例 true
// returns withdraws: text?  -- the id of the report that it takes back, and otherwise repeats
// returns report_id: text  -- its id
// returns task_number: text?  -- the task's number as printed; 例 （一）
// returns task: text?  -- its title; 例 全面推行行政执法公示制度
// returns task_id: text  -- its id; 例 140400:长政办发〔2022〕14号:2.1
// returns place: text?  -- the place the document is made for; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns doc_number: text?  -- its 文号; 例 长政办发〔2022〕14号
// returns quote: text?  -- the task's words
// returns start: integer  -- their first code point in the source's text; 例 1024
// returns end: integer  -- one past the last; 例 1096
// example --task 430400:衡阳市2021年政务服务工作要点:1.1 --today 2022-12-31
// :param {task: '430400:衡阳市2021年政务服务工作要点:1.1', today: '2022-12-31'}

MATCH (t:Task {id: $task})<-[:ON]-(r:Report)
MATCH (t)<-[:HAS_TASK]-(d:Document)
WHERE d.loaded = true
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
OPTIONAL MATCH (a:Agency)-[:REPORTED]->(r)
WITH t, d, p, r, coalesce(a.name, r.agency) AS agency, coalesce(a.id, r.agency_id) AS agency_id
RETURN agency, agency_id, r.state AS state, r.text AS progress, r.percent AS percent,
       r.reported_on AS reported_on, r.reported_by AS reported_by, r.evidence AS evidence, r.kept_at AS kept_at, r.reported_on <= $today AND $today < r.until AS latest,
       EXISTS { MATCH (t)<-[:ON]-(:Report {withdraws: r.id}) } AS withdrawn,
       CASE
         WHEN agency_id IS NULL THEN NOT EXISTS { MATCH (t)<-[:LEADS|PARTICIPATES]-(:Agency) }
         ELSE EXISTS { MATCH (t)<-[:LEADS|PARTICIPATES]-(:Agency)<-[:MEMBER_OF]-{0,1}(one:Agency) WHERE one.id = agency_id }
       END AS has_part, r.withdraws AS withdraws, r.id AS report_id,
       t.number AS task_number, t.title AS task, t.id AS task_id,
       p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, d.doc_number AS doc_number,
       t.text AS quote, t.start AS start, t.end AS end
ORDER BY r.order DESC, report_id
