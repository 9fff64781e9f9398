"""A graph made by hand, small enough to check an answer by eye: two cities, a county, four loaded documents and a stub."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from neo4j import ManagedTransaction

from kg.engine.store import Store
from kg.schema import merge_nodes, merge_relationships
from kg.words.folding import lines

Row = dict[str, Any]

CHANGZHI = "140400:长政办发〔2022〕14号"
HENGYANG = "430400:衡阳市2021年政务服务工作要点"
WUXIANG = "140429:武政发〔2022〕3号"
NOWHERE = "-:关于加强协作的通知"
STUB = "cited:国办发〔2019〕54号"
PAGED, PLAIN = "a" * 64, "b" * 64  # a source with pages and one without

# Each source holds every text. 𠮷 and 😀 take two units of UTF-16 each, so a count that is not in code points goes wrong.
TEXT = (
    "\ufeff长治市2022年工作要点😀\r\n坚持需求导向。\r\n一、执法𠮷\r\n"
    "（一）全面推行执法公示，2022年底前完成。（市司法局、市财政局牵头，市发展和改革委员会、各县区人民政府配合）\r\n"
    "（二）每半年通报一次。市司法局要定期通报。（市财政局牵头，市司法局配合）\r\n"
    "二、保障\r\n（三）加强组织领导。（各县区人民政府配合）\r\n"
    "衡阳市2021年政务服务工作要点\r\n坚持需求导向。\r\n（一）告知承诺制，2021年6月底前完成。（市司法局牵头，市行政审批服务局配合）\r\n（二）公开。\r\n"
    "武乡县通知\r\n1.转办，2023年1月10日前完成。（县司法局负责）\r\n"
    "关于加强协作的通知\r\n1.各单位协作。（司法部牵头）\r\n"
)


def span(quote: str, nth: int = 0) -> Row:
    """`quote`, where its `nth` occurrence stands in TEXT."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return {"quote": quote, "start": start, "end": start + len(quote)}


@dataclass
class Facts:
    """Rows for the two MERGE statements of kg.schema."""

    nodes: list[tuple[str, Row]] = field(default_factory=list)
    relationships: list[tuple[str, str, str, Row]] = field(default_factory=list)

    def node(self, label: str, id_: str, **properties: object) -> None:
        self.nodes.append((label, {"id": id_, "properties": properties}))

    def relationship(
        self, type_: str, start: tuple[str, str], end: tuple[str, str], properties: Row | None = None, **key: str
    ) -> None:
        row = {"start": start[1], "end": end[1], "properties": properties or {}} | key
        self.relationships.append((type_, start[0], end[0], row))

    def task(self, document: str, order: int, number: str, title: str, quote: str, *, kind: str = "task", nth: int = 0) -> None:
        where = span(quote, nth)
        id_ = f"{document}:1.{order}"
        headings = ["一、执法𠮷"] if document == CHANGZHI and order < 3 else []
        self.node(
            "Task",
            id_,
            number=number,
            kind=kind,
            title=title,
            text=quote,
            words=lines(title, quote),
            headings=headings,
            order=order,
            start=where["start"],
            end=where["end"],
        )
        self.relationship("HAS_TASK", ("Document", document), ("Task", id_))

    def assign(
        self, agency: str, role: str, task: str, quote: str, nth: int = 0, *, basis: str = "clause", modality: str = "must"
    ) -> None:
        clause = f"（{quote}）" if basis == "clause" else None
        properties = {"mentions": 1, "clause": clause, "modality": modality, "rule": f"{basis}-by-hand"} | span(quote, nth)
        self.relationship(role, ("Agency", agency), ("Task", task), properties, basis=basis)

    def deadline(self, of: tuple[str, str], kind: str, quote: str, **properties: object) -> None:
        id_ = f"{of[1]}:{quote}"
        self.node("Deadline", id_, kind=kind, rule="time-by-hand", **span(quote), **properties)
        self.due(of, id_)

    def due(self, of: tuple[str, str], id_: str, *, inherited: bool = False) -> None:
        self.relationship("DUE", of, ("Deadline", id_), {"inherited": inherited})

    def report(self, agency: str | None, task: str, state: str, day: str, *, until: str = "~", **said: object) -> None:
        id_ = f"r{sum(label == 'Report' for label, _ in self.nodes)}"
        finished = state.startswith("done")
        properties = {"state": state, "finished": finished, "until": until, "order": int(id_[1:])}
        whose = {"agency": agency, "agency_id": agency} if agency else {}
        self.node("Report", id_, reported_on=day, kept_at=f"{day}T09:00:00Z", **whose, **properties, **said)
        self.relationship("ON", ("Report", id_), ("Task", task))
        if agency:
            self.relationship("REPORTED", ("Agency", agency), ("Report", id_))

    def agency(
        self,
        id_: str,
        name: str,
        level: str,
        *,
        place: str | None,
        function: str | None,
        collective: bool = False,
        printed: tuple[str, ...] = (),
    ) -> None:
        label = "Agency:Collective" if collective else "Agency"
        binds = {"members": ["county government"], "binds": "all"} if collective else {}
        short = id_.rpartition(":")[2]
        called = {"printed": [*printed], "words": lines(name, short, *printed)}
        self.node(label, id_, name=name, short=short, level=level, kind="government", resolved=True, **called, **binds)
        if place:
            self.relationship("IN", ("Agency", id_), ("Place", place))
        if function:
            self.relationship("PERFORMS", ("Agency", id_), ("Function", function))


