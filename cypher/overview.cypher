// What does the base hold: how many documents, tasks, units and time limits, from when to when? One row.
// GET /overview
// Only what loaded documents say is counted. A unit is counted where it leads, takes part or has issued one; leads and participates count each unit, task and basis once.
// returns documents: integer  -- documents that are held; 例 5
// returns cited: integer  -- documents that these cite and that are not held; 例 12
// returns tasks: integer  -- tasks of all kinds; 例 210
// returns agencies: integer  -- single units; 例 150
// returns collectives: integer  -- units that are many named as one (各县区人民政府 and the like); 例 20
// returns functions: integer  -- lines of work (条线) of these units; 例 60
// returns places: integer  -- places that the documents are made for; 例 5
// returns leads: integer  -- who leads what (牵头); 例 400
// returns participates: integer  -- who takes part in what (配合); 例 300
// returns deadlines: integer  -- time limits, of tasks and of whole documents; 例 90
// returns principles: integer  -- principles (基本原则); 例 9
// returns loaded_at: text?  -- when a file was last loaded, ISO 8601
// returns first_issued: date?  -- the earliest day of issue (成文日期); 例 2014-03-15
// returns last_issued: date?  -- the latest; 例 2022-03-15
// example
// :param {}

MATCH (d:Document)
WHERE d.loaded = true
OPTIONAL MATCH (d)-[:FROM]->(s:Source)
WITH count(DISTINCT d) AS documents, min(d.issued_on) AS first_issued, max(d.issued_on) AS last_issued, max(s.loaded_at) AS loaded_at
WHERE documents > 0
CALL () {
  MATCH (a:Agency)
  WHERE EXISTS { MATCH (a)-[:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document) WHERE d.loaded = true }
     OR EXISTS { MATCH (a)-[:ISSUED]->(d:Document) WHERE d.loaded = true }
  OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function)
  RETURN count(DISTINCT CASE WHEN a:Collective THEN null ELSE a.id END) AS agencies,
         count(DISTINCT CASE WHEN a:Collective THEN a.id END) AS collectives, count(DISTINCT f.id) AS functions
}
CALL () {
  MATCH (d:Document)-[:HAS_TASK]->(:Task)<-[r:LEADS|PARTICIPATES]-(:Agency)
  WHERE d.loaded = true
  WITH sum(CASE type(r) WHEN 'LEADS' THEN 1 ELSE 0 END) AS leads, count(r) AS roles
  RETURN leads, roles - leads AS participates
}
RETURN documents,
       COUNT { MATCH (d:Document)-[:CITES]->(o:Document) WHERE d.loaded = true AND o.loaded = false RETURN DISTINCT o.id } AS cited,
       COUNT { MATCH (d:Document)-[:HAS_TASK]->(:Task) WHERE d.loaded = true } AS tasks,
       agencies, collectives, functions,
       COUNT { MATCH (d:Document)-[:CONCERNS]->(p:Place) WHERE d.loaded = true RETURN DISTINCT p.id } AS places,
       leads, participates,
       COUNT { MATCH (d:Document)-[:HAS_TASK]->{0,1}(bound:Task|Document)-[:DUE {inherited: false}]->(:Deadline) WHERE d.loaded = true } AS deadlines,
       COUNT { MATCH (d:Document)-[:STATES]->(n:Principle) WHERE d.loaded = true } AS principles,
       loaded_at, first_issued, last_issued
ORDER BY documents
