"""Which tasks are linked: as all pairs would have it, whatever came and went before, and no more than so many a task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.index import Index, mixed
from kg.graph.links import Link, Links, Pair
from kg.words.similar import THRESHOLD, Bigrams, bigrams, matches, packed, score

Tasks = dict[str, Bigrams]

PARTS = [
    "执法公示",
    "告知承诺",
    "一件事一次办",
    "好差评",
    "政务大厅窗口",
    "信息公开",
    "复议",
    "工作机制",
    "普法",
    "扬尘",
    "河道清理",
]
WORDS = st.lists(st.sampled_from(PARTS), max_size=5).map("".join)
DOCUMENTS = st.dictionaries(st.sampled_from("123"), st.builds(bigrams, WORDS, WORDS))
"""The tasks of a document, by the last part of their ids."""


PLACES = {"甲": "140400", "乙": "140400", "丙": "430400", "丁": "430400", "戊": None}
"""Of documents, by the first character of their id; that of others is one more."""


def line(document: tuple[str, Tasks]) -> tuple[str, str]:
    id_, tasks = document
    return id_, packed(PLACES.get(id_[0], "110000"), tasks)


class Base:
    """What is held, and the links of it, as they were told to be written."""

    def __init__(self) -> None:
        self.documents: dict[str, Tasks] = {}
        self.links: dict[Pair, Link] = {}
        self.read: set[str] = set()

    def opened(self, best: int) -> Links:
        return Links(map(line, self.documents.items()), self._linked, partial(self._beaten, best), best)

    def change(self, links: Links, added: dict[str, Tasks], dropped: Iterable[str]) -> None:
        written, unlinked = links.change(dict(map(line, added.items())), sorted(dropped))
        if not dropped:  # what is held is not written again
            assert all(pair not in self.links for pair in written)
        for id_ in dropped:
            del self.documents[id_]
        self.documents |= added
        self.links = {
            pair: link
            for pair, link in self.links.items()
            if pair not in unlinked and not any(end.partition(":")[0] in dropped for end in pair)
        } | written

    def _linked(self, tasks: Sequence[str]) -> Iterator[tuple[str, list[tuple[str, int]]]]:
        self.read.update(tasks)
        for task in tasks:
            of = ((pair, link.score) for pair, link in self.links.items() if task in pair)
            yield task, [(one if task == other else other, likeness) for (one, other), likeness in of]

    def _beaten(self, best: int, asked: Sequence[tuple[str, bool, int]]) -> Iterator[tuple[str, bool]]:
        for task, elsewhere, least in asked:
            better = [pair for pair, link in self.links.items() if link.elsewhere == elsewhere and link.score > least]
            if sum(task in pair for pair in better) >= best:
                yield task, elsewhere

    def expected(self, best: int) -> dict[Pair, Link]:
        """All pairs are compared, and of those of each task the best are taken; each two documents are matched."""
        tasks = {f"{id_}:{part}": held for id_, document in self.documents.items() for part, held in document.items()}
        index = Index()
        hashes = {index.id(n): index.hashes[[n]] for n in index.add(map(line, self.documents.items()))}
        links: dict[Pair, tuple[int, bool]] = {}
        for one, held in tasks.items():
            sides: dict[bool, list[tuple[int, int, str]]] = {True: [], False: []}
            for other, theirs in tasks.items():
                if other[0] != one[0] and (likeness := score(held, theirs)) >= THRESHOLD:
                    places = {PLACES.get(one[0], "110000"), PLACES.get(other[0], "110000")}
                    side = sides[len(places) == 2 and None not in places]
                    side.append((likeness, int(mixed(hashes[one] ^ hashes[other])[0]), other))
            for elsewhere, side in sides.items():
                links |= {(min(one, other), max(one, other)): (s, elsewhere) for s, _, other in sorted(side)[-best:]}
        same = {
            (f"{one}:{match.one}", f"{other}:{match.other}")
            for (one, ours), (other, theirs) in combinations(sorted(self.documents.items()), 2)
            for match in matches(ours, theirs)
            if match.same
        }
        return {pair: Link(likeness, pair in same, elsewhere) for pair, (likeness, elsewhere) in links.items()}


@settings(max_examples=50, derandomize=True)
@given(data=st.data(), best=st.sampled_from([1, 2, 15]))
def test_links_follow_from_what_is_held(data: st.DataObject, best: int) -> None:
    """Documents come, go, and come again with some tasks as they were; by one that knows all before, or that must read it."""
    base = Base()
    links = base.opened(best)
    for _ in range(data.draw(st.integers(1, 6))):
        if data.draw(st.booleans()):
            links = base.opened(best)
        dropped = data.draw(st.sets(st.sampled_from(sorted(base.documents)), max_size=2)) if base.documents else set()
        ids = sorted({*"甲乙丙丁戊己"} - base.documents.keys() | dropped)
        added = data.draw(st.dictionaries(st.sampled_from(ids), DOCUMENTS, max_size=3)) if ids else {}
        again = {id_: base.documents[id_] | tasks for id_, tasks in added.items() if id_ in dropped}
        base.change(links, added | again, dropped)
        assert base.links == base.expected(best)


def test_what_is_the_same_work_is_told_anew_where_a_document_keeps_some_tasks() -> None:
    """Of 甲 one task stays and another comes that is more like 乙's: who came whole then knew only the former."""
    words = "工地要洒水，渣土车要冲洗干净才能上路，裸露地块要盖好。"
    near, nearer = bigrams("治理扬尘", words[:-7]), bigrams("治理扬尘", words)
    base = Base()
    links = base.opened(15)
    base.change(links, {"甲": {"1": near}}, [])
    base.change(links, {"丙": {"1": nearer}}, [])
    assert [link.same for link in base.links.values()] == [True]
    base.change(links, {"甲": {"1": near, "2": nearer}}, ["甲"])
    assert {pair: link.same for pair, link in base.links.items()} == {("丙:1", "甲:1"): False, ("丙:1", "甲:2"): True}
    assert base.links == base.expected(15)


