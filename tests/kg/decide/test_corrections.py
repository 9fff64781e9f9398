"""What an entry changes, which entries do not hold and why, and what a broken file is told."""

from __future__ import annotations

import datetime
import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.decide.corrections import Corrections, Entry, apply, changes
from kg.decide.file import append, forms, make, parse, read
from kg.errors import BadCorrections
from kg.model import Agency, Document, Extraction, Place
from tests.samples import CHANGZHI, HENGYANG, PLACES, SHANXI, Doc, Unit, agency, as_bytes, extract

DOC = Doc(
    "工作要点",
    "长政办发〔2022〕12号",
    tasks=(
        (Unit("司法局"), Unit("财政局", "PARTICIPATES"), Unit("各县区", "PARTICIPATES")),
        (Unit("公安局"), Unit("司法局", "PARTICIPATES"), Unit("财政处", "PARTICIPATES")),
    ),
    issuers=("政府",),
    due=2022,
)
OTHER = Doc("另一要点", "衡政办发〔2021〕3号", HENGYANG, tasks=((Unit("财政处"),),))
FIRST, SECOND = f"{DOC.id}:1", f"{DOC.id}:2"


def named(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
    """The rules of the sample documents: 某 is a name that nobody can place."""
    found = agency(name, None if place == "-" else place)
    return replace(found, resolved="某" not in name), tuple(PLACES.values())


def entry(change: str, **said: Any) -> Entry:
    of_agency = change in ("merge", "split")
    key: dict[str, Any] = {"place": CHANGZHI} if of_agency else {"document": DOC.id}
    return make(**key | {"change": change, "reason": "读错了", "date": "2026-01-05"} | said)


def corrected(*entries: Entry, docs: tuple[Doc, ...] = (DOC,)) -> tuple[Extraction, tuple[str, ...]]:
    return apply(extract(as_bytes(*docs), "a.json"), Corrections(entries, named))


def of(change: str, **said: Any) -> tuple[list[str], tuple[str, ...]]:
    """What one entry changes in DOC, and the problems."""
    before = extract(as_bytes(DOC), "a.json").documents[0]
    extraction, problems = corrected(entry(change, **said))
    return changes(before, extraction.documents[0]), problems


def assignment(unit: str, role: str, task: str) -> str:
    return f"{unit} {role} (clause) in {task}"


@pytest.mark.parametrize(
    ("change", "said", "expected"),
    [
        ("delete", {"quote": "各县区"}, ["- " + assignment("长治市各县区", "PARTICIPATES", FIRST)]),
        ("delete", {"quote": "司法局", "task": "2."}, ["- " + assignment("长治市司法局", "PARTICIPATES", SECOND)]),
        ("delete", {"quote": "司法局", "task": SECOND}, ["- " + assignment("长治市司法局", "PARTICIPATES", SECOND)]),
        ("delete", {"quote": "司法局", "role": "LEADS"}, ["- " + assignment("长治市司法局", "LEADS", FIRST)]),
        ("delete", {"quote": "司法局", "nth": 2}, ["- " + assignment("长治市司法局", "PARTICIPATES", SECOND)]),
        ("delete", {"quote": "各 县区", "task": "9."}, ["- " + assignment("长治市各县区", "PARTICIPATES", FIRST)]),
        ("delete", {"quote": "公安局", "document": "长政办发[2022]12号"}, ["- " + assignment("长治市公安局", "LEADS", SECOND)]),
        (
            "role",
            {"quote": "公安局", "role": "PARTICIPATES"},
            ["- " + assignment("长治市公安局", "LEADS", SECOND), "+ " + assignment("长治市公安局", "PARTICIPATES", SECOND)],
        ),
        ("add", {"quote": "第1件事", "role": "LEADS"}, ["+ " + assignment("长治市第1件事", "LEADS", FIRST)]),
        (
            "add",
            {"quote": "第1件事", "role": "LEADS", "agency": "教育局"},
            ["+ " + assignment("长治市教育局", "LEADS", FIRST)],
        ),
        ("add", {"quote": "公安局", "role": "LEADS", "task": "1."}, ["+ " + assignment("长治市公安局", "LEADS", FIRST)]),
        ("add", {"quote": "2022年", "role": "LEADS", "nth": 2}, ["+ " + assignment("长治市2022年", "LEADS", SECOND)]),
        (
            "deadline",
            {"quote": "2022年底前", "task": "2.", "kind": "by", "due": "2023-06-30"},
            [f"- 2022年底前: by 2022-12-31 in {SECOND}", f"+ 2022年底前: by 2023-06-30 in {SECOND}"],
        ),
        (
            "deadline",
            {"quote": "2022年底", "task": "2.", "kind": "period", "start": "2022-01-01", "due": "2022-12-31"},
            [f"- 2022年底前: by 2022-12-31 in {SECOND}", f"+ 2022年底: period 2022-01-01 to 2022-12-31 in {SECOND}"],
        ),
        ("deadline", {"quote": "2022年底前", "nth": 1, "kind": "none"}, [f"- 2022年底前: by 2022-12-31 in {FIRST}"]),
        ("deadline", {"quote": "第2件事", "kind": "recurring", "every": "month"}, [f"+ 第2件事: recurring month in {SECOND}"]),
        ("deadline", {"quote": "工作要点", "kind": "within", "within": "P5D"}, [f"+ 工作要点: within P5D in {DOC.id}"]),
    ],
)  # fmt: skip
def test_an_entry_changes_one_fact(change: str, said: dict[str, Any], expected: list[str]) -> None:
    assert of(change, **said) == (expected, ())


def test_a_task_gets_new_bounds_and_takes_up_what_it_holds_then() -> None:
    extraction, problems = corrected(entry("task", quote="办好第1件事", last="财政处)", title="两件事"))
    (document,) = extraction.documents
    assert problems == ()
    assert [(t.id, t.title, t.corrected) for t in document.tasks] == [(FIRST, "两件事", "读错了 (2026-01-05)")]
    words = document.tasks[0].span.of(extraction.source.text)
    assert words.startswith("1.办好第1件事")
    assert words.endswith("财政处)")
    assert {a.task for a in document.assignments} | {d.task for d in document.deadlines} == {FIRST}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"first": "办好", "last": "前"}, "办好第1件事。2022年底前"),
        ({"last": "。"}, "1.办好第1件事。"),
        ({"first": "工作要点", "last": "第1件事"}, "工作要点\n\n1.办好第1件事"),
    ],
)
def test_bounds_are_given_by_their_words(said: dict[str, Any], words: str) -> None:
    extraction, problems = corrected(entry("task", quote="1.办好", **said))
    assert problems == ()
    assert extraction.documents[0].tasks[0].span.of(extraction.source.text) == words


