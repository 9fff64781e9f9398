// Which documents do these places' documents cite and carry out, which of them are not held yet, and where are they cited? One row per cited document.
// GET /citations
// Most cited first. What documents name now by its 文号 and now by its title alone stands in two rows until it is loaded. The quote is each document's
// first; laws and superior plans are not told apart from what is merely mentioned.
// param place: place = null  -- only what documents for this place and those below it cite, by code or name; 例 长治市
// param level: nation|province|city|county = null  -- only what documents for a place of this level cite; nation: those of a national body that are for no place
// param document: document = null  -- only what this document cites, by id, 文号 or title; 例 长政办发〔2022〕14号
// param loaded: boolean = null  -- false: only what is not held yet; true: only what is; both if left out
// param year: integer = null  -- only what documents about this year cite; 例 2022
// param issued_from: date = null  -- only what documents issued (成文) on this day or later cite; 例 2021-01-01
// param issued_to: date = null  -- only what documents issued (成文) on this day or earlier cite; 例 2022-12-31
// param review: unchecked|checking|checked = null  -- only documents that are 未核 (unchecked), 核对中 (checking) or 已核 (checked)
// returns cited: text?  -- the cited document's title; 例 国务院办公厅通知
// returns cited_id: text  -- its id; 例 cited:国办发〔2019〕54号
// returns doc_number: text?  -- its 文号; 例 国办发〔2019〕54号
// returns loaded: boolean  -- whether it is held itself; 例 false
// returns documents: integer  -- how many documents cite it; 例 3
// returns places: integer  -- for how many places these are made; 例 2
// returns cited_by: {document: text?, document_id: text, place: text?, place_code: text?, quote: text, start: integer, end: integer, page: integer?}[]  -- each of them, with the first words that cite it; start and end in its source's text
// example --place 长治市
// :param {place: '140400', level: null, document: null, loaded: null, year: null, issued_from: null, issued_to: null, review: null}

// From the document, or the place and those below it, where one is asked for.
CALL () {
  WITH $document AS document WHERE document IS NOT NULL
  MATCH (d:Document {id: document})
  RETURN d
  UNION ALL
  WITH $place AS place WHERE place IS NOT NULL AND $document IS NULL
  MATCH (:Place {id: place})<-[:PART_OF]-{0,3}(:Place)<-[:CONCERNS]-(d:Document)
  RETURN d
  UNION ALL
  WITH 1 AS all WHERE coalesce($document, $place) IS NULL
  MATCH (d:Document)
  RETURN d
}
MATCH (d)-[c:CITES]->(o:Document)
WHERE d.loaded = true
  AND ($loaded IS NULL OR o.loaded = $loaded)
  AND ($year IS NULL OR d.year = $year)
  AND ($issued_from IS NULL OR d.issued_on >= $issued_from)
  AND ($issued_to IS NULL OR d.issued_on <= $issued_to)
  AND ($review IS NULL OR coalesce(d.review, 'unchecked') = $review)
OPTIONAL MATCH (d)-[:CONCERNS]->(p:Place)
OPTIONAL MATCH (d)-[:FROM]->(s:Source)
// pages, not the source: its text would be held with every row that is sorted.
WITH d, c, o, p, s.pages AS pages
WHERE ($level IS NULL OR p.level = $level OR ($level = 'nation' AND p IS NULL AND EXISTS { (d)<-[:ISSUED]-(:Agency {level: 'nation'}) }))
  AND ($place IS NULL OR EXISTS { (p)-[:PART_OF]->{0,3}(:Place {id: $place}) })
WITH o, count(DISTINCT d) AS documents, count(DISTINCT p) AS places, collect({
       document: d.title, document_id: d.id, place: p.name, place_code: p.id, quote: c.quote, start: c.start, end: c.end,
       page: CASE WHEN size(pages) > 0 THEN size([start IN pages WHERE start <= c.start]) END
     }) AS citing
RETURN o.title AS cited, o.id AS cited_id, o.doc_number AS doc_number, o.loaded AS loaded, documents, places,
       COLLECT {
         UNWIND citing AS one RETURN one ORDER BY coalesce(one.place_code, '-'), one.document_id, one.start
       } AS cited_by
ORDER BY documents DESC, places DESC, o.id
