"""Names and quotations in what was opened: every piece is asked once, wherever it lies.

What is looked for is given: names with whose they are, and six-word runs of what was not written
for these readers. Whether a name may be read is asked when one is found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from planwerk.result.opened import Leaf
from planwerk.result.spelled import cut, joined, seen, spelled, texts, words
from planwerk.text.names import Names, Place
from planwerk.text.plain import WORD, plain_words
from planwerk.text.plain import plain as plain_word

T = TypeVar("T")
RUN = 6
"""Words in a row that are no accident."""
BETWEEN = " \n\t\xa0-/_|"
"""Signs that stand between words: a piece with fewer of them than that holds no such run."""
ANCHOR = RUN - 1
"""Every so many words of a note a pair of them is kept: a run of six holds one of these."""


PART = b"\x1e"
PARTED = bytes(code if chr(code).isalnum() or code > 127 else 32 for code in range(256))
"""Letters and figures of ASCII, and what stands for all others; the rest parts words."""
MOST = 1 << 17
"""Pieces that are known at once."""


class Hit(NamedTuple):
    """What was found: where, in which words; `name` in its plain form, "" for a quotation."""

    place: str
    said: str
    name: str = ""


class Quotes:
    """Runs of six words of `internal` texts (their words in plain forms) that no `shared` text holds."""

    def __init__(self, internal: Iterable[Sequence[str]], shared: Iterable[Sequence[str]]) -> None:
        known = {run for text in shared for run in _runs(text)}
        self.runs: set[tuple[str, ...]] = set()
        self.pairs: set[tuple[str, str]] = set()
        for text in internal:
            for at, run in enumerate(_runs(text)):
                if run not in known:
                    self.runs.add(run)
                    anchor = -at % ANCHOR
                    self.pairs.add((run[anchor], run[anchor + 1]))

    def places(self, said: Sequence[str]) -> Iterator[int]:
        """Where such runs begin among these words."""
        if len(said) >= RUN and not self.pairs.isdisjoint(pairwise(said)):
            yield from (at for at, run in enumerate(_runs(said)) if run in self.runs)


def _runs(said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(said[n:] for n in range(RUN)), strict=False)


class Piece(NamedTuple):
    """What a piece says, in the ways it may be read: where a name may begin, and what is long enough
    for a quotation."""

    suspect: tuple[str, ...]
    long: tuple[str, ...]


NOTHING = Piece((), ())
"""What most pieces are: markup and single words."""


class Pieces(Generic[T]):
    """Pieces as one build knows them: most come again in the output of the next client, and what is
    looked for in them is the same."""

    def __init__(self, names: Names[T]) -> None:
        self.names = names
        self._known: dict[str, Piece] = {}

    def of(self, pieces: Iterable[str]) -> Iterator[tuple[str, Piece]]:
        """Those of the pieces that are asked further, in their order."""
        pieces = list(pieces)
        if len(self._known) > MOST:
            self._known.clear()
        self._learn([piece for piece in pieces if piece not in self._known])
        for piece in pieces:
            if (known := self._known[piece]) is not NOTHING:
                yield piece, known

    def _learn(self, fresh: list[str]) -> None:
        every = [(piece, said) for piece in fresh for said in spelled(piece)]
        self._known.update(dict.fromkeys(fresh, NOTHING))
        suspects: dict[str, list[str]] = {}
        for piece, said in self._suspects(every):
            suspects.setdefault(piece, []).append(said)
        longs: dict[str, list[str]] = {}
        for piece, said in every:
            if len(said) > 2 * ANCHOR and (
                said.count(" ") >= ANCHOR or sum(map(said.count, BETWEEN)) >= ANCHOR
            ):
                longs.setdefault(piece, []).append(said)
        for piece in suspects.keys() | longs.keys():
            self._known[piece] = Piece(tuple(suspects.get(piece, ())), tuple(longs.get(piece, ())))

    def _suspects(self, every: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Those of the pieces in which a word begins a name: all are asked at once, for hardly one does."""
        apart = chr(PART[0])
        whole = PART.join(said.replace(apart, " ").encode("utf-8", "replace") for _, said in every)
        starts = [found.start() for found in re.finditer(PART, whole)]
        which: set[int] = set()
        for letters in set(whole.translate(PARTED).split()):
            if not self._begins(letters):
                continue
            at = whole.find(letters)
            while at >= 0:
                number = bisect_left(starts, at)
                which.add(number)
                end = starts[number] if number < len(starts) else len(whole)
                at = whole.find(letters, end)
        yield from (every[number] for number in sorted(which))

    def _begins(self, letters: bytes) -> bool:
        """Whether one of these words, between two signs of ASCII, may begin a name."""
        begins = self.names.begins
        if letters.isascii():
            return begins(letters.decode().lower())
        return any(begins(plain_word(word)) for word in WORD.findall(seen(letters.decode())))