@pytest.mark.parametrize(
    ("change", "said", "why"),
    [
        ("delete", {"quote": "教育局"}, "no unit is read from these words"),
        ("delete", {"quote": "司法局"}, f"it matches 2 times ({FIRST}, {SECOND}): say which with task or nth"),
        ("delete", {"quote": "司法局", "nth": 3}, "it matches 2 times"),
        ("role", {"quote": "各县区", "role": "PARTICIPATES"}, "各县区 has the role PARTICIPATES already"),
        ("add", {"quote": "教育局", "role": "LEADS"}, "these words stand 0 times in the document"),
        ("add", {"quote": "司法局", "role": "LEADS"}, "these words stand 2 times in the document: say where with task or nth"),
        ("add", {"quote": "公安局", "role": "LEADS"}, f"长治市公安局 has this role in {SECOND} already"),
        ("add", {"quote": "工作要点", "role": "LEADS"}, "these words stand in no task: say which with task"),
        ("deadline", {"quote": "2022年底前", "kind": "none"}, "it matches 2 times"),
        ("deadline", {"quote": "件事", "kind": "none", "nth": 1}, "no deadline is read from these words"),
        ("deadline", {"quote": "2022年底前", "nth": 1, "kind": "by", "due": "2022-12-31"}, "the rules read it so already"),
        ("task", {"quote": "办好", "last": "前"}, f"it matches 2 times ({FIRST}, {SECOND})"),
        ("task", {"quote": "第3件事", "last": "前"}, "no task has this title or begins with these words"),
        ("task", {"quote": "办好第1件事", "last": "第2件事"}, f"it would cut into {SECOND}: correct that first"),
        ("task", {"quote": "办好第2件事", "first": "财政处", "last": "公安局"}, "its last words stand before its first"),
        ("task", {"quote": "办好第2件事", "first": "件事", "last": "第1"}, "its last words stand before its first"),
        ("task", {"quote": "办好第2件事", "last": "局"}, "局 stands 2 times there"),
        ("merge", {"surface": "财政处", "into": "某局"}, "某局 is no name that the rules can place"),
        ("split", {"surface": "财政处", "into": "长治市财政处"}, "长治市财政处 is what the rules say already"),
    ],
)  # fmt: skip
def test_what_does_not_match_once_is_reported_and_changes_nothing(change: str, said: dict[str, Any], why: str) -> None:
    changed, problems = of(change, **said)
    assert changed == []
    (problem,) = problems
    assert entry(change, **said).label in problem
    assert why in problem


