// Which principles (基本原则) do places share, in the same words or around the same ones, and in which words each?
// GET /compare/principles
// A principle such as 坚持问题导向、改革创新 stands under each of its parts (问题导向, 改革创新), with all others that hold these words. Parts of fewer than four characters say too little to compare.
// param q: text = null  -- any part of the words in common; 例 需求导向
// param shared: boolean = null  -- true: only what more than one place states; false: only what one states
// param principles: text[] = null  -- only these words in common; 例 需求导向
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
// :param {q: null, shared: true, principles: null, place: null, level: null, year: null, issued_from: null, issued_to: null, review: null}

WITH COLLECT { MATCH (:Place {id: $place})<-[:PART_OF]-{0,3}(x:Place) RETURN x.id } AS within
CALL (within) {
  WITH within WHERE $principles IS NULL
  MATCH (n:Principle)<-[:STATES]-(d:Document)
  WHERE d.loaded = true
    AND ($year IS NULL OR d.year = $year)
    AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
    AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
    AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
  OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
  WITH within, n.text AS text, p
  WHERE $level IS NULL OR p.level = $level
  WITH within, text, collect(DISTINCT p.id) AS places
  // What stands between two marks, once, and where it is said; each of its parts that is stated somewhere by itself is a principle.
  UNWIND split(reduce(said = text, mark IN ['，', ',', '；', ';', '。', '“', '”', '"', ' '] | replace(said, mark, '、')), '、') AS said
  WITH within, said, collect(places) AS at
  WITH within, said, at, reduce(rest = said, verb IN ['坚持', '注重', '强化', '突出', '鼓励', '倡导'] |
         CASE WHEN rest STARTS WITH verb THEN substring(rest, size(verb)) ELSE rest END) AS stated
  UNWIND range(4, size(said)) AS length
  UNWIND range(0, size(said) - length) AS first
  WITH within, at, stated, substring(said, first, length) AS principle
  WHERE $q IS NULL OR principle CONTAINS $q
  WITH within, principle, collect(at) AS ats, sum(CASE WHEN principle = stated THEN 1 ELSE 0 END) AS stated
  WHERE stated > 0
  UNWIND ats AS at
  UNWIND at AS places
  UNWIND CASE WHEN size(places) = 0 THEN [null] ELSE places END AS place
  WITH within, principle, collect(DISTINCT place) AS places
  WHERE $place IS NULL OR any(place IN places WHERE place IN within)
  RETURN principle AS id, size(places) AS places
  UNION
  UNWIND $principles AS id
  RETURN id, 0 AS places
}
WITH within, id, places
WHERE $shared IS NULL OR $principles IS NOT NULL OR $shared = (places > 1)
// in parts: principles by places DESC, id
WITH within, collect(id) AS principles
MATCH (n:Principle)<-[:STATES]-(d:Document)
WHERE d.loaded = true
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
WITH within, d, n, [principle IN principles WHERE n.text CONTAINS principle] AS principles
WHERE size(principles) > 0
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
WITH within, principles, d, n, p
WHERE $level IS NULL OR p.level = $level
UNWIND principles AS principle
WITH within, principle, count(DISTINCT p.id) AS places, collect({d: d, n: n, p: p}) AS rows
WHERE $shared IS NULL OR $shared = (places > 1)
UNWIND rows AS row
WITH within, principle, places, row.d AS d, row.n AS n, row.p AS p
WHERE $place IS NULL OR p.id IN within
RETURN principle, places, p.name AS place, p.id AS place_code, d.title AS document, d.id AS document_id, n.id AS principle_id,
       n.text AS quote, n.start AS start, n.end AS end
ORDER BY places DESC, principle, coalesce(p.id, '-'), d.id, n.order, n.id
