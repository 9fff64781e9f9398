"""What a broken file is told, and how entries are written."""

from __future__ import annotations

import datetime
import os
import re
import shlex
from pathlib import Path

import pytest

from kg.decide.entries import Corrections
from kg.decide.file import append, forms, make, parse, read, remove
from kg.errors import BadCorrections
from tests.kg.decide.small_corrections import entry, named
from tests.samples import CHANGZHI

ENTRY = """\
- change: delete
  document: 140400:工作要点
  quote: 市司法局  # 只是举例
  task: 3.10
  reason: 举例
  date: 2026-01-05
"""
PLACE = "- {change: place, document: 甲, place: 140400, reason: 乙, date: 2026-01-05}\n"
NONE = "- {change: task, kind: none, document: 甲, quote: 乙, task: '1', reason: 丙, date: 2026-01-05}\n"
MERGE = "- {change: merge, place: 140400, surface: 甲, into: 乙, reason: 丙, date: 2026-01-05}\n"


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
        (ENTRY + "- change: 'delete\n", 8, "not YAML"),
        (ENTRY + "\n- change: remove\n", 8, "change is unknown\nchoose from merge, split, place, add"),
        (ENTRY + "- document: 1\n", 7, "change is unknown"),
        (ENTRY.replace("举例\n  date", "''\n  date"), 5, "reason: String should have at least 1 character"),
        (ENTRY.replace("task:", "tasks:"), 4, "there is no tasks here\nchoose from reason, date"),
        (ENTRY.replace("2026-01-05", "昨天"), 6, "date: "),
        ("- {change: task, document: a, quote: 甲, reason: 乙, date: 2026-01-05}\n", 1, "give at least one of first"),
        ("- {change: merge, place: 长治市, surface: 甲, into: 乙, reason: 丙, date: 2026-01-05}\n", 1, "place: "),
        ("a: 1\n---\nb: 2\n", 2, "not YAML"),
        (ENTRY + "- change: delete: 1\n", 7, "not YAML: mapping values are not allowed here\nmend that line"),
        ("司法局\n", 1, "the file is no list of entries\nbegin each entry with `- change: …`"),
        ("- 司法局\n", 1, "this entry is no list of `key: value`\nbegin it with `- change: …`"),
        (ENTRY + "  by: [甲, 乙]\n", 7, "by is a list or has keys of its own\ngive one value"),
        (ENTRY + "  task: '4'\n", 7, "task stands here twice\nleave one of the two"),
        (ENTRY + ENTRY, 7, "the entry of line 1 speaks of the same\nleave one of the two"),
        (ENTRY.replace("  reason: 举例\n", ""), 1, "reason is missing\nadd it"),
        (ENTRY.replace("quote:", "quot:"), 3, "there is no quot here\nchoose from reason, date"),  # not: quote is missing
        (ENTRY.replace("task: 3.10", "nth: 0"), 4, "nth: Input should be greater than or equal to 1"),
        (ENTRY.replace("2026-01-05", "昨天"), 6, "\nmend that line"),
        ("- document: 1\n  change: remove\n", 2, "change is unknown\nchoose from merge"),
        ("- quote: 1\n  change: task\n  document: 1\n  reason: 1\n  date: 2026-01-05\n", 2, "give at least one of first, last"),
        (PLACE + PLACE.replace("140400", "430400"), 2, "the entry of line 1 speaks of the same"),
        (MERGE + MERGE.replace("merge", "split"), 2, "the entry of line 1 speaks of the same"),
        (NONE + NONE.replace("丙", "丁"), 2, "the entry of line 1 speaks of the same"),
    ],
)
def test_a_broken_file_is_told_the_line(text: str, line: int, says: str) -> None:
    with pytest.raises(BadCorrections) as refused:
        parse(text)
    assert f"corrections.yaml:{line}: " in str(refused.value)
    assert says in str(refused.value)


def test_entries_of_one_kind_may_speak_of_several_things() -> None:
    texts = (ENTRY, ENTRY.replace("3.10", "3.11"), PLACE, PLACE.replace("甲", "乙"), MERGE, MERGE.replace("甲", "丁"))
    assert len(parse("".join(texts))) == 6
    assert len(parse(MERGE + MERGE.replace("140400", "430400"))) == 2


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(BadCorrections, match="it must be a readable file in UTF-8"):
        read(file, named)
    with pytest.raises(BadCorrections, match=r"(?s)not YAML: .*\nmend it$"):
        parse("- \x00")


def test_without_a_file_there_are_no_entries(tmp_path: Path) -> None:
    assert read(tmp_path / "corrections.yaml", named) == Corrections((), named)


def test_a_value_that_is_none_is_told_by_its_name() -> None:
    with pytest.raises(BadCorrections) as refused:
        entry("place", place="长治市")
    assert refused.value.message.startswith("place: String should match pattern")
    assert refused.value.hint == "mend that value"


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


