"""A base that the last release made still answers, says what is to be read anew, and loses nothing by that.

At a release `python -m tests.kg.graph.test_released` packs a base of it.
"""

from __future__ import annotations

import datetime
import re
import tarfile
import tempfile
from pathlib import Path
from typing import Final

from kg.decide.file import append
from kg.graph.backup import restore
from kg.library import Library
from kg.settings import Settings
from loaders.extract import extract
from tests.kg.decide.small_corrections import entry

PACKED: Final = Path(__file__).with_suffix(".tar.xz")
TEXT: Final = """长治市人民政府办公室关于印发2022年节水工作要点的通知
长政办发〔2022〕9号

各县区人民政府，市直各有关单位：

一、严格用水管理
（一）完善用水定额。2022年6月底前修订用水定额。（市水利局牵头，市发展和改革委员会配合）
（二）推广节水器具。每季度通报一次进展。（市住房和城乡建设局牵头，市市场监督管理局、各县区人民政府配合）

长治市人民政府办公室
2022年3月1日
"""
NAME: Final = "节水工作要点.txt"
DOCUMENT: Final = "140400:长政办发〔2022〕9号"
_OF_A_MACHINE: Final = re.compile(r".*/(\w*\.?lock|engine\.log|logging\.properties|password|config|log)")


def opened(data: Path) -> Library:
    base = Library.at(Settings(data=data, timeout=300))
    base.extract = extract
    return base


def duties(base: Library) -> list[tuple[object, ...]]:
    """Which units lead a task, which take part, by when, and by which words."""
    rows = base.query("document-tasks", document=DOCUMENT)
    parts = (*((unit, "agency") for unit in ("leads", "participants")), ("deadlines", "due_on"))
    return [(row["task_number"], row["quote"], *([one[of] for one in row[part]] for part, of in parts)) for row in rows]


def test_a_base_of_the_last_release_opens(tmp_path: Path) -> None:
    with tarfile.open(PACKED) as packed:
        packed.extractall(tmp_path, filter="data")
    with opened(tmp_path / "base") as base:
        held = duties(base)
        assert [report["latest"] for report in base.query("progress", task=f"{DOCUMENT}:1.1")] == [True]
        assert [units for _, _, *units in held] == [
            [["长治市水利局"], ["长治市发展和改革委员会"], ["2022-06-30"]],
            [["长治市住房和城乡建设局"], ["长治市市场监督管理局", "长治市各县区人民政府"], [None]],
        ]
        assert base.check() == []
        assert base.status().outdated in ((), (NAME,))  # `kg rebuild` reads it again
        assert [result.outcome for result in base.rebuild()] == ["replaced"]
        assert (base.status().outdated, base.check(files=True), duties(base)) == ((), [], held)
        (report,) = base.query("progress", task=f"{DOCUMENT}:1.1")
        assert report["state"] == "done"
    restore(tmp_path / "backup.zip", tmp_path / "new", {})
    assert [file.read_bytes() for file in (tmp_path / "new" / "sources").glob("*[0-9a-f]")] == [TEXT.encode()]


def main() -> None:
    """Packs a base of this release: without what is of this machine only."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "base"
        with opened(data) as base:
            append(base._corrections_file, entry("merge", surface="市水务局", into="市水利局"))
            base.load_bytes(TEXT.encode(), NAME)
            base.progress.report(f"{DOCUMENT}:1.1", "长治市水利局", state="done", date=datetime.date(2022, 6, 1))
            base.backup(Path(name) / "backup.zip")
        with tarfile.open(PACKED, "w:xz") as packed:
            for path in (data, Path(name) / "backup.zip"):
                packed.add(path, path.name, filter=_of_any_machine)


def _of_any_machine(one: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if _OF_A_MACHINE.fullmatch(one.name) else one.replace(uid=0, gid=0, uname="", gname="", deep=False)


if __name__ == "__main__":
    main()