def test_one_text_in_many_documents_gives_so_many_links_each_and_has_no_centre() -> None:
    base = Base()
    links = base.opened(3)
    for number in range(40):
        base.change(links, {f"{number}": {"1": bigrams("治理扬尘", "工地要洒水。")}}, [])
    linked = Counter(end for pair in base.links for end in pair)
    assert 40 * 3 / 2 <= len(base.links) <= 40 * 3
    assert (len(linked), min(linked.values())) == (40, 3)
    assert max(linked.values()) <= 12


def test_a_task_of_another_place_is_linked_however_many_of_its_own_are_more_like_it() -> None:
    base = Base()
    links = base.opened(2)
    base.change(links, {"丙": {"1": bigrams("治理扬尘", "道路要清洗。")}}, [])
    for number in range(5):
        base.change(links, {f"甲{number}": {"1": bigrams("治理扬尘", "工地要洒水。")}}, [])
    assert {one for one, other in base.links if other == "甲4:1"} >= {"丙:1"}


def test_what_cannot_change_is_not_read() -> None:
    base = Base()
    for id_, words in (("甲", "治理扬尘"), ("乙", "治理扬尘"), ("丙", "清理河道")):
        base.change(base.opened(15), {id_: {"1": bigrams(words, words)}}, [])
    base.read.clear()
    base.change(base.opened(15), {"丁": {"1": bigrams("清理河道", "清理河道")}}, [])
    assert base.read == {"丙:1"}


def test_a_task_that_has_better_links_is_not_read() -> None:
    base, words = Base(), bigrams("治理扬尘", "工地要洒水。")
    base.change(base.opened(1), {"甲": {"1": words}, "丙": {"1": words}}, [])
    base.read.clear()
    base.change(base.opened(1), {"己": {"1": bigrams("治理扬尘", "道路要清洗。")}}, [])
    assert base.read == set()
    assert base.links == base.expected(1)


def test_a_task_has_a_number_as_long_as_it_is_held() -> None:
    index = Index()
    one, other = index.add([("甲", packed(None, {"1.1": bigrams("扬尘", ""), "1.2": bigrams("", "")}))])
    assert (index.id(one), index.id(other), index.number("甲:1.2")) == ("甲:1.1", "甲:1.2", other)
    assert (index.number("甲:1"), index.number("乙:1.1")) == (None, None)
    index.drop(["甲", "乙"])
    assert (index.number("甲:1.1"), index.id(one)) == (None, "甲:1.1")
