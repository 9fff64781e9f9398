// Which units are there? Found by any part of the name, the place, the line of work (条线) or the level.
// GET /agencies
// param q: text = null  -- any part of the full name; 例 司法局
// param agency: agency = null  -- only this unit, by id or full name; 例 长治市司法局
// param place: place = null  -- only units of this place and those below it, by code or name; 例 长治市
// param function: function = null  -- only units of this line of work (条线); 例 司法局
// param level: nation|province|city|county|town = null  -- only units of this level
// param collective: boolean = null  -- true: only collectives (各县区人民政府 and the like); false: none of them
// returns place: text?  -- the unit's place; null for national bodies; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns agency: text  -- the unit's full name; 例 长治市司法局
// returns agency_id: text  -- its id; 例 140400:司法局
// returns level: text?  -- nation, province, city, county or town; 例 city
// returns kind: text?  -- government, party, court …; 例 government
// returns functions: text[]  -- its lines of work (条线)
// returns collective: boolean  -- whether it is many units named as one; 例 false
// returns member_of: {agency: text, agency_id: text}[]  -- the collectives that include it
// returns resolved: boolean?  -- whether its place is certain; 例 true
// example --q 司法局
// :param {q: '司法局', agency: null, place: null, function: null, level: null, collective: null}

MATCH (a:Agency)
WHERE (EXISTS { MATCH (a)-[:LEADS|PARTICIPATES]->(:Task)<-[:HAS_TASK]-(d:Document) WHERE d.loaded = true }
       OR EXISTS { MATCH (a)-[:ISSUED]->(d:Document) WHERE d.loaded = true })
  AND ($q IS NULL OR a.name CONTAINS $q)
  AND ($agency IS NULL OR a.id = $agency)
  AND ($function IS NULL OR EXISTS { (a)-[:PERFORMS]->(:Function {id: $function}) })
  AND ($level IS NULL OR a.level = $level)
  AND ($collective IS NULL OR a:Collective = $collective)
OPTIONAL MATCH (a)-[:IN]->(p:Place)
WITH a, p
WHERE $place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) }
RETURN p.name AS place, p.id AS place_code, a.name AS agency, a.id AS agency_id, a.level AS level, a.kind AS kind,
       COLLECT { MATCH (a)-[:PERFORMS]->(f:Function) RETURN f.name ORDER BY f.name } AS functions,
       a:Collective AS collective,
       COLLECT { MATCH (a)-[:MEMBER_OF]->(c:Agency) RETURN {agency: c.name, agency_id: c.id} ORDER BY c.id } AS member_of,
       a.resolved AS resolved
ORDER BY coalesce(p.id, '-'), agency_id