def facts() -> Facts:
    """Every case a query has to tell apart, once."""
    f = Facts()
    _who_and_where(f)
    _changzhi(f)
    _elsewhere(f)
    # One task in a city is like one in another, and that like one in a county; a second is like one of nobody knows where, but
    # not the same work.
    for one, other, score, same in (
        (f"{CHANGZHI}:1.1", f"{HENGYANG}:1.1", 61, True),
        (f"{WUXIANG}:1.1", f"{HENGYANG}:1.1", 40, True),
        (f"{NOWHERE}:1.1", f"{CHANGZHI}:1.2", 50, False),
    ):
        ends = ("Task", min(one, other)), ("Task", max(one, other))
        f.relationship("SIMILAR_TO", *ends, {"score": score, "same": same})
    return f


def _who_and_where(f: Facts) -> None:
    for code, name, level, parent in (
        ("140000", "山西省", "province", None),
        ("140400", "长治市", "city", "140000"),
        ("140429", "武乡县", "county", "140400"),
        ("430000", "湖南省", "province", None),
        ("430400", "衡阳市", "city", "430000"),
    ):
        f.node("Place", code, name=name, level=level)
        if parent:
            f.relationship("PART_OF", ("Place", code), ("Place", parent))
    for function in ("司法局", "财政局", "发展和改革委员会", "行政审批服务局"):
        f.node("Function", function, name=function)
    f.agency("140400:司法局", "长治市司法局", "city", place="140400", function="司法局")
    f.agency("140400:财政局", "长治市财政局", "city", place="140400", function="财政局")
    reform = "发展和改革委员会"
    f.agency(f"140400:{reform}", f"长治市{reform}", "city", place="140400", function=reform, printed=("市发展改革委",))
    f.agency("all:140400:各县区人民政府", "长治市各县区人民政府", "county", place="140400", function=None, collective=True)
    f.agency("140429:人民政府", "武乡县人民政府", "county", place="140429", function=None)
    f.relationship("MEMBER_OF", ("Agency", "140429:人民政府"), ("Agency", "all:140400:各县区人民政府"))
    f.agency("140429:司法局", "武乡县司法局", "county", place="140429", function="司法局")
    f.agency("430400:司法局", "衡阳市司法局", "city", place="430400", function="司法局")
    f.agency("430400:行政审批服务局", "衡阳市行政审批服务局", "city", place="430400", function="行政审批服务局")
    f.agency("-:司法部", "司法部", "nation", place=None, function="司法局")
    for id_, name, pages in ((PAGED, "hand-made.pdf", [0, TEXT.index("（二）")]), (PLAIN, "hand-made.txt", [])):
        f.node("Source", id_, name=name, media_type="", text=TEXT, pages=pages, loaded_at="2024-01-01T00:00:00Z")


def _document(f: Facts, id_: str, place: str | None, issuer: str | None, **properties: object) -> None:
    f.node(
        "Document",
        id_,
        start=0,
        end=len(TEXT),
        loaded=True,
        rules="1",
        corrections="",
        words=lines(str(properties["title"])),
        **properties,
    )
    f.relationship("FROM", ("Document", id_), ("Source", PAGED if id_ == CHANGZHI else PLAIN))
    if place:
        f.relationship("CONCERNS", ("Document", id_), ("Place", place))
    if issuer:
        f.relationship("ISSUED", ("Agency", issuer), ("Document", id_))


def _principle(f: Facts, document: str, order: int, text: str, nth: int = 0) -> None:
    where = span(text, nth)
    f.node("Principle", f"{document}:p{order}", text=text, order=order, start=where["start"], end=where["end"])
    f.relationship("STATES", ("Document", document), ("Principle", f"{document}:p{order}"))


