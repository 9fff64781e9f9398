// With whom does one unit share tasks, how often, and in which roles?
// GET /agencies/{agency}/partners
// Tasks are counted once; a unit that both leads a task and takes part in it counts as leading it.
// param agency: agency  -- the unit's id or full name; 例 长治市司法局
// param basis: clause|narrative|default[] = [clause]  -- what to count: clause (责任条款), narrative (正文表述), default (统一规定)
// param modality: must|must not[] = [must]  -- what to count: must (应当), must not (不得)
// param collective: boolean = null  -- true: only collectives (各县区人民政府 and the like) as partners; false: none of them
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns partner: text  -- the other unit's full name; 例 长治市财政局
// returns partner_id: text  -- its id; 例 140400:财政局
// returns place: text?  -- its place; null for national bodies; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns collective: boolean  -- whether it is many units named as one; 例 false
// returns tasks: integer  -- tasks they share; 例 5
// returns both_lead: integer  -- of these, led by both (联合牵头); 例 1
// returns agency_leads: integer  -- led by the unit asked about, joined by the partner; 例 3
// returns partner_leads: integer  -- led by the partner, joined by the unit asked about; 例 1
// returns both_participate: integer  -- taken part in by both; 例 0
// example --agency 长治市司法局
// :param {agency: '140400:司法局', basis: ['clause'], modality: ['must'], collective: null, year: null, issued_from: null, issued_to: null, review: null}

MATCH (:Agency {id: $agency})-[r:LEADS|PARTICIPATES]->(t:Task)<-[:HAS_TASK]-(d:Document)
WHERE d.loaded = true
  AND r.basis IN $basis AND r.modality IN $modality
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
WITH t, max(CASE type(r) WHEN 'LEADS' THEN 1 ELSE 0 END) AS own
MATCH (t)<-[s:LEADS|PARTICIPATES]-(b:Agency)
WHERE b.id <> $agency
  AND s.basis IN $basis AND s.modality IN $modality
  AND ($collective IS NULL OR b:Collective = $collective)
WITH b, t, own, max(CASE type(s) WHEN 'LEADS' THEN 1 ELSE 0 END) AS other
WITH b, count(t) AS tasks, sum(own * other) AS both_lead, sum(own * (1 - other)) AS agency_leads,
     sum((1 - own) * other) AS partner_leads, sum((1 - own) * (1 - other)) AS both_participate
OPTIONAL MATCH (b)-[:IN]->(p:Place)
RETURN b.name AS partner, b.id AS partner_id, p.name AS place, p.id AS place_code, b:Collective AS collective,
       tasks, both_lead, agency_leads, partner_leads, both_participate
ORDER BY tasks DESC, both_lead DESC, partner_id