def test_the_other_entries_hold_all_the_same_and_the_document_says_which() -> None:
    wrong, right = entry("delete", quote="教育局"), entry("delete", quote="各县区")
    extraction, problems = corrected(wrong, right)
    (document,) = extraction.documents
    assert document.corrected == (right.label,)
    assert document.uncorrected == problems == (f"{wrong.label}: no unit is read from these words",)


def test_added_words_are_the_sources_even_over_a_line_end() -> None:
    extraction, _ = corrected(entry("add", quote="工作要点1.办好", role="LEADS", task="1.", agency="教育局"))
    (new,) = [a for a in extraction.documents[0].assignments if a.corrected]
    assert new.surface == new.span.of(extraction.source.text) == "工作要点\n\n1.办好"
    assert new.corrected == "读错了 (2026-01-05)"


def test_an_entry_of_another_document_is_not_this_ones_business() -> None:
    before = extract(as_bytes(DOC), "a.json")
    after, problems = corrected(entry("delete", quote="教育局", document="别的文件"))
    assert (after.documents, problems) == (before.documents, ())


def test_a_number_that_two_documents_of_a_file_bear_is_refused() -> None:
    twin = replace(DOC, place=HENGYANG)
    extraction, problems = corrected(entry("delete", quote="各县区", document="长政办发〔2022〕12号"), docs=(DOC, twin))
    assert len(problems) == 2
    assert f"names {DOC.id}, {twin.id}; give the id" in problems[0]
    assert [len(d.assignments) for d in extraction.documents] == [6, 6]


# Who an agency is


def units(document: Document) -> list[str]:
    return [a.agency.id for a in document.assignments]


def test_a_merge_gives_two_surfaces_one_id_at_one_place() -> None:
    merge = entry("merge", surface="财政处", into="财政局")
    extraction, problems = corrected(merge, docs=(DOC, OTHER))
    assert problems == ()
    changed, other = extraction.documents
    assert units(changed).count(f"{CHANGZHI}:财政局") == 2
    assert units(other) == [f"{HENGYANG}:财政处"]
    assert [a.corrected for a in changed.assignments if a.surface.startswith("财政")] == [None, merge.why]
    assert (changed.corrected, other.corrected) == ((merge.label,), ())


def test_a_merge_may_name_an_agency_in_full_and_follows_another() -> None:
    first = entry("merge", surface="长治市财政处", into="财政局")
    second = entry("merge", surface="财政局", into="财务局")
    extraction, problems = corrected(first, second)
    assert problems == ()
    assert units(extraction.documents[0]).count(f"{CHANGZHI}:财务局") == 2


def test_merges_in_a_circle_are_refused() -> None:
    there, back = entry("merge", surface="财政处", into="财政局"), entry("merge", surface="财政局", into="财政处")
    extraction, problems = corrected(there, back)
    assert units(extraction.documents[0]) == units(extract(as_bytes(DOC), "").documents[0])
    assert len(problems) == 2
    assert "merges lead back to where they began" in problems[0]


def test_a_merge_that_the_rules_have_learnt_changes_nothing() -> None:
    extraction, problems = corrected(entry("merge", surface="财政局", into="财政局"))
    assert problems == ()
    assert [a.corrected for a in extraction.documents[0].assignments] == [None] * 6


def test_a_split_makes_an_agency_of_its_own() -> None:
    extraction, problems = corrected(entry("split", surface="公安局", into="长治市森林公安局", function="林业局"))
    assert problems == ()
    (own,) = [a.agency for a in extraction.documents[0].assignments if a.surface == "公安局"]
    assert (own.id, own.short, own.function) == (f"{CHANGZHI}:森林公安局", "森林公安局", "林业局")
    assert (own.place, own.level, own.resolved) == (CHANGZHI, "city", True)


