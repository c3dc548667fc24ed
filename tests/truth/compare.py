"""Holds the passages of an audience's files against its world: which records each of them is about."""

from __future__ import annotations

from collections.abc import Iterable

from truth.facts import BACKGROUND, Subject, World
from truth.judging import OnePassage
from truth.labels import LEADS, PAST
from truth.passages import Passage, Read
from truth.results import Result
from truth.scanning import Scanner
from truth.sums import Sums


class Comparer:
    """Compares the passages of one audience's files of an account with its world."""

    def __init__(self, one: World, sums: Sums, period: str) -> None:
        self.world, self.sums, self.period = one, sums, period
        self.scanner = Scanner([*one.words, *one.texts, *one.people])
        self.result = Result()
        self.before: tuple[str, list[Subject]] = ("", [])

    def compare(self, read: Read) -> Result:
        """All passages, one after another."""
        for passage in read.passages:
            for part in self._split(passage):
                OnePassage(self, part).compare()
        return self.result

    def _split(self, passage: Passage) -> Iterable[Passage]:
        """A row of cards is as many passages: cells that each name another KPI."""
        if passage.format == "docx" and passage.kind == "card":
            kpis = [c for c in passage.cells if self.subjects(self.scanner.names(c.lines[:1]), passage, ("PlanKpi",))]  # fmt: skip
            if len(kpis) > 1:
                return [Passage(passage.format, passage.file, passage.place, "card", (c,), passage.above, passage.caption) for c in passage.cells if c.lines]  # fmt: skip
        return (passage,)

    def subjects(self, texts: Iterable[str], passage: Passage, kinds: tuple[str, ...] = ()) -> list[Subject]:  # fmt: skip
        """The records that these texts name; of one name those of the period that is spoken of."""
        texts = list(texts)
        keys = {key for text in texts for key in self.world.words.get(text, ())}
        keys |= {key for pair, key in self.world.pairs.items() if pair <= set(texts)}
        found = [self.world.subjects[key] for key in sorted(keys) if key in self.world.subjects]
        if kinds:
            found = [s for s in found if s.kind in kinds]
        figures = "figures" in passage.file or _told(passage, ("alle kennzahlen", "all kpis", "letzten zwölf monate", "last twelve months"))  # fmt: skip
        if figures and any(s.kind == "Figure" for s in found):
            found = [s for s in found if s.kind == "Figure"]
        aside = () if figures else LEADS.get(self.leading(texts), ())
        found = [s for s in found if s.kind not in aside]
        if not self.past(passage):
            now = [s for s in found if f"/{self.period}/" in s.key]
            names = {s.key.rpartition("/")[2] for s in now}
            found = [s for s in found if s in now or s.key.rpartition("/")[2] not in names]
        return found

    def goals_of(self, kpis: list[Subject]) -> list[Subject]:
        """The goals that these KPIs measure."""
        names = {(p.id, kpi, goal.id) for p in self.world.account.periods for goal in p.plan.goals for kpi in goal.kpis}  # fmt: skip
        keys = {f"Goal/{period}/{goal}" for period, kpi, goal in names if f"PlanKpi/{period}/{kpi}" in {s.key for s in kpis}}  # fmt: skip
        return [self.world.subjects[key] for key in sorted(keys)]

    def is_part(self, line: str) -> bool:
        """Whether a line is a part of a text that somebody wrote: pictures break texts."""
        return len(line) > 8 and any(
            line in text for text in (*self.world.texts, *self.world.words)
        )

    def leading(self, texts: Iterable[str]) -> str:
        """The kind of the first record that is named and that a passage can be about."""
        for text in texts:
            kinds = {self.world.subjects[k].kind for k in self.world.words.get(text, ()) if k in self.world.subjects}  # fmt: skip
            if about := next((k for k in ("Task", "Goal", "PlanKpi", *sorted(kinds)) if k in kinds and k not in BACKGROUND), ""):  # fmt: skip
                return about
        return ""

    def past(self, passage: Passage) -> bool:
        """Whether it may speak of an earlier period."""
        earlier = any(
            p.id in passage.file for p in self.world.account.periods if p.id != self.period
        )
        return earlier or _told(passage, PAST)


def _told(passage: Passage, words: tuple[str, ...]) -> bool:
    whole = " ".join((passage.file, *passage.above, passage.caption, passage.words, *(c.head for c in passage.cells))).lower()  # fmt: skip
    return any(word in whole for word in words)