def _changzhi(f: Facts) -> None:
    _document(
        f,
        CHANGZHI,
        "140400",
        "140400:司法局",
        title="长治市2022年工作要点",
        doc_number="长政办发〔2022〕14号",
        issuers=["长治市司法局"],
        issued_on="2022-03-15",
        published_on="2022-03-20",
        year=2022,
    )
    _principle(f, CHANGZHI, 1, "坚持需求导向")
    f.task(CHANGZHI, 1, "（一）", "全面推行执法公示", "（一）全面推行执法公示")
    f.task(CHANGZHI, 2, "（二）", "每半年通报一次", "（二）每半年通报一次")
    f.task(CHANGZHI, 3, "（三）", "加强组织领导", "（三）加强组织领导", kind="safeguard")
    # Joint leads, a participant, a collective.
    f.assign("140400:司法局", "LEADS", f"{CHANGZHI}:1.1", "市司法局")
    f.assign("140400:财政局", "LEADS", f"{CHANGZHI}:1.1", "市财政局")
    f.assign("140400:发展和改革委员会", "PARTICIPATES", f"{CHANGZHI}:1.1", "市发展和改革委员会")
    f.assign("all:140400:各县区人民政府", "PARTICIPATES", f"{CHANGZHI}:1.1", "各县区人民政府")
    # 市司法局 leads in running text what it takes part in by the clause.
    f.assign("140400:财政局", "LEADS", f"{CHANGZHI}:1.2", "市财政局", 1)
    f.assign("140400:司法局", "PARTICIPATES", f"{CHANGZHI}:1.2", "市司法局", 2)
    f.assign("140400:司法局", "LEADS", f"{CHANGZHI}:1.2", "市司法局", 1, basis="narrative")
    # No lead.
    f.assign("all:140400:各县区人民政府", "PARTICIPATES", f"{CHANGZHI}:1.3", "各县区人民政府", 1)
    f.deadline(("Task", f"{CHANGZHI}:1.1"), "by", "2022年底前", due_on="2022-12-31")
    f.deadline(("Task", f"{CHANGZHI}:1.2"), "recurring", "每半年", every="half-year")
    f.deadline(("Document", CHANGZHI), "period", "长治市2022年", start_on="2022-01-01", due_on="2022-12-31")
    f.due(("Task", f"{CHANGZHI}:1.3"), f"{CHANGZHI}:长治市2022年", inherited=True)
    # One lead of two has done its part.
    f.report("140400:司法局", f"{CHANGZHI}:1.1", "in progress", "2022-06-30", until="2022-12-20", text="已印发方案", percent=40)
    f.report("140400:财政局", f"{CHANGZHI}:1.1", "in progress", "2022-10-08")
    f.report("140400:司法局", f"{CHANGZHI}:1.1", "done", "2022-12-20", evidence="公示.pdf")


def _elsewhere(f: Facts) -> None:
    _document(
        f,
        HENGYANG,
        "430400",
        None,
        title="衡陽市2021年政務服務工作要點",
        issuers=[],
        year=2021,
    )
    _principle(f, HENGYANG, 1, "坚持需求导向", 1)
    f.task(HENGYANG, 1, "（一）", "告知承诺制", "（一）告知承诺制")
    f.task(HENGYANG, 2, "（二）", "公开", "（二）公开")
    f.assign("430400:司法局", "LEADS", f"{HENGYANG}:1.1", "市司法局", 3)
    f.assign("430400:行政审批服务局", "PARTICIPATES", f"{HENGYANG}:1.1", "市行政审批服务局")
    f.assign("430400:司法局", "LEADS", f"{HENGYANG}:1.2", "市司法局", 3, basis="default")
    f.deadline(("Task", f"{HENGYANG}:1.1"), "by", "2021年6月底前", due_on="2021-06-30")
    f.report("430400:行政审批服务局", f"{HENGYANG}:1.1", "in progress", "2021-05-31")
    _document(
        f,
        WUXIANG,
        "140429",
        "140429:人民政府",
        title="武乡县通知",
        issuers=["武乡县人民政府"],
        issued_on="2022-05-01",
        year=2022,
    )
    f.task(WUXIANG, 1, "1.", "转办", "1.转办")
    f.assign("140429:司法局", "LEADS", f"{WUXIANG}:1.1", "县司法局")
    f.deadline(("Task", f"{WUXIANG}:1.1"), "by", "2023年1月10日前", due_on="2023-01-10")
    # Nobody knows where this one is from, and a national ministry has no place either.
    _document(f, NOWHERE, None, None, title="关于加强协作的通知", issuers=[])
    f.task(NOWHERE, 1, "1.", "各单位协作", "1.各单位协作")
    f.assign("-:司法部", "LEADS", f"{NOWHERE}:1.1", "司法部")
    # A stub: known by its number only, because another document cites it.
    f.node("Document", STUB, doc_number="国办发〔2019〕54号", title="国务院办公厅通知", loaded=False)
    f.relationship("CITES", ("Document", CHANGZHI), ("Document", STUB), span("执法公示"))


def emptied(store: Store) -> Store:
    store.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
    return store


def load(store: Store, f: Facts, *, backwards: bool = False) -> Store:
    """The store with `f` in it and nothing else; `backwards`, put in in the opposite order: no answer may depend on it."""
    step = -1 if backwards else 1
    statements = [(merge_nodes(label), row) for label, row in f.nodes[::step]]
    statements += [(merge_relationships(type_, start, end), row) for type_, start, end, row in f.relationships[::step]]

    def work(tx: ManagedTransaction) -> None:
        for statement, rows in groupby(statements, key=lambda pair: pair[0]):
            tx.run(statement, rows=[row for _, row in rows]).consume()

    emptied(store).write(work)
    return store