@dataclass(slots=True)
class Search(Generic[T]):
    """One output that is looked through: `look` at all that lies in it, then ask for the `hits`."""

    pieces: Pieces[T]
    may_read: Callable[[str, tuple[T, ...]], bool]
    """Whether these readers may read a name (its plain form, whose it is)."""
    quotes: Quotes = field(default_factory=lambda: Quotes((), ()))
    _seen: set[bytes] = field(default_factory=set)
    _first: dict[str, str] = field(default_factory=dict)
    """Each piece with where it was met first."""
    _whole: list[tuple[str, str]] = field(default_factory=list)

    def look(self, leaves: Iterable[Leaf]) -> None:
        """Take in what lies in these; what is the same is taken once."""
        for leaf in leaves:
            if leaf.raw in self._seen:
                continue
            self._seen.add(leaf.raw)
            for text in texts(leaf.raw):
                self._whole.append((leaf.place, text))
                fresh = {*cut(text), *joined(text)}.difference(self._first)
                self._first.update(dict.fromkeys(fresh, leaf.place))

    def hits(self) -> list[Hit]:
        """All that was found, in the order of places; of one place each name once."""
        found: dict[tuple[str, str], Hit] = {}
        begun: set[str] = set()
        for piece, known in self.pieces.of(self._first):
            place = self._first[piece]
            for said in known.suspect:
                plain = words(said)
                for hit in self._named(place, said, plain):
                    found.setdefault((place, hit.name), hit)
                if self._begun(plain):
                    begun.add(piece)
            for said in known.long if self.quotes.runs else ():
                plain = words(said)
                for at in self.quotes.places(plain):
                    quoted = " ".join(plain[at : at + RUN])
                    hit = Hit(place, _original(said, at, at + RUN))
                    found.setdefault((place, f"\0{quoted}"), hit)
        for hit in self._across(begun) if begun else ():
            found.setdefault((hit.place, hit.name), hit)
        return sorted(found.values())

    def _named(self, place: str, said: str, plain: list[str]) -> Iterator[Hit]:
        for start, end, name in self._forbidden(plain):
            yield Hit(place, _original(said, start, end), name)

    def _forbidden(self, plain: list[str]) -> Iterator[Place]:
        """The names that must not be read here; not those within a name that may."""
        places = list(self.pieces.names.places(plain))
        told = [p for p in places if self.may_read(p.name, self.pieces.names.whose(p.name))]
        for place in places:
            if not any(t.start <= place.start and place.end <= t.end for t in told):
                yield place

    def _begun(self, plain: list[str]) -> bool:
        """Whether a name that must not be read may begin at the end of these words, and go on in
        what follows."""
        last = plain[-self.pieces.names.longest :]
        return any(
            not self.may_read(name, self.pieces.names.whose(name))
            for at in range(len(last))
            if self.pieces.names.begins(last[at])
            for name in self.pieces.names.longer("".join(last[at:]))
        )

    def _across(self, begun: set[str]) -> Iterator[Hit]:
        """Names that begin in one of these pieces and end in those behind it."""
        most = self.pieces.names.longest
        for place, text in self._whole:
            pieces = cut(text)
            if begun.isdisjoint(pieces):
                continue
            for at, piece in enumerate(pieces):
                if piece not in begun:
                    continue
                first = words(piece)[-most:]
                rest: list[str] = []
                for other in pieces[at + 1 : at + 1 + 4 * most]:
                    rest += words(other.partition(">")[2])
                    if len(rest) >= most:
                        break
                for start, end, name in self._forbidden(first + rest[:most]):
                    if start < len(first) < end:
                        yield Hit(place, " ".join((first + rest)[start:end]), name)


def _original(said: str, start: int, end: int) -> str:
    """These words as they are written; in plain forms where letters were written otherwise."""
    places = plain_words(said)
    if [p.plain for p in places] == words(said):
        return said[places[start].start : places[end - 1].end]
    return " ".join(words(said)[start:end])
