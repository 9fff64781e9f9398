"""Status, audit, and files that are loaded over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.limits import MAX_UPLOAD
from api.models import AuditAnswer, LoadAnswer, LoadsAnswer, StatusAnswer
from kg.decide.audit import CHECKS
from kg.decide.entries import NONE
from kg.engine.store import Store
from kg.errors import BadSettings, KgError, UnreadableFile
from kg.library import Library
from kg.people.keys import Keys
from kg.settings import Settings
from tests.api.test_app import Client, assert_problem
from tests.kg.small_graph import emptied
from tests.samples import Doc, as_bytes, extract, library, whole_graph, write

ONE, OTHER = Doc("甲市工作要点", "长政发〔2022〕1号"), Doc("乙市工作要点", "长政发〔2022〕2号")


@pytest.fixture
def store(embedded_store: Store) -> Store:
    """An empty base. What is written is the same on Neo4j, see tests/kg/graph."""
    return emptied(embedded_store)


@pytest.fixture
def base(store: Store, tmp_path: Path) -> Library:
    return library(store, tmp_path / "sources")


@pytest.fixture
def client(store: Store, base: Library) -> Iterator[Client]:
    yield Client(create_app(base, upload=True))
    emptied(store)


def post(client: Client, data: bytes, **parameters: str) -> dict[str, object]:
    answer = client.send("POST", "/documents", params=parameters, content=data)
    assert answer.status_code == 200, answer.text
    body: dict[str, object] = answer.json()
    LoadAnswer.model_validate(body)
    return body


def test_a_file_is_loaded_as_kg_load_does(client: Client, base: Library, store: Store, tmp_path: Path) -> None:
    data = as_bytes(ONE)
    body = post(client, data, name="要点.json")
    assert (body["outcome"], body["documents"], body["file"], body["tasks"]) == ("added", [ONE.id], "要点.json", 1)
    assert [base.kept.read(source) for source in base.kept.sources()] == [data]
    loaded = whole_graph(store)
    assert post(client, data, name="要点.json")["outcome"] == "unchanged"
    base.rebuild()
    assert whole_graph(store) == loaded
    emptied(store)
    path = write(tmp_path / "要点.json", ONE)
    library(store, tmp_path / "other").load(path)
    assert whole_graph(store) == loaded


def test_a_package_answers_for_each_file_in_it(store: Store, tmp_path: Path) -> None:
    held: dict[str, bytes | KgError] = {
        "一.json": as_bytes(ONE),
        "坏.json": UnreadableFile("包.zip/坏.json: a password", "unpack it"),
    }
    base = Library(
        lambda: store,
        tmp_path / "sources",
        extract,
        lambda: "rules",
        lambda: NONE,
        unpack=lambda _, name: iter(held.items()) if name.endswith(".zip") else None,
    )
    client = Client(create_app(base, upload=True))
    body = post(client, b"PK", name="包.zip")
    assert (body["file"], body["outcome"], body["documents"]) == ("包.zip", "added", [ONE.id])
    assert [(member.file, member.outcome) for member in LoadAnswer.model_validate(body).members] == [
        ("包.zip/一.json", "added"),
        ("包.zip/坏.json", "failed"),
    ]
    del held["一.json"]
    problem = assert_problem(client.send("POST", "/documents", params={"name": "b.zip"}, content=b"PK"), 422)
    assert "password" in problem["detail"]
    emptied(store)


def test_a_file_from_disk_stays_known_by_its_path_when_it_is_uploaded(
    client: Client, base: Library, store: Store, tmp_path: Path
) -> None:
    path = write(tmp_path / "要点.json", ONE)
    library(store, base.kept.folder, extract, "older rules").load(path)
    assert post(client, as_bytes(ONE), name="要点.json")["outcome"] == "replaced"  # read by newer rules
    write(path, OTHER)
    (result,) = base.load(path)
    assert (result.outcome, len(base.kept.sources())) == ("replaced", 1)


def test_two_files_of_one_name_are_two(client: Client) -> None:
    post(client, as_bytes(ONE), name="通知.json")
    assert post(client, as_bytes(OTHER), name="通知.json")["outcome"] == "added"
    assert [row["document_id"] for row in client.get("/documents").json()["rows"]] == [ONE.id, OTHER.id]


def test_a_document_is_taken_over_only_where_that_is_asked_for(client: Client) -> None:
    post(client, as_bytes(ONE), name="一.json")
    body = post(client, as_bytes(ONE, OTHER), name="二.json")
    assert (body["outcome"], body["reason"]) == ("added", "same document as 一.json")
    assert post(client, as_bytes(ONE) + b" ", name="三.json")["outcome"] == "same"
    assert post(client, as_bytes(ONE) + b" ", name="三.json", replace="true")["outcome"] == "replaced"
    sources = {row["document_id"]: row["source"] for row in client.get("/documents").json()["rows"]}
    assert sources == {ONE.id: "三.json", OTHER.id: "二.json"}


def test_a_file_that_fails_leaves_the_base_as_it_was(client: Client, store: Store) -> None:
    for data in (b"", b"\x00", json.dumps([]).encode()):
        body = assert_problem(client.send("POST", "/documents", params={"name": "坏.json"}, content=data), 422)
        assert "坏.json" in body["detail"]
        assert "/" not in body["detail"]
    assert_problem(client.send("POST", "/documents", params={"name": "大.json"}, content=bytes(MAX_UPLOAD + 1)), 413)
    assert whole_graph(store) == ([], [])


NO_NAMES = (
    *("", " ", ".", "..", "../x.txt", "a/b.txt", "/etc/passwd", "a\\b.txt", "C:x.txt", "a\nb.txt", "a\x00.txt", "a\u2028b"),
    *("要" * 86, "a" * 256),
)


def test_a_name_that_is_none_and_parameters_that_are_not_accepted(client: Client) -> None:
    refused: list[dict[str, object]] = [{"name": name} for name in NO_NAMES]
    refused += [{}, {"name": "a", "replace": "yes"}, {"name": "a", "force": "1"}, {"name": ["a", "b"]}]
    for given in refused:
        answer = client.send("POST", "/documents", params=given, content=as_bytes(ONE))
        assert answer.status_code == 422, given
        assert_problem(answer, 422)
    assert client.get("/documents").json()["rows"] == []


def test_nothing_is_loaded_unless_it_is_allowed(embedded_store: Store, tmp_path: Path) -> None:
    base = library(emptied(embedded_store), tmp_path / "sources")
    client = Client(create_app(base))
    body = assert_problem(client.send("POST", "/documents", params={"name": "a"}, content=as_bytes(ONE)), 403)
    assert "KG_ALLOW_UPLOAD" in body["hint"]
    assert client.get("/status").json()["upload"] is False
    locked = Client(create_app(base, api_key="k", upload=True))
    assert locked.send("POST", "/documents", params={"name": "a"}, content=as_bytes(ONE)).status_code == 401
    assert not base.kept.folder.exists()
    reader = {"X-API-Key": base.keys.add("一科", "report")}
    assert_problem(locked.send("POST", "/documents", params={"name": "a"}, content=as_bytes(ONE), headers=reader), 403)
    noted = {"note": "true", "name": "坏.json"}
    assert locked.send("POST", "/extract", params=noted, content=b"x", headers=reader).status_code == 422
    assert base.accounts() == []


def test_uploads_need_a_key(tmp_path: Path) -> None:
    assert not Settings.from_environment({}).upload
    assert not Settings.from_environment({"KG_ALLOW_UPLOAD": "0"}).upload
    assert Settings.from_environment({"KG_ALLOW_UPLOAD": "1", "KG_API_KEY": "k"}).upload
    named = {"KG_ALLOW_UPLOAD": "1", "KG_DATA": str(tmp_path)}
    with pytest.raises(BadSettings, match="no key"):
        Settings.from_environment(named)
    Keys(tmp_path / "keys.json").add("督查室-1", "load")
    assert Settings.from_environment(named).upload
    for environ in ({"KG_ALLOW_UPLOAD": "1"}, {"KG_ALLOW_UPLOAD": "yes", "KG_API_KEY": "k"}):
        with pytest.raises(BadSettings):
            Settings.from_environment(environ)


def test_the_account_of_each_load_is_kept(client: Client, base: Library) -> None:
    assert client.get("/loads").json() == {"loads": []}
    post(client, as_bytes(ONE), name="要点.json")
    assert client.send("POST", "/documents", params={"name": "坏.json"}, content=b"no sample").status_code == 422
    failed, added = client.get("/loads").json()["loads"]
    LoadsAnswer.model_validate(client.get("/loads").json())
    assert (added["complete"], added["counts"], added["files"][0]["documents"][0]["title"]) == (True, {"added": 1}, ONE.title)
    assert (failed["complete"], failed["counts"]) == (False, {"failed": 1})
    assert "not a sample file" in failed["files"][0]["reason"]
    assert base.accounts(1) == [failed]
    assert_problem(client.get("/loads", q="x"), 422)


def test_a_file_that_is_only_looked_at_is_in_no_account_unless_that_is_asked(client: Client) -> None:
    for given in ({}, {"note": "true"}):
        client.send("POST", "/extract", params={"name": "坏.json", **given}, content=b"no sample")
    (noted,) = client.get("/loads").json()["loads"]
    assert [(file["file"], file["outcome"]) for file in noted["files"]] == [("坏.json", "failed")]
    client.send("POST", "/extract", params={"name": "好.json", "note": "true"}, content=as_bytes(ONE))
    assert len(client.get("/loads").json()["loads"]) == 1
    assert_problem(client.send("POST", "/extract", params={"note": "yes"}, content=as_bytes(ONE)), 422)


def test_a_file_that_is_too_large_is_in_the_account(client: Client) -> None:
    """Its reasons are in the language that is asked for."""
    chinese = {"Accept-Language": "zh-CN,zh;q=0.9"}
    refused = client.send("POST", "/documents", params={"name": "大.txt"}, content=b"x" * (MAX_UPLOAD + 1), headers=chinese)
    assert assert_problem(refused, 413)["detail"] == "文件超过 2,000,000 字节"
    (asked,) = client.send("GET", "/loads", headers=chinese).json()["loads"]
    assert asked["files"][0]["reason"].startswith("文件超过 2,000,000 字节\n请拆成几个文件")
    (plain,) = client.get("/loads").json()["loads"]
    assert plain["files"][0]["reason"].startswith("the file is larger than 2,000,000 bytes\nsplit it")


def test_status(client: Client, store: Store) -> None:
    post(client, as_bytes(ONE, OTHER), name="一.json")
    body = client.get("/status").json()
    StatusAnswer.model_validate(body)
    assert (body["engine"], body["rules"], body["upload"]) == (store.engine, "rules 1", True)
    assert (body["documents"], body["sources"], body["outdated"]) == (2, 1, [])
    assert_problem(client.get("/status", q="x"), 422)


def test_audit(client: Client) -> None:
    post(client, as_bytes(Doc("甲市工作要点", tasks=((),))), name="一.json")
    body = client.get("/audit").json()
    AuditAnswer.model_validate(body)
    assert [row["check"] for row in body["rows"]] == ["no-assignments"]
    assert (body["query"], body["parameters"], body["truncated"]) == ("audit", {"check": None}, False)
    assert list(body["rows"][0]) == body["columns"]
    assert client.get("/audit", check=["title", "nobody"]).json()["rows"] == []
    assert client.get("/audit", check="title,no-assignments").json()["rows"] == body["rows"]
    assert set(CHECKS) <= set(assert_problem(client.get("/audit", check="x"), 422)["hint"].replace(",", "").split())
    assert_problem(client.get("/audit", chek="title"), 422)
