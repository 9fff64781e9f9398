// What does the base hold: how many documents, tasks, units and time limits, from when to when? One row.
// GET /overview
// Only what loaded documents say is counted: nothing else has tasks, time limits or principles, and a unit goes with its last mention, so what is there needs no looking at. A unit is counted where it leads, takes part or has issued one; leads and participates count each unit, task and basis once.
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

CALL () {
  MATCH (t:Total {id: 'all'})
  RETURN t.documents AS documents, t.places AS places, t.leads AS leads, t.participates AS participates,
         t.first_issued AS first_issued, t.last_issued AS last_issued, t.loaded_at AS loaded_at
  UNION ALL
  // What an earlier release wrote is without it until the next change.
  WITH 1 AS one WHERE NOT EXISTS { (:Total {id: 'all'}) }
  MATCH (d:Document) WHERE d.loaded = true
  WITH count(d) AS documents, count(d.leads) AS counted, sum(d.leads) AS led, sum(d.participates) AS joined,
       min(d.issued_on) AS first_issued, max(d.issued_on) AS last_issued
  WHERE documents > 0
  CALL () { MATCH (s:Source) RETURN max(s.loaded_at) AS loaded_at }
  CALL () { MATCH (p:Place) WHERE EXISTS { (p)<-[:CONCERNS]-(:Document) } RETURN count(p) AS places }
  RETURN documents, places,
         CASE WHEN counted = documents THEN led ELSE COUNT { MATCH (:Agency)-[:LEADS]->(:Task) } END AS leads,
         CASE WHEN counted = documents THEN joined ELSE COUNT { MATCH (:Agency)-[:PARTICIPATES]->(:Task) } END AS participates,
         first_issued, last_issued, loaded_at
}
CALL () { MATCH (c:Collective) RETURN count(c) AS collectives }
CALL () { MATCH (a:Agency) RETURN count(a) AS units }
CALL () { MATCH (o:Document) RETURN count(o) AS named }
CALL () { MATCH (t:Task) RETURN count(t) AS tasks }
CALL () { MATCH (f:Function) RETURN count(f) AS functions }
CALL () { MATCH (x:Deadline) RETURN count(x) AS deadlines }
CALL () { MATCH (n:Principle) RETURN count(n) AS principles }
RETURN documents, named - documents AS cited, tasks, units - collectives AS agencies, collectives, functions, places, leads,
       participates, deadlines, principles, loaded_at, first_issued, last_issued
ORDER BY documents