def test_an_entry_is_written_as_a_person_would(tmp_path: Path) -> None:
    """What it is, what it says and, last, why; what is left out or goes without saying is not written."""
    file = tmp_path / "a" / "b" / "corrections.yaml"  # the folders are made
    append(file, entry("add", quote="市教育局", role="LEADS", by="王"))
    append(file, entry("add", quote="市教育局", role="LEADS", basis="narrative", nth=2))
    assert file.read_text(encoding="utf-8").partition("\n")[2] == (
        "- change: add\n  document: 140400:长政办发〔2022〕12号\n  quote: 市教育局\n  role: LEADS\n"
        "  reason: 读错了\n  date: 2026-01-05\n  by: 王\n"
        "- change: add\n  document: 140400:长政办发〔2022〕12号\n  quote: 市教育局\n  nth: 2\n  role: LEADS\n"
        "  basis: narrative\n  reason: 读错了\n  date: 2026-01-05\n"
    )


def test_what_stands_in_the_file_stays_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    former = ENTRY.replace("举例\n  date", "'举例'\n  date") + "  by: " + "很长的名字" * 100 + " 王\n"
    file.write_text(former, encoding="utf-8")
    append(file, entry("delete", quote="各县区"))
    assert file.read_text(encoding="utf-8").startswith(former)


def test_an_entry_has_one_key_a_line_in_a_list_in_brackets_too(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text(f"[{MERGE[2:-1]}]\n", encoding="utf-8")
    append(file, entry("delete", quote="各县区"))
    assert file.read_text(encoding="utf-8").startswith(f"{MERGE}- change: delete\n")


@pytest.mark.parametrize(("head", "foot"), [("---\n", ""), ("", "...\n"), ("%YAML 1.2\n---\n", "...\n")])
def test_an_entry_stands_in_the_list_where_yaml_marks_its_ends(tmp_path: Path, head: str, foot: str) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text(f"{head}{ENTRY}{foot}", encoding="utf-8")
    append(file, entry("delete", quote="各县区"))
    assert read(file, named).entries == (*parse(ENTRY), entry("delete", quote="各县区"))


def test_an_entry_is_taken_out_again(tmp_path: Path) -> None:
    """Of several, in a list in brackets too; comments stay."""
    file = tmp_path / "corrections.yaml"
    first, last = entry("delete", quote="各县区"), entry("confirm", quote="司法局", role="LEADS")
    file.write_text(f"# 县里核对过\n{ENTRY}# 二\n", encoding="utf-8")
    append(file, first)
    append(file, last)
    remove(file, first)
    assert read(file, named).entries == (*parse(ENTRY), last)
    remove(file, parse(ENTRY)[0])
    assert file.read_text(encoding="utf-8").startswith("# 县里核对过\n# 二\n- change: confirm\n")
    remove(file, last)
    assert file.read_text(encoding="utf-8") == "# 县里核对过\n# 二\n"
    file.write_text(f"[{MERGE[2:-1]}]  # 三\n", encoding="utf-8")
    remove(file, parse(MERGE)[0])
    assert parse(file.read_text(encoding="utf-8")) == ()


def test_a_full_disk_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    resource, signal = pytest.importorskip("resource"), pytest.importorskip("signal")
    file = tmp_path / "corrections.yaml"
    append(file, entry("delete", quote="各县区"))
    before = file.read_bytes()
    limit, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, limit[1]))
    try:
        with pytest.raises(BadCorrections, match="nothing was written"):
            append(file, entry("delete", quote="公安局"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)
    assert (file.read_bytes(), [*tmp_path.iterdir()]) == (before, [file])


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_who_may_enter_the_folder_may_read_the_file(tmp_path: Path) -> None:
    for quote, mode, others in (("各县区", 0o700, 0), ("公安局", 0o755, 0o044)):
        tmp_path.chmod(mode)
        umask = os.umask(0o022)
        try:
            append(tmp_path / "corrections.yaml", entry("delete", quote=quote))
        finally:
            os.umask(umask)
        assert (tmp_path / "corrections.yaml").stat().st_mode & 0o077 == others


def test_nothing_is_appended_to_a_broken_file(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text("- change: 'delete\n", encoding="utf-8")
    with pytest.raises(BadCorrections, match="not YAML"):
        append(file, entry("delete", quote="各县区"))
    assert file.read_text(encoding="utf-8") == "- change: 'delete\n"


@pytest.mark.parametrize("former", ["", "# 还没有\n", "# 还没有\n# 一条\n", "[]\n"])
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


def test_what_would_be_read_otherwise_is_not_written(tmp_path: Path) -> None:
    """YAML folds the line end of EBCDIC."""
    file = tmp_path / "corrections.yaml"
    with pytest.raises(BadCorrections, match="read otherwise"):
        append(file, entry("delete", quote="市司法局", reason="甲\x85乙"))
    assert not file.exists()
