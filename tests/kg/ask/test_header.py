"""What the header of a query file says, and which files are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ask.queries import load_queries, read_query
from kg.ask.signature import Parameter, Type
from kg.errors import BadQueryFile

GOOD = """\
// Which documents are held?
// GET /documents
// param year: integer = null  -- only of this year; 例 2022
// returns id: text  -- its id
// example --year 2022
// :param {year: 2022}

MATCH (d:Document) WHERE d.loaded = true AND ($year IS NULL OR d.year = $year)
RETURN d.id AS id ORDER BY id;
"""


def write(folder: Path, text: str, name: str = "good.cypher") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_header_is_a_signature(tmp_path: Path) -> None:
    query = read_query(write(tmp_path, GOOD))
    assert (query.name, query.path, query.answers) == ("good", "/documents", "Which documents are held?")
    assert query.parameters == (Parameter("year", Type("integer"), False, None, "only of this year", "2022"),)
    assert query.command == "kg query good --year 2022"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("// Which documents are held?\n", "", r":1: .*sentence"),
        ("// GET /documents\n", "", r":1: one `// GET"),
        ("GET /documents", "GET /Documents/?x", r":2: .*no path"),
        ("GET /documents", "GET /documents/{id}", r":2: .*required parameter"),
        ("GET /documents", "GET /documents/{year}", r":2: .*required parameter"),
        ("year: integer", "year integer", r":3: not `param"),
        ("year: integer", "year: money", r":3: money is no type"),
        ("= null", "= soon", r":3: the default is not"),
        ("year: integer", "limit: integer", r":3: every query has"),
        ("year: integer", "most: integer", r":3: every query has"),
        ("id: text", "id text", r":4: not `returns"),
        ("id: text", "id: document", r":4: no column"),
        ("// returns id: text  -- its id\n", "", r"no `// returns"),
        ("// example --year 2022\n", "", r"one `// example"),
        ("--year 2022", "--yaer 2022", r":5: --yaer is no parameter"),
        ("--year 2022", "--year soon", r":5: --year in the example"),
        ("--year 2022", "2022", r":5: the example"),
        ("integer = null", "integer", None),
        ("// :param {year: 2022}\n", "", r"one `// :param"),
        ("{year: 2022}", "{years: 2022}", r":6: .*differ in year, years"),
        ("$year IS NULL", "$place IS NULL", r":8: \$place is not declared"),
        (" AND ($year IS NULL OR d.year = $year)", "", r":3: \$year is declared but not used"),
        ("$year IS NULL", "$`year` IS NULL", r":8: a parameter is"),
        ("RETURN d", "SET d.seen = true RETURN d", r":9: SET is not accepted"),
        ("RETURN d", "merge (x:X) RETURN d", r":9: merge is not accepted"),
        ("RETURN d", "CREATE/* */(:X) RETURN d", r":9: CREATE is not accepted"),
        ("RETURN d", "DETACH\nDELETE d RETURN d", r":9: DETACH is not accepted"),
        ("RETURN d", "REMOVE d.x RETURN d", r":9: REMOVE is not accepted"),
        ("MATCH (d", "DROP INDEX x; MATCH (d", r":8: DROP is not accepted"),
        ("MATCH (d", "LOAD  CSV FROM 'file:///etc/passwd' AS l MATCH (d", r":8: LOAD  CSV is not accepted"),
        ("RETURN d", "FOREACH (x IN [] | SET d.x = 1) RETURN d", r":9: FOREACH is not accepted"),
        ("RETURN d", "CALL db.labels() YIELD label RETURN d", r":9: CALL is not accepted"),
        ("RETURN d", "CALL `db`.labels() YIELD label RETURN d", r":9: CALL is not accepted"),
        ("RETURN d", "CALL (d) { RETURN 1 AS x } IN TRANSACTIONS RETURN d", r":9: IN TRANSACTIONS is not accepted"),
        ("RETURN d", "CALL (d) { RETURN 1 AS x } IN 2 CONCURRENT TRANSACTIONS RETURN d", r":9: IN 2 CONCURRENT TRANSACTIONS"),
        ("ORDER BY id;", "ORDER BY id LIMIT 5;", r":9: LIMIT is not accepted"),
        ("RETURN d", "WITH d ORDER BY d.id LIMIT $year RETURN d", r":9: LIMIT is not accepted"),
        ("RETURN d", "WITH d ORDER BY d.id LIMIT $most RETURN d", r":6: .*differ in most"),
        (" ORDER BY id;", ";", r":9: .*ORDER BY"),
        ("RETURN d.id AS id ORDER BY id;", "RETURN COLLECT { RETURN 1 AS x ORDER BY x } AS id", r":9: .*ORDER BY"),
        ("MATCH (d", "MATCH (x) RETURN x.id AS id UNION MATCH (d", r"UNION"),
        ("ORDER BY id;", "ORDER BY id; MATCH (n) RETURN n ORDER BY n", r":9: ; is unclosed, or ends"),
        ("d.loaded = true", "d.title = 'x", r":8: ' is unclosed"),
        ("d.loaded = true", r"d.title = '\u0027 OR true //'", r":8: \\u escapes"),
    ],
)
def test_drift_and_writes_are_refused(tmp_path: Path, old: str, new: str, complaint: str | None) -> None:
    """`complaint` None: the file is good, though changed."""
    assert old in GOOD
    file = write(tmp_path, GOOD.replace(old, new, 1))
    if complaint is None:
        assert read_query(file).parameters[0].required
        return
    with pytest.raises(BadQueryFile, match=r"good\.cypher.*" + complaint):
        read_query(file)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("d.loaded = true", "d.loaded = true AND d.title <> 'CREATE; // DELETE $x'"),
        ("d.loaded = true", 'd.loaded = true AND d.title <> "it\'s \\" MERGE"'),
        ("d.loaded = true", "d.`SET` IS NULL /* DROP ' */"),
        ("RETURN d", "// REMOVE, LIMIT and $anything\nRETURN d"),
        ("RETURN d", "CALL (d) { RETURN 1 AS x } RETURN d"),
        ("d.loaded = true", "d.created = true AND d.offsets IS NULL AND d.reset = 1"),
    ],
)
def test_words_in_strings_comments_and_names_are_no_clauses(tmp_path: Path, old: str, new: str) -> None:
    read_query(write(tmp_path, GOOD.replace(old, new)))


def test_a_statement_may_go_on_with_as_many_rows_as_are_asked_for(tmp_path: Path) -> None:
    file = write(
        tmp_path, GOOD.replace("RETURN d", "WITH d ORDER BY d.id LIMIT $most RETURN d").replace("2022}", "2022, most: 9}")
    )
    assert [p.name for p in read_query(file).parameters] == ["year"]


@pytest.mark.parametrize("name", ["Good.cypher", "go od.cypher", "1.cypher"])
def test_bad_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadQueryFile, match="name"):
        read_query(write(tmp_path, GOOD, name))


def test_two_files_with_one_path_are_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, "other.cypher")
    with pytest.raises(BadQueryFile, match=r"other\.cypher has the path of good\.cypher"):
        load_queries(tmp_path)


def test_files_of_another_charset_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadQueryFile, match=r"no \.cypher file"):
        load_queries(tmp_path)
    (tmp_path / "good.cypher").write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(BadQueryFile, match=r"good\.cypher: not UTF-8"):
        load_queries(tmp_path)


TWO = """\
// How alike are two documents?
// GET /alike/{one}/{other}
// likeness pairs: one, other  -- how alike their tasks are
// param one: document  -- a document
// param other: document  -- another
// returns id: text  -- its id
// example --one 甲 --other 乙
// :param {one: '甲', other: '乙', pairs: null}

MATCH (d:Document) WHERE d.id IN [$one, $other] AND size($pairs) > 0
RETURN d.id AS id ORDER BY id;
"""


def test_a_statement_is_sent_how_alike_two_documents_are(tmp_path: Path) -> None:
    query = read_query(write(tmp_path, TWO))
    assert query.likeness == ("pairs", "one", "other")
    assert [p.name for p in query.parameters] == ["one", "other"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("pairs: one, other", "pairs of one, other", r":3: not `likeness"),
        ("pairs: one, other", "pairs: one, another", r":3: one and another are no two required documents"),
        ("param other: document", "param other: task", r":3: .*no two required documents"),
        (" AND size($pairs) > 0", "", r":3: \$pairs is declared but not used"),
        (", pairs: null}", "}", r":8: .*differ in pairs"),
    ],
)
def test_likeness_is_of_two_documents_that_are_asked_about(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    with pytest.raises(BadQueryFile, match=complaint):
        read_query(write(tmp_path, TWO.replace(old, new)))
