"""The program as it is used: real processes, or guests of a service where a process of their own would tell no more."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock

from kg.apart.cells import read_cells
from kg.cli import COMMANDS, main
from kg.cli.command import Pages
from kg.model import Extraction
from tests.clock import PATIENCE, tell
from tests.processes import started

SEED = Path(__file__).parents[1] / "seed"
KG = (sys.executable, "-m", "kg.cli")


class Served(NamedTuple):
    """The data directory of a `kg serve`, and its address."""

    data: Path
    address: str


def kg(data: Path, *arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "KG_DATA": str(data), **environ}
    return subprocess.run([*KG, *arguments], env=env, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False)


class Here:
    """Reads files as kg.apart.readers.Readers does, in this process."""

    def __init__(self, function: str, **_: object) -> None:
        module, name = function.split(":")
        self._read: Callable[[bytes, str], Extraction] = getattr(import_module(module), name)

    def __call__(self, data: bytes, name: str) -> Extraction:
        return self._read(data, name)

    def cells(self, data: bytes, name: str) -> dict[str, list[list[str]]]:
        return read_cells(data, name)

    def close(self) -> None:
        """Nothing is left open."""


def guest(data: Path, *arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """The same in this process, where `data` is served, files read in it too: a tenth of the CPU of a process."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"KG_DATA": str(data), **environ}.items():
            patch.setenv(name, value)
        patch.setattr("kg.apart.readers.Readers", Here)
        with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
            try:
                code: int = main([str(argument) for argument in arguments])
            except SystemExit as left:
                code = left.code if isinstance(left.code, int) else 1
    written = []
    for stream in streams:
        stream.flush()
        written.append(stream.buffer.getvalue().decode().replace("\r\n", "\n"))
    return subprocess.CompletedProcess(arguments, code, *written)


