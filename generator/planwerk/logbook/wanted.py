"""What of a history is asked for: days, topics, people, kinds of change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from planwerk.model.history import Commit, Step, What
from planwerk.model.kinds import KINDS
from planwerk.model.workspace import Member
from planwerk.problems import refuse
from planwerk.text.nearest import nearest
from planwerk.words.fields import load_fields

WHATS: tuple[What, ...] = ("added", "removed", "changed", "moved", "renamed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; empty ones let everything pass. Days are those the commits claim.

    `newer` are the ids of the commits that came after a revision, None where none was named;
    `people` are parts of names or addresses, in small letters.
    """

    since: date | None = None
    until: date | None = None
    newer: frozenset[str] | None = None
    topics: Collection[str] = ()
    people: tuple[str, ...] = ()
    whats: Collection[str] = ()

    def of(self, steps: Iterable[Step]) -> Iterator[Step]:
        """The steps that are asked for, each with those of its changes that are."""
        for step in steps:
            if not self._in_time(step.commit):
                continue
            told = tuple(
                t for t in step.told if self._about(t.change.spot.topic, t.change.what)
                and (self._by(t.commit) or self._by(step.commit))
            )  # fmt: skip
            narrow = bool(self.topics or self.whats)
            unread = () if narrow or not self._by(step.commit) else step.unread
            if told or unread or (not narrow and self._by(step.commit)):
                yield replace(step, told=told, unread=unread)

    def _in_time(self, commit: Commit) -> bool:
        if self.newer is not None and commit.id not in self.newer:
            return False
        if self.since and (commit.day is None or commit.day < self.since):
            return False
        return not (self.until and (commit.day is None or commit.day > self.until))

    def _about(self, topic: str, what: str) -> bool:
        return (not self.topics or topic in self.topics) and (not self.whats or what in self.whats)

    def _by(self, commit: Commit) -> bool:
        who = f"{commit.author} {commit.email}".casefold()
        return not self.people or any(part in who for part in self.people)


def topics_of(words: Iterable[str], language: str) -> frozenset[str]:
    """The kinds of files that words name, by their names or labels; refuses (2) unknown ones."""
    labels = {load_fields(language).file(kind.name).label.casefold(): kind.name for kind in KINDS}
    known = {kind.name: kind.name for kind in KINDS} | labels
    found = set()
    for word in words:
        if word.casefold() not in known:
            near = nearest(word.casefold(), known)
            raise refuse("unknown-topic", "plans", found=word, nearest=near or "", allowed=", ".join(kind.name for kind in KINDS))  # fmt: skip
        found.add(known[word.casefold()])
    return frozenset(found)


def people_of(words: Iterable[str], team: Iterable[Member]) -> tuple[str, ...]:
    """What to look for in names and addresses: an id of the team stands for its person."""
    members = {member.id: member for member in team}
    found: list[str] = []
    for word in words:
        if member := members.get(word):
            found += [
                part.casefold()
                for part in (member.email, member.name)
                if isinstance(part, str) and part
            ]
        else:
            found.append(word.casefold())
    return tuple(found)