def test_issuers_are_merged_too_and_new_places_come_along() -> None:
    to_province = entry("merge", surface="政府", into="政府")
    extraction, _ = apply(
        replace(extract(as_bytes(DOC), ""), places=()),
        Corrections((to_province,), lambda name, *_: named(name, SHANXI, "")),
    )
    (document,) = extraction.documents
    assert [a.id for a in document.issuing_agencies] == [f"{SHANXI}:政府"]
    assert {p.code for p in extraction.places} >= {SHANXI}


def test_an_agency_that_nobody_can_place_is_keyed_by_the_documents_place() -> None:
    lost = replace(agency("某财政局", None), id=f"{DOC.id}:某财政局", resolved=False)
    corrections = Corrections((entry("merge", surface="某财政局", into="财政局"),), named)
    assert corrections.identify(lost, (), CHANGZHI).agency.id == f"{CHANGZHI}:财政局"
    assert corrections.identify(lost, (), HENGYANG).agency == lost


# A document's place

NOWHERE = replace(DOC, place=None, number=None, title="某地要点")


def test_the_names_of_a_document_are_read_anew_at_its_place() -> None:
    there = make(change="place", document=NOWHERE.id, place=HENGYANG, reason="见发文机关", date="2026-01-05")
    merge = entry("merge", place=HENGYANG, surface="财政处", into="财政局")
    extraction, problems = corrected(merge, there, docs=(NOWHERE,))
    (document,) = extraction.documents
    assert problems == ()
    assert (document.id, document.place) == (NOWHERE.id, HENGYANG)
    assert [a.id for a in document.issuing_agencies] == [f"{HENGYANG}:政府"]
    assert units(document).count(f"{HENGYANG}:财政局") == 2  # the place holds first, wherever it stands
    assert {a.corrected for a in document.assignments} == {there.why, merge.why}
    assert document.corrected == (there.label, merge.label)


@pytest.mark.parametrize(
    ("doc", "place", "why"),
    [(DOC, CHANGZHI, "the rules say so already"), (NOWHERE, "999999", "999999 is no code of a place")],
)
def test_a_place_that_is_known_or_is_none_is_refused(doc: Doc, place: str, why: str) -> None:
    def strict(name: str, place: str | None, document: str) -> tuple[Agency, tuple[Place, ...]]:
        known = place if place in PLACES else None
        return replace(agency(name, known), resolved=known is not None), ()

    there = make(change="place", document=doc.id, place=place, reason="见发文机关", date="2026-01-05")
    before = extract(as_bytes(doc), "a.json")
    after, problems = apply(before, Corrections((there,), strict))
    assert problems == (f"{there.label}: {why}",)
    assert after.documents[0].assignments == before.documents[0].assignments


# The digest


def test_the_digest_is_of_the_entries_that_concern_the_document() -> None:
    for_doc, for_all = entry("delete", quote="各县区"), entry("merge", surface="财政处", into="财政局")
    other = entry("delete", quote="各县区", document="别的文件")

    def digest(*entries: Entry) -> str:
        return Corrections(entries, named).digest(DOC.id, DOC.number)

    assert digest() == digest(other) == ""
    assert digest(for_doc) == digest(for_doc, other) != ""
    assert len({digest(for_doc), digest(for_all), digest(for_doc, for_all), digest(for_all, for_doc)}) == 4
    assert digest(entry("delete", quote="各县区", document="长政办发（2022）12号")) != ""


# The file

ENTRY = """\
- change: delete
  document: 140400:工作要点
  quote: 市司法局  # 只是举例
  task: 3.10
  reason: 举例
  date: 2026-01-05
"""


def test_values_stay_as_they_are_written() -> None:
    (read_,) = parse(ENTRY)
    assert (read_.change, read_.task, read_.date) == ("delete", "3.10", datetime.date(2026, 1, 5))  # type: ignore[union-attr]
    (merge,) = parse(
        "- {change: merge, place: 140400, surface: 市科技局, into: 市科学技术局, reason: 同一单位, date: 2026-01-05, by: null}"
    )
    assert merge.model_dump(include={"place", "by"}) == {"place": "140400", "by": None}