@contextmanager
def serving(data: Path, **environ: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A `kg serve` on a free port, and its address."""
    env = {**os.environ, "KG_DATA": str(data), **environ}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with started([*KG, "serve", "--port", "0"], env=env, **pipes) as process:
        assert process.stdout
        said = process.stdout.readline()
        address = re.match(r"serving (http://127\.0\.0\.1:\d+)/", said)
        assert address, said
        yield process, address[1]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with one of the seeds; tests leave it in it."""
    data = tmp_path_factory.mktemp("base")
    done = kg(data, "load", SEED / "changzhi-2022-governance.txt")
    assert (done.returncode, "1 added" in done.stdout.splitlines(), done.stderr) == (0, True, "")
    assert re.fullmatch(
        r"\d+ sentences name agencies and gave nothing: kg audit --check unexplained", done.stdout.splitlines()[-1]
    )
    return data


def test_loading_again_adds_nothing(served: Served) -> None:
    assert "5 unchanged" in guest(served.data, "load", SEED).stdout.splitlines()


def test_the_main_question(base: Path, served: Served) -> None:
    asked = ("query", "obligations-across-places", "--function", "司法局", "--role", "LEADS", "--basis", "clause")
    assert kg(base, *asked).stdout.splitlines()[-1] == "9 rows"
    answer = json.loads(guest(served.data, *asked, "--format", "json").stdout)
    assert len(answer["rows"]) == 11
    assert guest(served.data, *asked, "--format", "csv").stdout.startswith("\ufeffplace,")


def test_columns_are_chosen_in_every_form(served: Served) -> None:
    base = served.data
    asked = ("query", "agencies", "--q", "司法局", "--columns", "agency,level")
    assert guest(base, *asked).stdout.splitlines()[0].split() == ["agency", "┃", "level"]
    assert guest(base, *asked, "--format", "csv").stdout.splitlines()[:2] == ["\ufeffagency,level", "长治市司法局,city"]
    assert json.loads(guest(base, *asked, "--format", "json").stdout)["rows"][0] == {"agency": "长治市司法局", "level": "city"}


def test_help_without_a_store() -> None:
    nowhere = Path("/nowhere")
    assert guest(nowhere).returncode == 0
    assert "kg query agencies --q 司法局" in guest(nowhere, "query", "--help").stdout
    assert "--due-before" in guest(nowhere, "query", "obligations-across-places", "--help").stdout
    assert guest(nowhere, "query", "deadlines", "--due-from", "soon").returncode == 2


@pytest.mark.parametrize("command", [(name,) for name in COMMANDS] + [("query", "agencies")])
def test_each_command_declares_its_options(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.suppress(SystemExit):
        assert main([*command, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: kg {' '.join(command)} ")


def test_an_option_that_a_query_does_not_take_is_answered_by_its_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["query", "agencies", "--nope", "x"])
    assert "kg query agencies: error: unrecognized arguments: --nope x" in capsys.readouterr().err


def test_a_command_pays_for_no_other_s_imports() -> None:
    told = [sys.executable, "-c", "import sys, kg.cli; kg.cli.main(['resolve', '市司法局']); print(*sys.modules)"]
    done = subprocess.run(told, env={**os.environ, "KG_DATA": "/nowhere"}, capture_output=True, encoding="utf-8", check=True)
    assert not {"neo4j", "networkx", "fastapi", "mcp", "pyarrow"} & set(done.stdout.split())


def test_an_id_may_begin_with_a_dash(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "普法.txt"
    file.write_text("普法工作要点\n一、加强普法宣传。(责任单位:司法部)\n", encoding="utf-8")
    guest(served.data, "load", file)
    asked = guest(served.data, "query", "document-tasks", "--document", "-:普法工作要点", "--format", "json")
    assert [row["task"] for row in json.loads(asked.stdout)["rows"]] == ["加强普法宣传"]
    assert guest(served.data, "remove", "-:普法工作要点").stdout == "removed -:普法工作要点\n"


def test_a_removal_says_what_brings_the_document_back(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "两份.txt"
    both = [f"衡阳市2020年{title}工作要点\n一、加强{title}。(责任单位:市司法局)\n\n" for title in ("普法", "调解")]
    file.write_text("".join(both), encoding="utf-8")
    guest(served.data, "load", file)
    said = guest(served.data, "remove", "衡阳市2020年调解工作要点").stdout
    assert said.startswith("removed 430400:衡阳市2020年调解工作要点\n")
    assert "两份.txt gives other documents too, so the next kg rebuild, or load of it, brings this one back" in said
    last = guest(served.data, "remove", "衡阳市2020年普法工作要点").stdout
    assert last == "removed 430400:衡阳市2020年普法工作要点\n"


def test_an_extraction_prints_its_json_and_nothing_else() -> None:
    done = subprocess.run(
        [*KG, "extract", SEED / "guangan-2022-openness.txt", "--format", "json"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert (json.loads(done.stdout)["source"]["chars"], done.stderr) == (5919, "")


def test_a_file_in_a_package_is_named_by_its_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice = "普法工作要点\n一、加强普法宣传。(责任单位:司法部)\n"
    package = tmp_path / "包.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("内/要点.txt", notice)
    assert main(["extract", str(package), "--format", "json"]) == 0  # the only file in it
    alone = capsys.readouterr().out
    assert json.loads(alone)["source"]["name"] == "包.zip/内/要点.txt"
    assert main(["extract", str(package / "内" / "要点.txt"), "--format", "json"]) == 0
    assert capsys.readouterr().out == alone
    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr("b.txt", notice)
    for asked, says in ((package, "it holds 2 files"), (package / "c.txt", "there is no such file in")):
        assert main(["extract", str(asked)]) == 65
        error = capsys.readouterr().err
        assert says in error
        assert str(package / "b.txt") in error


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("query", "obligation"), 66, "obligations-across-places"),
        (("query", "agency-workload", "--agency", "市司法局"), 66, "长治市司法局"),
        (("query", "deadlines", "--due-from", "soon"), 2, "such as 2022-12-31"),
        (("query", "documents", "--columns", "colour"), 2, "there is no column colour"),
        (("extract", "nowhere.txt"), 65, "nowhere.txt"),
        (("load", "nowhere"), 65, "there is no such file or folder"),
        (("remove", "没有这个文件"), 66, "没有这个文件"),
        (("reset",), 78, "--yes"),
        (("serve", "--host", "0.0.0.0"), 78, "KG_API_KEY"),
    ],
)
def test_errors_say_what_and_what_to_do(served: Served, arguments: tuple[str, ...], code: int, says: str) -> None:
    done = guest(served.data, *arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_file_is_named_and_the_others_go_on(served: Served, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text("消防工作要点\n一、加强巡查。（责任单位：应急管理部）\n", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"\x00\x01\x02")
    done = guest(served.data, "load", tmp_path)
    assert done.returncode == 65
    assert "1 added, 2 failed" in done.stdout.splitlines()
    assert "a.txt: the file is empty" in done.stdout
    assert guest(served.data, "remove", "消防工作要点").returncode == 0


def ends_cleanly(process: subprocess.Popen[str], address: str, number: signal.Signals) -> None:
    with urllib.request.urlopen(f"{address}/readyz", timeout=PATIENCE) as answer:
        assert json.load(answer) == {"status": "ready", "engine": "embedded"}
    process.send_signal(number)
    rest, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, rest, errors) == (0, "", "")


def test_remove_and_reset(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, address):
        guest(tmp_path, "load", SEED / "changzhi-2022-governance.txt", SEED / "guangan-2022-openness.txt")
        assert guest(tmp_path, "remove", "长政办发(2022)14号").returncode == 0
        assert "documents  1 from 1 files" in guest(tmp_path, "status").stdout
        assert guest(tmp_path, "reset", "--yes").returncode == 0
        assert "documents  0 from 0 files" in guest(tmp_path, "status").stdout
        ends_cleanly(process, address, signal.SIGINT)


def test_a_correction_is_checked_written_and_applied(tmp_path: Path) -> None:
    file, data = tmp_path / "普法.txt", tmp_path / "data"
    file.write_text(
        "长治市人民政府关于做好普法工作的通知\n一、加强普法宣传。（市司法局牵头，市教育局配合）\n"
        "二、加强培训。（市司法局牵头）\n",
        encoding="utf-8",
    )
    document = "140400:长治市人民政府关于做好普法工作的通知"
    with serving(data) as (process, address):
        assert guest(data, "load", file).returncode == 0
        _correct(file, data, document)
        ends_cleanly(process, address, signal.SIGTERM)


def _correct(file: Path, data: Path, document: str) -> None:
    here = ("--document", "长治市人民政府关于做好普法工作的通知", "--reason", "不承担任务", "--date", "2026-01-05")
    asked = ("query", "document-tasks", "--document", document, "--format", "json")

    several = guest(data, "correct", "delete", *here, "--quote", "市司法局")
    assert (several.returncode, (data / "corrections.yaml").exists()) == (66, False)
    assert "it matches 2 times" in several.stderr
    none = guest(data, "correct", "role", *here, "--quote", "市财政局", "--role", "LEADS")
    assert (none.returncode, "no unit is read from these words" in none.stderr) == (66, True)

    held = guest(data, "correct", "new-task", *here, "--quote", "加强培训。")
    assert (held.returncode, f"{document}:2 begins with these words" in held.stderr) == (66, True)

    done = guest(data, "correct", "delete", *here, "--quote", "市教育局")
    assert done.stdout.splitlines()[:2] == [document, f"  - 长治市教育局 PARTICIPATES (clause) in {document}:1"]
    assert "长治市教育局" not in guest(data, *asked).stdout
    assert guest(data, "load", file).stdout.splitlines()[-1] == "1 unchanged"
    assert guest(data, "audit").stdout == "0 findings\n"

    signed = guest(data, "review", document, "--state", "checked", "--by", "王").stdout.splitlines()
    assert signed[0].startswith(f"{document}: 已核 checked (王, ")
    assert signed[1] == "  to be decided: 0 doubtful facts, 0 unexplained sentences"
    listed = guest(data, "ledger", "--document", document, "--output", file.with_suffix(".csv")).stdout.splitlines()
    assert listed[0] == "1 of 1 documents are checked (已核)"
    assert guest(data, "correct", "undo", signed[2].split()[0]).stdout.startswith("taken back: 2026-01-05 delete 市教育局")
    again = guest(data, "review", document).stdout.splitlines()
    assert again[0].startswith(f"{document}: 核对中 checking (王, ")
    left = "  to be decided: 1 doubtful facts, 0 unexplained sentences"
    assert again[1:] == ["  + unit 1 长治市教育局 PARTICIPATES clause", left]

    unchecked = guest(data, "correct", "delete", *here[:1], document, *here[2:], "--quote", "市财政局", "--no-check")
    assert unchecked.returncode == 0
    reported = guest(data, "rebuild")
    assert (reported.returncode, reported.stdout.splitlines()[-1]) == (0, "1 replaced")
    assert "correction not applied: 2026-01-05 delete 市财政局" in reported.stderr
    assert "met nothing here" not in reported.stderr
    rows = json.loads(guest(data, "audit", "--format", "json").stdout)["rows"]
    assert [(row["check"], row["document_id"]) for row in rows] == [("correction", document)]
    guest(data, "correct", "delete", "--document", "长政发〔2000〕1号", *here[2:], "--quote", "市财政局", "--no-check")
    assert "1 corrections met nothing here; `kg audit --check correction` lists them" in guest(data, "load", file).stderr
    unmet = next(line for line in guest(data, "rebuild").stderr.splitlines() if line.startswith("correction met nothing: "))
    assert "市财政局" in unmet and unmet.endswith(": no document 长政发〔2000〕1号 is held")


def test_a_merge_is_followed_by_resolve_too(tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.yaml"
    said = ("--surface", "市普法办", "--into", "市司法局", "--reason", "设在市司法局", "--no-check")
    environ = {"KG_CORRECTIONS": str(file)}
    absent = guest(tmp_path, "resolve", "市普法办", **environ)
    assert (absent.returncode, "there is no such file" in absent.stderr) == (78, True)
    file.touch()
    assert guest(tmp_path, "correct", "merge", "--place", "长治市", *said, **environ).returncode == 0
    asked = ("resolve", "市普法办", "市司法局", "--place", "长治市", "--format", "json")
    ids = [json.loads(line)["id"] for line in guest(tmp_path, *asked, **environ).stdout.splitlines()]
    assert ids == ["140400:司法局"] * 2


def test_a_broken_corrections_file_stops_a_load_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "corrections.yaml").write_text("- change: delete\n  documents: 甲\n", encoding="utf-8")
    done = kg(tmp_path, "load", SEED)
    assert (done.returncode, done.stdout) == (78, "")
    assert "corrections.yaml:2: there is no documents here" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serving_ends_while_it_waits_to_start(tmp_path: Path, number: signal.Signals) -> None:
    os.mkfifo(tmp_path / "holder.json")
    env = {**os.environ, "KG_DATA": str(tmp_path)}
    with FileLock(tmp_path / "lock"), started([*KG, "serve", "--port", "0"], env=env) as process:
        tell(tmp_path / "holder.json", '{"pid": 1, "command": "another"}')  # it asks, as it has met the lock
        process.send_signal(number)
        assert process.wait(timeout=PATIENCE) == 0


def test_others_attach_to_a_base_that_is_served(served: Served, tmp_path: Path) -> None:
    base, address = served
    file = tmp_path / "new.txt"
    file.write_text("某某市人民政府关于做好普法工作的通知\n一、加强普法宣传。(责任单位:市司法局)\n", encoding="utf-8")
    assert "1 added" in kg(base, "load", file).stdout.splitlines()
    with urllib.request.urlopen(f"{address}/documents", timeout=PATIENCE) as answer:
        titles = [row["document"] for row in json.load(answer)["rows"]]
    assert "某某市人民政府关于做好普法工作的通知" in titles
    assert "guest of a running kg serve" in kg(base, "status").stdout
    assert guest(base, "remove", "某某市人民政府关于做好普法工作的通知").returncode == 0


def test_how_far_recognition_has_come_is_said_where_it_takes_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("kg.cli.command.time.monotonic", lambda: now[0])
    pages = Pages()
    for page, at in ((1, 3.0), (2, 6.0), (3, 9.0), (4, 12.0)):
        now[0] = at
        pages("扫描件.pdf", page, 20)
    assert capsys.readouterr().err == "扫描件.pdf: 2 of 20 pages recognised\n扫描件.pdf: 4 of 20 pages recognised\n"


def test_a_busy_port_is_a_clear_message_before_the_engine_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = kg(tmp_path, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 78
    assert "choose another: kg serve --port 8001" in done.stderr
    assert not list(tmp_path.iterdir())


def test_what_is_put_into_a_folder_is_loaded_once_it_is_whole(served: Served, tmp_path: Path) -> None:
    """Also what is written while it starts, and into the folder that takes the place of another."""
    folder = tmp_path / "收文"
    words = "长治市人民政府办公室关于做好排水工作的通知\n长政办发〔2024〕77号\n一、疏通管网。（市水利局牵头，市财政局配合）\n"

    def put(*parts: str) -> None:
        with (folder / "通知.txt").open("a", encoding="utf-8") as file:
            for part in parts:
                file.write(part)
                file.flush()
                time.sleep(0.5)

    folder.mkdir()
    env = {**os.environ, "KG_DATA": str(served.data)}
    with started([*KG, "watch", str(folder)], env=env, stdout=subprocess.PIPE) as watching:
        assert watching.stdout
        assert watching.stdout.readline().startswith("watching ")
        put(words, "二、备足物资。（市应急局牵头）\n长治市人民政府办公室\n2024年3月1日\n")
        assert watching.stdout.readline().startswith("added")
        told = [watching.stdout.readline() for _ in range(3)]
        assert sorted(told) == [f"  长治市{name}局: 1 new\n" for name in ("应急管理", "水利", "财政")]
        shutil.rmtree(folder)
        folder.mkdir()
        put(words.replace("水利局", "住建局"))
        assert watching.stdout.readline().startswith("replaced")
        assert "  长治市住房和城乡建设局: 1 new\n" in iter(watching.stdout.readline, "")
        watching.send_signal(signal.SIGINT)
        assert watching.stdout.read().endswith("ended\n")
    assert watching.returncode == 0
    assert guest(served.data, "remove", "长政办发〔2024〕77号").returncode == 0
