"""A history in its reader's words: what changed, by day and by whom, told as blocks.

Everything comes from the projected portfolio: for us with people, reasons and commits, for
others with the day alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from planwerk import blocks as b
from planwerk.compose.drifting import Drift, slips, targets
from planwerk.history.context import Context
from planwerk.history.facts import facts_of
from planwerk.history.groups import tell_all
from planwerk.history.running import learn, learned
from planwerk.model.history import Change, Commit, Spot, Step

if TYPE_CHECKING:
    from planwerk.history.passages import Passage
    from planwerk.history.telling import Sentence
    from planwerk.model.portfolio import Account, Portfolio

TOPICS: Mapping[str, tuple[str, ...]] = {
    "goals": ("plan",),
    "tasks": ("tasks",),
    "people": ("stakeholders",),
    "white_space": ("whitespace", "opportunities"),
    "risks": ("risks",),
    "reviews": ("review",),
    "slides": ("slides",),
    "profile": ("account", "client"),
    "discovery": ("interview", "journey"),
    "competition": ("competition", "features"),
    "meetings": ("meeting", "interactions"),
    "figures": ("measurements", "revenue", "surveys"),
    "house": ("workspace", "persona", "industry", "questions", "training"),
}
"""What a change is about, by the kind of file it stands in; what matters most comes first."""
TOPIC_OF = {file: topic for topic, files in TOPICS.items() for file in files}
EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)|`")
ITEM = re.compile(r"(?:(?<=\s)|^)[-*] (?=\S)")
REVIEWERS = ("reviewed-by", "approved-by")
"""Trailers of a message that name who looked at a change."""


@dataclass(frozen=True)
class Entry:
    """What one commit changed (for others: one day), in sentences."""

    day: date | None
    commit: Commit
    sentences: tuple[Sentence, ...]
    merge: Commit | None = None
    """The commit that brought it in, where that is another one."""

    @property
    def topics(self) -> tuple[str, ...]:
        """What it is about, in the order of importance."""
        found = {topic_of(sentence) for sentence in self.sentences}
        return tuple(topic for topic in TOPICS if topic in found)


def topic_of(sentence: Sentence) -> str:
    """What a sentence is about."""
    return TOPIC_OF[sentence.changes[0].spot.topic]


class Chronicle:
    """The history of one account as its reader may know it."""

    def __init__(self, portfolio: Portfolio, account: Account, language: str) -> None:
        self.portfolio, self.account, self.language = portfolio, account, language
        self.steps: tuple[Step, ...] = account.history

    @cached_property
    def context(self) -> Context:
        """The reader, who knows what everything was ever called."""
        ever = learned((*self.portfolio.history, *self.steps))
        return Context(self.portfolio, self.language, ever)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All that changed, the newest first."""
        known = dict(facts_of(self.account)) if self._begins_late else {}
        found: list[Entry] = []
        latest: date | None = None
        for step in self.steps:
            known = learn(known, (told.change for told in step.told))
            latest = max(filter(None, (latest, step.commit.day)), default=None)
            context = self.context.at(known)
            for commit, changes in _by_commit(step):
                if told := tell_all(changes, context):
                    merge = step.commit if step.commit is not commit else None
                    found.append(Entry(commit.day or latest, commit, told, merge))
        found.reverse()
        return tuple(sorted(found, key=_newest))

    @property
    def _begins_late(self) -> bool:
        """Whether the history begins in the middle: nothing came with its first step."""
        return bool(self.steps) and not any(
            told.change.what == "added" and not told.change.spot.path for told in self.steps[0].told
        )

    @cached_property
    def slips(self) -> Mapping[Spot, Drift[date]]:
        """The days that were moved."""
        return slips(self.steps)

    @cached_property
    def targets(self) -> Mapping[Spot, Drift[Decimal]]:
        """The targets that were changed."""
        return targets(self.steps)

    def changes(self, after: date | None, until: date | None = None) -> list[Change]:
        """What changed after a day (None: from the beginning), in its order. What was there at
        first, or was seen first, is no change."""
        latest = date.min
        found = []
        for step in self.steps[1:]:
            latest = max(latest, step.commit.day or latest)
            if (after is None or latest > after) and (until is None or latest <= until):
                found += [told.change for told in step.told]
        return found


def _newest(entry: Entry) -> int:
    return -(entry.day or date.min).toordinal()


def _by_commit(step: Step) -> Iterator[tuple[Commit, list[Change]]]:
    """The changes of a step by the commit they came with, in their order."""
    found: dict[str, tuple[Commit, list[Change]]] = {}
    for told in step.told:
        found.setdefault(told.commit.id, (told.commit, []))[1].append(told.change)
    yield from found.values()


# --- as text -----------------------------------------------------------------------------------


def text_of(sentence: Sentence) -> b.Text:
    """A sentence with its titles emphasised."""
    return tuple(b.Run(part.words, strong=part.role == "title") for part in sentence.parts)


def inside(sentence: Sentence) -> tuple[b.Text, ...]:
    """What changed within the texts that a sentence tells of, one line a section."""
    return tuple(_passage(passage) for passage in sentence.passages)


def _passage(passage: Passage) -> b.Text:
    head = (b.Run(f"{passage.heading}: ", strong=True),) if passage.heading else ()
    runs: list[b.Run] = []
    for run in passage.runs:
        if runs:
            runs.append(b.Run(" "))
        change = run.way if run.way in ("added", "removed") else ""
        runs.append(b.Run(_plain(run.words), change=change))
    return (*head, *runs)


def _plain(words: str) -> str:
    """Words of prose without the signs of its manner, which a line of a log does not show."""
    return EMPHASIS.sub("", ITEM.sub("· ", words))


def said(sentence: Sentence, words: Mapping[str, str]) -> b.Said:
    """A sentence as a block, with the word for its topic."""
    topic = topic_of(sentence)
    return b.Said(text_of(sentence), inside(sentence), topic, words[topic])


def names_in(commits: Iterable[Commit]) -> list[str]:
    """Who looked at these commits, as their trailers say: names without addresses."""
    found = [
        value.partition("<")[0].strip()
        for commit in commits
        for key, value in commit.trailers
        if key.lower() in REVIEWERS
    ]
    return list(dict.fromkeys(name for name in found if name))


def without(entry: Entry, keep: Iterable[str]) -> Entry | None:
    """The entry with the sentences on these topics only; None if there are none."""
    wanted = set(keep)
    kept = tuple(s for s in entry.sentences if topic_of(s) in wanted)
    return replace(entry, sentences=kept) if kept else None
