// 一份文件部署了什么：每项任务由谁牵头、谁配合，什么时限
// :param {document: '430400:衡阳市2021年政务公开工作要点', kind: null, basis: null}

MATCH sets = (d:Document {id: $document})-[:HAS_TASK]->(t:Task)
WHERE d.loaded = true
  AND ($kind IS NULL OR t.kind IN $kind)
OPTIONAL MATCH duty = (t)<-[r:LEADS|PARTICIPATES]-(:Agency) WHERE $basis IS NULL OR r.basis IN $basis
OPTIONAL MATCH due = (t)-[:DUE]->(:Deadline)
RETURN sets, duty, due
