"""The bigrams of all tasks of a base, in memory: which tasks are similar to one, exactly, among all."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kg.words.similar import NUMBERS, THRESHOLD, TITLE, proven

_NO_PLACE: Final = "-"
_FEW: Final = 60  # times that unsorted postings are asked

T = TypeVar("T", bound=np.generic)

Numbers = NDArray[np.int64]
"""Of tasks: a task has one as long as it is held."""


@dataclass(frozen=True, slots=True)
class _Document:
    id: str
    place: int  # the number of its place
    parts: list[str]  # the last parts of the ids of its tasks
    first: int  # the number of its first task
    bigrams: NDArray[np.uint16]
    starts: NDArray[np.int64]  # where in `bigrams` those of each title begin, and where those beside them; then the end


class _Postings:
    """Which tasks hold a bigram.

    They stand in sorted segments, each at most half as long as the one before (the logarithmic method: Bentley and Saxe,
    'Decomposable searching problems I', Journal of Algorithms 1980), so that a document costs about the same to add whatever is
    held. What came first is not sorted before much is asked of it: a load of one file asks little of a large base.
    """

    def __init__(self) -> None:
        self._segments: list[tuple[NDArray[np.uint16], NDArray[np.int32], Numbers]] = []  # and where each bigram begins
        self._unsorted: tuple[NDArray[np.uint16], NDArray[np.int32]] | None = None
        self._asked = 0

    def of(self, bigrams: NDArray[np.uint16]) -> NDArray[np.int32]:
        """The holders of these, one after the other."""
        ranges = [np.zeros(0, np.int32)]
        if self._unsorted:
            held, holders = self._unsorted
            self._asked += 1
            if self._asked > _FEW:
                self._unsorted = None
                self._sort(held, holders)
            else:
                marks = np.zeros(NUMBERS, np.bool_)
                marks[bigrams] = True
                ranges.append(holders[marks[held]])
        for _, holders, begins in self._segments:
            pairs = zip(begins[bigrams].tolist(), begins[bigrams + 1].tolist(), strict=True)
            ranges += [holders[begin:end] for begin, end in pairs if begin < end]
        return np.concatenate(ranges)

    def add(self, bigrams: NDArray[np.uint16], holders: NDArray[np.int32], alive: NDArray[np.bool_]) -> None:
        """Takes in bigrams with the holder of each, and leaves those out that are gone."""
        if not self._segments and not self._unsorted and not self._asked:
            self._unsorted = bigrams, holders
            return
        while self._segments and len(self._segments[-1][0]) < 2 * len(bigrams):
            held, theirs, _ = self._segments.pop()
            stays = alive[theirs]
            bigrams, holders = np.concatenate((held[stays], bigrams)), np.concatenate((theirs[stays], holders))
        self._sort(bigrams, holders)

    def _sort(self, bigrams: NDArray[np.uint16], holders: NDArray[np.int32]) -> None:
        order = np.argsort(bigrams, kind="stable")
        begins = np.concatenate(([0], np.cumsum(np.bincount(bigrams, minlength=NUMBERS))))
        self._segments.append((bigrams[order], holders[order], begins))
        self._segments.sort(key=lambda segment: -len(segment[0]))


class Index:
    """Tasks by number, counted up as they come, and which of them hold a bigram."""

    def __init__(self) -> None:
        self.alive: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self.hashes: NDArray[np.uint64] = np.zeros(0, np.uint64)
        """Of the ids: they depend on nothing else."""
        self._weights: NDArray[np.int64] = np.zeros(0, np.int64)
        self._documents: list[_Document] = []
        self._numbers: dict[str, int] = {}  # of each document that is held: its index in _documents
        self._of: NDArray[np.int32] = np.zeros(0, np.int32)  # the document of each task
        self._places = {_NO_PLACE: 0}
        self._place_of: NDArray[np.int32] = np.zeros(0, np.int32)  # of each task
        self._all, self._titles = _Postings(), _Postings()
        self._size = 0

    def __len__(self) -> int:
        """How many numbers are given, those of tasks that are gone among them."""
        return self._size

    def add(self, documents: Iterable[tuple[str, str]]) -> Numbers:
        """Takes in documents, each as its id and kg.words.similar.packed. Returns the numbers of their tasks."""
        before, came = self._size, []
        for id_, line in documents:
            place, parts, bigrams, counts = _unpacked(line)
            starts = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
            came.append(_Document(id_, self._places.setdefault(place, len(self._places)), parts, self._size, bigrams, starts))
            self._size += len(parts)
        new = np.arange(before, self._size)
        if not len(new):
            return new
        self.alive, self.hashes = grown(self.alive, self._size), grown(self.hashes, self._size)
        self._weights, self._of = grown(self._weights, self._size), grown(self._of, self._size)
        self._place_of = grown(self._place_of, self._size)
        for number, document in enumerate(came, len(self._documents)):
            self._numbers[document.id] = number
            ends = document.first, document.first + len(document.parts)
            self._of[slice(*ends)], self._place_of[slice(*ends)] = number, document.place
        counts = np.concatenate([np.diff(document.starts) for document in came])
        self._weights[new] = (TITLE + 1) * counts[::2] + counts[1::2]
        self.hashes[new] = mixed(np.concatenate([_hashes(document) for document in came]))
        self.alive[new] = True
        self._documents += came
        bigrams = np.concatenate([document.bigrams for document in came])
        groups = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        in_title = groups % 2 == 0
        self._all.add(bigrams, before + groups // 2, self.alive)
        self._titles.add(bigrams[in_title], before + groups[in_title] // 2, self.alive)
        return new

    def drop(self, documents: Collection[str]) -> None:
        """Forgets the tasks of those of these documents that it holds."""
        self.alive[self.numbers(documents)] = False
        for document in documents:
            self._numbers.pop(document, None)

    def numbers(self, documents: Collection[str]) -> Numbers:
        """Those of all tasks of those of these documents that it holds."""
        held = [self._documents[self._numbers[id_]] for id_ in documents if id_ in self._numbers]
        return np.concatenate([np.zeros(0, np.int64), *(np.arange(d.first, d.first + len(d.parts)) for d in held)])

    def number(self, task: str) -> int | None:
        """That of the task of this id, if it is held."""
        document, _, part = task.rpartition(":")
        if document not in self._numbers:
            return None
        held = self._documents[self._numbers[document]]
        return held.first + held.parts.index(part) if part in held.parts else None

    def id(self, number: int) -> str:
        """The id of a task, also of one that is gone."""
        document = self._documents[self._of[number]]
        return f"{document.id}:{document.parts[number - document.first]}"

    def bigrams(self, number: int) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
        """Those of the title of a task, and those beside them."""
        document = self._documents[self._of[number]]
        begin, middle, end = document.starts[2 * (number - document.first) :][:3]
        return document.bigrams[begin:middle], document.bigrams[middle:end]

    def elsewhere(self, number: int | Numbers, others: Numbers) -> NDArray[np.bool_]:
        """Which of these tasks are of another place than this one, or than those; where one of both is not known, they are
        not."""
        places, place = self._place_of[others], self._place_of[number]
        elsewhere: NDArray[np.bool_] = (places != place) & (places > 0) & (place > 0)
        return elsewhere

    def similar(self, number: int) -> tuple[Numbers, Numbers]:
        """The tasks of other documents that are similar to this one, and their scores."""
        size, weight = self._size, self._weights[number]
        title, beside = self.bigrams(number)
        counted = (self._all.of(np.concatenate((title, beside))), *[self._titles.of(title)] * TITLE)
        common = np.bincount(np.concatenate(counted, dtype=np.intp), minlength=size)
        # Another weighs at least what they share, which spares us to look at the rest.
        found = np.flatnonzero(common >= max(1, -(-THRESHOLD * weight // (200 - THRESHOLD))))
        found = found[self.alive[found] & (self._of[found] != self._of[number])]
        scores = 200 * common[found] // (self._weights[found] + weight)
        return found[scores >= THRESHOLD], scores[scores >= THRESHOLD]

    def likest(self, ones: Numbers, others: Numbers, scores: Numbers) -> NDArray[np.bool_]:
        """Of pairs of tasks that are alike, all that each of `ones` is in: whether the other is the first of those of its
        document that are the most like the one."""
        of = self._of[others]
        order = np.lexsort((others, -scores, of, ones))
        first = np.ones(len(order), np.bool_)
        first[1:] = (np.diff(ones[order]) != 0) | (np.diff(of[order]) != 0)
        likest = np.zeros(len(order), np.bool_)
        likest[order[first]] = True
        return likest

    def paired(self, one: int, other: int) -> bool:
        """Whether each of two tasks that are alike is the likest to the other in the other's document."""
        return self._likest(one, self._of[other]) == other and self._likest(other, self._of[one]) == one

    def proven(self, one: int, other: int) -> bool:
        """Whether two tasks of which that holds are the same work (kg.words.similar.matches)."""
        ours, theirs = (frozenset(np.concatenate(self.bigrams(number)).tolist()) for number in (one, other))
        return proven(ours & theirs)

    def whole(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Of all tasks, which stand in a document whose tasks are all among these."""
        documents = np.unique(self._of[numbers])
        lengths = np.array([len(self._documents[document].parts) for document in documents], np.int64)
        counts = np.bincount(self._of[numbers], minlength=len(self._documents))[documents]
        return np.isin(self._of[: self._size], documents[counts == lengths])

    def _likest(self, number: int, document: int) -> int:
        """The first of those tasks of a document that are the most like this one."""
        held, (title, beside) = self._documents[document], self.bigrams(number)
        marks = np.zeros(NUMBERS, np.uint8)
        marks[beside], marks[title] = 1, 2
        found = marks[held.bigrams]
        marked, in_title = (np.concatenate(([0], np.cumsum(found >= least)))[held.starts] for least in (1, 2))
        common = marked[2::2] - marked[:-1:2] + TITLE * (in_title[1::2] - in_title[:-1:2])
        weights = self._weights[held.first : held.first + len(held.parts)]
        return held.first + int(np.argmax(200 * common // np.maximum(weights + self._weights[number], 1)))


def grown(array: NDArray[T], size: int) -> NDArray[T]:
    """The same with room for `size` rows, and then for as many again; what is new is 0."""
    if size <= len(array):
        return array
    return np.concatenate((array, np.zeros((2 * size - len(array), *array.shape[1:]), array.dtype)))


def mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each bit of the result depends on all bits (the finalizer of SplitMix64: Steele, Lea and Flood, 'Fast splittable
    pseudorandom number generators', OOPSLA 2014)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _unpacked(line: str) -> tuple[str, list[str], NDArray[np.uint16], NDArray[np.uint16]]:
    """What kg.words.similar.packed was given: the place, parts of ids, bigrams, and how many each title and each rest has."""
    head, _, body = line.partition("\n")
    _, place, *parts = head.split(" ")
    numbers = np.frombuffer(b64decode(body), "<u2")
    return place, parts, numbers[2 * len(parts) :], numbers[: 2 * len(parts)]


def _hashes(document: _Document) -> NDArray[np.uint64]:
    seed = np.frombuffer(blake2b(document.id.encode(), digest_size=8).digest(), "<u8")
    return seed + np.array([crc32(part.encode()) for part in document.parts], np.uint64)
