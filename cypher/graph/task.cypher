// 一项任务的来龙去脉：哪份文件提出，谁牵头、谁配合，什么时限
// :param {task: '430400:衡阳市2021年政务服务工作要点:1.1'}

MATCH sets = (:Source)<-[:FROM]-(d:Document)-[:HAS_TASK]->(t:Task {id: $task})
WHERE d.loaded = true
OPTIONAL MATCH concerns = (d)-[:CONCERNS]->(:Place)
OPTIONAL MATCH duty = (t)<-[:LEADS|PARTICIPATES]-(:Agency)
OPTIONAL MATCH due = (t)-[:DUE]->(:Deadline)
RETURN sets, concerns, duty, due
