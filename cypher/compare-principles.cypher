// Which principles (基本原则) do places share, in the same words or around the same ones, and in which words each?
// GET /compare/principles
// A principle such as 坚持问题导向、改革创新 stands under each of its parts (问题导向, 改革创新), with all others that hold these words. Parts of fewer than four characters say too little to compare.
// param q: text = null  -- any part of the words in common; 例 需求导向
// param shared: boolean = null  -- true: only what more than one place states; false: only what one states
// param place: place = null  -- only what this place or one below it states, by code or name; 例 长治市
// param level: province|city|county = null  -- only documents for a place of this level
// param year: integer = null  -- only documents about this year; 例 2022
// param issued_from: date = null  -- only documents issued (成文) on this day or later; 例 2021-01-01
// param issued_to: date = null  -- only documents issued (成文) on this day or earlier; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns principle: text  -- the words in common; 例 需求导向
// returns places: integer  -- how many places state it; 例 2
// returns place: text?  -- the place that states it so; 例 长治市
// returns place_code: text?  -- its GB/T 2260 code; 例 140400
// returns document: text?  -- the document's title; 例 长治市2022年工作要点
// returns document_id: text  -- its id; 例 140400:长政办发〔2022〕14号
// returns principle_id: text  -- the principle's id
// returns quote: text  -- its words there; 例 坚持需求导向
// returns start: integer  -- the quote's first code point in the source's text; 例 512
// returns end: integer  -- one past its last; 例 518
// example --shared true
// :param {q: null, shared: true, place: null, level: null, year: null, issued_from: null, issued_to: null, review: null}

MATCH (d:Document)-[:STATES]->(n:Principle)
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH n, p
WHERE $level IS NULL OR p.level = $level
// What stands between two marks, once, and who says so; each of its parts that is stated somewhere by itself is a principle.
UNWIND split(reduce(text = n.text, mark IN ['，', ',', '；', ';', '。', '“', '”', '"', ' '] | replace(text, mark, '、')), '、') AS said
WITH said, collect({id: n.id, place: p.id}) AS by
WITH said, by, reduce(rest = said, verb IN ['坚持', '注重', '强化', '突出', '鼓励', '倡导'] |
       CASE WHEN rest STARTS WITH verb THEN substring(rest, size(verb)) ELSE rest END) AS stated
UNWIND range(4, size(said)) AS length
UNWIND range(0, size(said) - length) AS at
WITH by, stated, substring(said, at, length) AS principle
WITH principle, collect(by) AS bys, sum(CASE WHEN principle = stated THEN 1 ELSE 0 END) AS stated
WHERE stated > 0
  AND ($q IS NULL OR principle CONTAINS $q)
UNWIND bys AS by
UNWIND by AS one
WITH principle, collect(DISTINCT one.id) AS ids, count(DISTINCT one.place) AS places
WHERE $shared IS NULL OR $shared = (places > 1)
UNWIND ids AS id
MATCH (d:Document)-[:STATES]->(n:Principle {id: id})
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH principle, places, d, n, p
WHERE $place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) }
RETURN principle, places, p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, n.id AS principle_id,
       n.text AS quote, n.start AS start, n.end AS end
ORDER BY places DESC, principle, coalesce(p.id, '-'), d.id, n.order, n.id