@pytest.mark.parametrize("text", ["", "# 还没有\n", "---\n", "[]\n"])
def test_a_file_may_be_empty(text: str) -> None:
    assert parse(text) == ()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\n", 1, "the file is no list of entries"),
        ("- 司法局\n", 1, "this entry is no list of"),
        (ENTRY + "- change: 'delete\n", 8, "not YAML"),
        (ENTRY + "\n- change: remove\n", 8, "change is unknown\nchoose from merge, split, place, add"),
        (ENTRY + "- document: 1\n", 7, "change is unknown"),
        (ENTRY.replace("  reason: 举例\n", ""), 1, "reason is missing"),
        (ENTRY.replace("举例\n  date", "''\n  date"), 5, "reason: String should have at least 1 character"),
        (ENTRY.replace("task:", "tasks:"), 4, "there is no tasks here\nchoose from reason, date"),
        (ENTRY.replace("2026-01-05", "昨天"), 6, "date: "),
        (ENTRY + "  by: [甲, 乙]\n", 7, "by is a list"),
        (ENTRY + "  task: '4'\n", 7, "task stands here twice"),
        (ENTRY + ENTRY, 7, "the entry of line 1 speaks of the same"),
        ("- {change: task, document: a, quote: 甲, reason: 乙, date: 2026-01-05}\n", 1, "give at least one of first"),
        ("- {change: merge, place: 长治市, surface: 甲, into: 乙, reason: 丙, date: 2026-01-05}\n", 1, "place: "),
        ("a: 1\n---\nb: 2\n", 2, "not YAML"),
    ],
)
def test_a_broken_file_is_told_the_line(text: str, line: int, says: str) -> None:
    with pytest.raises(BadCorrections) as refused:
        parse(text)
    assert f"corrections.yaml:{line}: " in str(refused.value)
    assert says in str(refused.value)


def test_the_page_shows_what_is_accepted() -> None:
    """Every form stands on it as an entry, and as the command that writes it."""
    text = (Path(__file__).parents[3] / "docs" / "corrections.md").read_text(encoding="utf-8")
    shown = [parse(block)[0] for block in re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)]
    commands = [shlex.split(command) for command in re.findall(r"^`kg correct (.*)`$", text, re.MULTILINE)]
    assert {entry_.change for entry_ in shown} == {change for change, *_ in commands} == forms().keys()
    for change, *options in commands:
        said = dict(zip([option.removeprefix("--") for option in options[::2]], options[1::2], strict=True))
        make(change=change, date="2026-01-05", **said | ({"place": CHANGZHI} if "place" in said else {}))


def test_entries_are_written_behind_the_others_and_comments_stay(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    append(file, entry("delete", quote="各县区"))
    assert file.read_text(encoding="utf-8").startswith("# What people know better")
    file.write_text(f"# 县里核对过\n{ENTRY}# 结束\n", encoding="utf-8")
    new = entry("add", quote="市教育局", role="LEADS", task="3.10", by="王")
    append(file, new)
    text = file.read_text(encoding="utf-8")
    assert [word in text for word in ("# 县里核对过", "# 只是举例", "# 结束", "task: 3.10\n")] == [True] * 4
    assert read(file, named).entries == (*parse(ENTRY), new)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("former", ["", "# 还没有\n", "[]\n"])
def test_the_first_entry_of_an_empty_file(tmp_path: Path, former: str) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text(former, encoding="utf-8")
    append(file, entry("delete", quote="各县区"))
    assert read(file, named).entries == (entry("delete", quote="各县区"),)
    assert former.strip("[]\n") in file.read_text(encoding="utf-8")


def test_what_cannot_be_appended_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    append(file, entry("delete", quote="各县区"))
    before = file.read_bytes()
    with pytest.raises(BadCorrections):
        append(file, entry("delete", quote="各县区"))
    assert file.read_bytes() == before


def test_a_file_in_a_repository_may_be_linked(tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    real, link = tmp_path / "repository" / "corrections.yaml", tmp_path / "corrections.yaml"
    real.write_text(ENTRY, encoding="utf-8")
    link.symlink_to(real)
    append(link, entry("delete", quote="各县区"))
    assert link.is_symlink()
    assert len(read(real, named).entries) == 2
