"""Which tasks are linked as the same work, kept as documents come and go.

A task is linked to the BEST tasks of other places that are most like it, to as many of other documents of its own place or of
none that is known, and to those that have it among theirs; only where the score is THRESHOLD or more. So links grow with the
tasks, not with their square, and no task depends on when another came: what is linked follows from the documents held. Of two
that are as much alike the greater hash of both ids goes first: by the ids alone, a text that stands in hundreds of plans would
be linked to the same few of them each time.

The best of a task are always the best of those that it is linked to, so that nothing has to be stored but the links; they are
read for the tasks that a document may concern. Scores are exact and worked out over all tasks, in memory (kg.graph.index).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from kg.engine.store import Store
from kg.graph.index import Index, Numbers, grown, mixed
from kg.graph.rows import GraphRows
from kg.words.similar import BEST, version

Pair = tuple[str, str]
"""Two tasks by id, the lesser first."""

Linked = Callable[[Sequence[str]], Iterable[tuple[str, Iterable[tuple[str, int]]]]]
"""Reads what is stored: is given tasks by id, and gives for each that has links the ids and scores of the others."""

Beaten = Callable[[Sequence[tuple[str, bool, int]]], Iterable[tuple[str, bool]]]
"""Tells of what is stored: is given tasks by id, each with whether others of another place are meant, and a score; gives those
of which `best` such links or more have a greater score."""

Touched = tuple[Any, Any]
"""A task and others, by number: pairs of which it must be seen whether they are linked now."""

_SCORE = np.uint64(57)
"""A rank holds the score above this bit and a hash below it; the greater rank is the better, 0 is none."""

_BATCH: Final = 500  # tasks whose links are read at once

_NO_PAIRS = np.zeros((0, 2), np.int64)


class Link(NamedTuple):
    """What a link says: `elsewhere` is whether its tasks are of different places that are known."""

    score: int
    same: bool
    elsewhere: bool


class Links:
    """The links of a base, of which it is told every change, in order, before that is written."""

    def __init__(
        self, documents: Iterable[tuple[str, str]], linked: Linked, beaten: Beaten = lambda _: (), best: int = BEST
    ) -> None:
        """`documents`: those held, each as its id and kg.words.similar.packed. `linked` reads the links held; `beaten` spares
        us to read those that stay as they are."""
        self._linked, self._beaten, self._best = linked, beaten, best
        self._asked = 0  # of how many tasks `beaten` was
        self._index = Index()
        self._index.add(documents)
        size = len(self._index)
        self._known: NDArray[np.bool_] = np.zeros(size, np.bool_)
        # Of the best of each task that is known, first those not elsewhere, then those elsewhere; the best of them first.
        self._ranks: NDArray[np.uint64] = np.zeros((size, 2, best), np.uint64)
        self._others: NDArray[np.int32] = np.zeros((size, 2, best), np.int32)  # which these are
        # Of tasks that came with their whole document: all pairs of which each is the likest to the other, as sorted segments.
        self._whole: NDArray[np.bool_] = np.zeros(size, np.bool_)
        self._paired: list[NDArray[np.int64]] = []

    @classmethod
    def of(cls, store: Store) -> Self:
        """The links of what `store` holds, whose documents are read now. Raises what Store.read raises."""
        held = store.stream(
            "MATCH (d:Document) WHERE d.bigrams STARTS WITH $version RETURN d.id AS id, d.bigrams AS bigrams",
            {"version": version()},
        )
        return cls(((row["id"], row["bigrams"]) for row in held), partial(_linked, store), partial(_beaten, store))

    def follow(self, rows: GraphRows, dropped: Collection[str]) -> None:
        """Adds to `rows` what becomes of links when they are written and these documents are dropped."""
        added = {id_: row["properties"]["bigrams"] for id_, row in rows.nodes.get("Document", {}).items()}
        written, rows.unlinked = self.change(added, dropped)
        for pair, link in written.items():
            rows.relate("Task", "SIMILAR_TO", "Task", pair, **link._asdict())

    def change(self, added: Mapping[str, str], dropped: Collection[str]) -> tuple[dict[Pair, Link], set[Pair]]:
        """Documents go, others come, each as kg.words.similar.packed by id; one may do both. Returns the links that are to be
        written, and those that must not be there; links that go with a task are not among these."""
        index = self._index
        gone = index.numbers(dropped)
        self._know(np.concatenate((gone, self._linked_with(gone))))
        index.drop(dropped)
        new = index.add(added.items())
        self._known, self._ranks = grown(self._known, len(index)), grown(self._ranks, len(index))
        self._others, self._whole = grown(self._others, len(index)), grown(self._whole, len(index))
        same = self._take_over(gone, new)
        left: list[Touched] = []
        came = [*self._fill_up(gone), *self._let_in(np.setdiff1d(new, same, assume_unique=True), left)]
        holding = self._holding(same)
        came += [(holding[0], self._others[holding]), *((number, self._listed(number)) for number in same)]
        return self._settled(_pairs(came), _pairs(left))

    def all(self) -> Iterator[tuple[Pair, Link]]:
        """Every link that is known: all links, where every document came by `change`."""
        index, size = self._index, len(self._index)
        numbers, *places = np.nonzero((self._ranks[:size] > 0) & index.alive[:size, None, None])
        ends = np.sort(np.column_stack((numbers, self._others[:size][numbers, *places])), axis=1)
        ends, first = np.unique(ends, axis=0, return_index=True)
        scores = (self._ranks[:size][numbers, *places] >> _SCORE)[first]
        yield from zip(self._named(ends), self._made(ends, scores), strict=True)

    def _take_over(self, gone: Numbers, new: Numbers) -> Numbers:
        """Gives the places of tasks that go to those that come with the same id and bigrams, and returns these: they are what
        they were to others."""
        index, former = self._index, np.arange(len(self._index))
        by_id = {index.id(number): number for number in gone}
        for number in new:
            was = by_id.get(index.id(number))
            if was is not None and all(map(np.array_equal, index.bigrams(was), index.bigrams(number))):
                former[was] = number
        taken = gone[former[gone] != gone]
        same: Numbers = former[taken]
        for held in (self._known, self._ranks, self._others):
            held[same] = held[taken]
        holding = self._holding(taken)
        self._others[holding] = former[self._others[holding]]
        return same

    def _fill_up(self, gone: Numbers) -> Iterator[Touched]:
        """Finds the best again of tasks that lost one of them, and gives the pairs that are new."""
        for number in np.unique(self._holding(gone)[0]):
            before = self._listed(number)
            self._keep(number, *self._similar(number))
            yield number, np.setdiff1d(self._listed(number), before)

    def _let_in(self, new: Numbers, left: list[Touched]) -> Iterator[Touched]:
        """Finds the best of new tasks, and puts these among the best of others; gives the pairs that came, and adds to `left`
        those of which one is no more among the best of the other."""
        similar = {number: self._similar(number) for number in new}
        self._pair(new, similar)
        self._know_touched(new, similar)
        for number, (others, ranks) in similar.items():
            self._keep(number, others, ranks)
            yield number, self._listed(number)
            sides = self._index.elsewhere(number, others).astype(int)
            entered = ~np.isin(others, new) & self._known[others] & (ranks > self._ranks[others, sides, -1])
            for other, side, rank in zip(others[entered], sides[entered], ranks[entered], strict=True):
                held, listed = self._ranks[other, side], self._others[other, side]
                if rank not in held:
                    yield other, number
                    left += [(other, last) for last in listed[-1:][held[-1:] > 0]]
                    place = np.count_nonzero(held > rank)
                    held[place + 1 :], listed[place + 1 :] = held[place:-1].copy(), listed[place:-1].copy()
                    held[place], listed[place] = rank, number

    def _know_touched(self, new: Numbers, similar: Mapping[int, tuple[Numbers, NDArray[np.uint64]]]) -> None:
        """Reads the best of those tasks that one of the new ones may be among."""
        best: dict[tuple[int, bool], int] = {}  # of the new ones
        for number, (others, ranks) in similar.items():
            sides = self._index.elsewhere(number, others)
            for other, side, score in zip(others.tolist(), sides.tolist(), (ranks >> _SCORE).tolist(), strict=True):
                if not self._known[other]:
                    best[other, side] = max(score, best.get((other, side), 0))
        named = {self._index.id(other): other for other, _ in best}
        beaten: set[tuple[int, bool]] = set()
        if self._asked < len(self._index):  # of many changes each would ask again
            self._asked += len(best)
            asked = [(self._index.id(other), side, score) for (other, side), score in best.items()]
            beaten = {(named[id_], side) for id_, side in self._beaten(asked)}
        self._know(np.array(sorted({other for other, side in best.keys() - beaten}), np.int64))

    def _settled(self, came: NDArray[np.int64], left: NDArray[np.int64]) -> tuple[dict[Pair, Link], set[Pair]]:
        """Which of these pairs are linked now, but for those that only `left` and so are held already, and which are not."""
        pairs = np.unique(np.sort(np.concatenate((came, left)), axis=1), axis=0)
        pairs = pairs[self._index.alive[pairs].all(axis=1)]
        self._know(pairs[self._rank(pairs) == 0].ravel())
        scores = self._rank(pairs) >> _SCORE
        linked = (scores > 0) & np.isin(_keys(pairs), _keys(came))
        written, goes = pairs[linked], pairs[scores == 0]
        return dict(zip(self._named(written), self._made(written, scores[linked]), strict=True)), set(self._named(goes))

    def _named(self, pairs: NDArray[np.int64]) -> Iterator[Pair]:
        for one, other in pairs.tolist():
            ends = self._index.id(one), self._index.id(other)
            yield min(ends), max(ends)

    def _made(self, pairs: NDArray[np.int64], scores: NDArray[np.uint64]) -> Iterator[Link]:
        return map(Link, scores.tolist(), self._same(pairs), self._index.elsewhere(*pairs.T).tolist())

    def _pair(self, new: Numbers, similar: Mapping[int, tuple[Numbers, NDArray[np.uint64]]]) -> None:
        """Keeps which of these pairs are each the likest to the other, where a document has come whole: they tell at once."""
        index = self._index
        whole = index.whole(new)
        self._whole[: len(index)] |= whole
        ones = np.repeat(new, [len(others) for others, _ in similar.values()])
        others = np.concatenate([new[:0], *(others for others, _ in similar.values())])
        scores = np.concatenate([new[:0], *((ranks >> _SCORE).astype(np.int64) for _, ranks in similar.values())])
        paired = whole[ones] & index.likest(ones, others, scores) & index.likest(others, ones, scores)
        keys = _keys(np.column_stack((ones, others))[paired])
        while self._paired and len(self._paired[-1]) < 2 * len(keys):
            keys = np.concatenate((self._paired.pop(), keys))
        self._paired.append(np.unique(keys))

    def _same(self, pairs: NDArray[np.int64]) -> Iterator[bool]:
        """Whether each pair of tasks that are alike is the same work."""
        index, keys = self._index, _keys(pairs)
        paired = np.zeros(len(keys), np.bool_)
        for held in self._paired:
            paired |= np.append(held, -1)[np.searchsorted(held, keys)] == keys
        told = self._whole[pairs.max(axis=1, initial=0)]  # the later of both met all of the other's document
        for (one, other), pair, known in zip(pairs.tolist(), paired.tolist(), told.tolist(), strict=True):
            yield (pair if known else index.paired(one, other)) and index.proven(one, other)

    def _rank(self, pairs: NDArray[np.int64]) -> NDArray[np.uint64]:
        """That of each pair, where one of both is known to be among the best of the other."""
        sides = [
            np.where(self._others[one] == other[:, None, None], self._ranks[one], 0).max(axis=(1, 2), initial=0)
            for one, other in (pairs.T, pairs.T[::-1])
        ]
        ranks: NDArray[np.uint64] = np.maximum(*sides)
        return ranks

    def _listed(self, number: int) -> Numbers:
        """The best of a task that is known."""
        listed: Numbers = self._others[number][self._ranks[number] > 0].astype(np.int64)
        return listed

    def _holding(self, numbers: Numbers) -> tuple[Numbers, ...]:
        """Who has one of these tasks among its best, as far as is known; then where these stand in `_others`."""
        if not len(numbers):
            return numbers, numbers, numbers
        size = len(self._index)
        sought = np.zeros(size, np.bool_)
        sought[numbers] = True
        return np.nonzero(sought[self._others[:size]] & (self._ranks[:size] > 0) & self._index.alive[:size, None, None])

    def _similar(self, number: int) -> tuple[Numbers, NDArray[np.uint64]]:
        others, scores = self._index.similar(number)
        return others, self._ranked(number, others, scores)

    def _ranked(self, number: int, others: Numbers, scores: Numbers) -> NDArray[np.uint64]:
        hashes = self._index.hashes
        return (scores.astype(np.uint64) << _SCORE) | (mixed(hashes[others] ^ hashes[number]) >> (np.uint64(64) - _SCORE))

    def _keep(self, number: int, others: Numbers, ranks: NDArray[np.uint64]) -> None:
        """Keeps the best of these as those of the task."""
        elsewhere = self._index.elsewhere(number, others)
        self._known[number], self._ranks[number] = True, 0
        for side in (0, 1):
            order = np.flatnonzero(elsewhere == side)
            order = order[np.argsort(ranks[order])[::-1][: self._best]]
            self._ranks[number, side, : len(order)], self._others[number, side, : len(order)] = ranks[order], others[order]

    def _know(self, numbers: Numbers) -> None:
        """Reads the best of those of these tasks that are not known yet."""
        unknown = np.unique(numbers[~self._known[numbers]])
        by_id = {self._index.id(number): number for number in unknown}
        for id_, links in self._linked(list(by_id)):
            held = [(number, score) for other, score in links if (number := self._index.number(other)) is not None]
            others, scores = np.array(held, np.int64).reshape(-1, 2).T
            self._keep(by_id[id_], others, self._ranked(by_id[id_], others, scores))
        self._known[unknown] = True

    def _linked_with(self, numbers: Numbers) -> Numbers:
        """What is linked to these tasks in the base."""
        read = self._linked([self._index.id(number) for number in numbers])
        others = (self._index.number(other) for _, links in read for other, _ in links)
        return np.unique(np.array([number for number in others if number is not None], np.int64))


def _pairs(touched: Iterable[Touched]) -> NDArray[np.int64]:
    return np.concatenate([_NO_PAIRS, *(np.column_stack(np.broadcast_arrays(*ends)) for ends in touched)])


def _keys(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each pair, whichever comes first in it."""
    keys: NDArray[np.int64] = (pairs.min(axis=1, initial=2**31) << 32) | pairs.max(axis=1, initial=0)
    return keys


def _linked(store: Store, tasks: Sequence[str]) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    for first in range(0, len(tasks), _BATCH):
        answer = store.read(
            "UNWIND $ids AS id MATCH (t:Task {id: id})-[r:SIMILAR_TO]-(o:Task) RETURN id, collect([o.id, r.score]) AS links",
            {"ids": tasks[first : first + _BATCH]},
        )
        yield from ((row["id"], row["links"]) for row in answer.rows)


def _beaten(store: Store, asked: Sequence[tuple[str, bool, int]]) -> Iterator[tuple[str, bool]]:
    for first in range(0, len(asked), _BATCH):
        answer = store.read(
            "UNWIND $asked AS row WITH row[0] AS id, row[1] AS elsewhere, row[2] AS score "
            "MATCH (:Task {id: id})-[r:SIMILAR_TO]-(:Task) WHERE r.elsewhere = elsewhere AND r.score > score "
            "WITH id, elsewhere, count(r) AS better WHERE better >= $best RETURN id, elsewhere",
            {"asked": asked[first : first + _BATCH], "best": BEST},
        )
        yield from ((row["id"], row["elsewhere"]) for row in answer.rows)
