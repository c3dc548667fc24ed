"""What changed since the last review: the differences that are left, what matters most first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from planwerk import blocks as b
from planwerk.compose.sections.reviews import held
from planwerk.compose.told import TOPICS, said, text_of, topic_of
from planwerk.compose.view import View
from planwerk.history.groups import tell_all
from planwerk.history.net import net
from planwerk.history.telling import Sentence
from planwerk.model.history import Change
from planwerk.model.portfolio import Period

LEAST = ("meetings", "figures")
"""Topics that other blocks tell better: they are counted, not told, where room is short."""
FIRST = {
    ("PlanKpi", "target"): 0,
    ("Goal", ""): 1,
    ("PlanKpi", ""): 1,
    ("Task", "due"): 0,
    ("Milestone", "on"): 0,
    ("Decision", ""): 1,
    ("Task", "done_on"): 2,
    ("Task", ""): 3,
    ("Stakeholder", ""): 0,
    ("Risk", ""): 0,
}
"""What comes first within its topic, by kind of record and field ("" for the whole record)."""
LAST = 9
PERIODS = ("plan", "tasks", "risks", "review")
"""The kinds of files that belong to a period."""
REVIEWS = ("review", "debrief")
"""The kinds of meetings that count as a review."""
TRIVIAL = frozenset({"checked_on", "precedent"})
"""Fields whose change says nothing about the plan itself."""


@dataclass(frozen=True)
class Since:
    """What changed of an account after a day: that of a review (`talked`), of the period
    `reviewed` where it was such a one, or the day the period began."""

    view: View
    day: date
    talked: bool
    reviewed: str = ""
    until: date | None = None
    only: str = ""
    """The only period whose plans count; "" for all."""

    @cached_property
    def groups(self) -> dict[str, tuple[Sentence, ...]]:
        """What is left of all changes, told by topic; what matters most first."""
        context = self.view.chronicle.context
        changes = net(c for c in self.view.chronicle.changes(self.day, self.until))
        found: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in tell_all(filter(self._counts, changes), context):
            found[topic_of(sentence)].append(sentence)
        return {t: tuple(sorted(found[t], key=_rank)) for t in TOPICS if t in found}

    def _counts(self, change: Change) -> bool:
        """Whether a change is one of the plan: not of the review itself, of how it is presented,
        nor of its upkeep."""
        if self.only and change.spot.topic in PERIODS and change.spot.of != self.only:
            return False
        topic, of = change.spot.topic, change.spot.of
        own = topic == "slides" or (topic == "review" and of == self.reviewed)
        return not own and change.field not in TRIVIAL

    @property
    def count(self) -> int:
        """How many differences there are."""
        return sum(map(len, self.groups.values()))

    @property
    def title(self) -> str:
        """ "Änderungen seit dem Gespräch am 9. Juli 2026" """
        key = "review" if self.talked else "begin"
        return self.view.say(f"since.title.{key}", day=self.view.long_day(self.day))


def _rank(sentence: Sentence) -> int:
    change = sentence.changes[0]
    return FIRST.get((change.kind, change.field), LAST)


def since(view: View, of: Period | None = None) -> Since | None:
    """What changed since the last review that was held, else since the period began; for the
    review of the period `of`, since the one before it and until it was held. None without a
    history, or where nothing changed."""
    if not view.chronicle.steps:
        return None
    day_held = of.review.held_on if of and of.review and held(of, view.today) else None
    until = day_held if isinstance(day_held, date) else None
    only = of.id if of else ""
    end = until or view.today + timedelta(days=1)
    before = [r for r in _reviews(view) if r[0] < end]
    if before:
        day, reviewed = max(before)
        found = Since(view, day, True, reviewed, until, only)
    elif period := of or view.period:
        found = Since(view, period.plan.from_, False, "", until, only)
    else:
        return None
    return found if found.count else None


def _reviews(view: View) -> Iterator[tuple[date, str]]:
    """The days of reviews, with the period that was reviewed; meetings of that kind are some."""
    for period in view.account.periods:
        if period.review and isinstance(period.review.held_on, date):
            yield period.review.held_on, period.id
    for meeting in view.account.meetings:
        if meeting.kind in REVIEWS and isinstance(meeting.on, date):
            yield meeting.on, ""


# --- as blocks ---------------------------------------------------------------------------------


def _chosen(found: Since, limit: int, each: int) -> dict[str, tuple[Sentence, ...]]:
    """What is told where room is short: at most `each` of a topic and `limit` in all, the first
    of every topic before the second of any."""
    told = {t: s for t, s in found.groups.items() if t not in LEAST}
    room = dict.fromkeys(told, 0)
    for number in range(each):
        for topic, sentences in told.items():
            if sum(room.values()) < limit and len(sentences) > number:
                room[topic] += 1
    return {topic: told[topic][:count] for topic, count in room.items() if count}


def table(found: Since, limit: int, each: int, here: bool = False) -> b.Table:
    """By topic, as much as there is room for; the rest is counted and found in the history
    (`here`: on this page)."""
    view = found.view
    words = view.say.group("history.topic")
    rows: list[b.Row] = []
    for topic, sentences in _chosen(found, limit, each).items():
        for number, sentence in enumerate(sentences):
            head = b.Cell(b.text(words[topic] if number == 0 else ""))
            rows.append(b.Row((head, b.Cell(text_of(sentence)))))
    columns = (b.Column(view.say("history.filter")), b.Column(view.say("history.head.what"), wide=True))  # fmt: skip
    rest = found.count - len(rows)
    note = view.say("since.more_here" if here else "since.more", count=rest) if rest else ""
    return b.Table(columns, tuple(rows), found.title, note=note)


def section(view: View, limit: int, each: int, here: bool = False) -> tuple[b.Section, ...]:
    """The block for a page: nothing where nothing changed."""
    found = since(view)
    if found is None:
        return ()
    shown = table(found, limit, each, here)
    return (b.Section(found.title, (shown,), _count(found)),) if shown.rows else ()


def _count(found: Since) -> str:
    return found.view.say("history.count", count=found.count)


def chapter(view: View, limit: int = 30, each: int = 6) -> b.Chapter | None:
    """The chapter of a document; longer texts word by word only where no annex tells them."""
    found = since(view)
    if found is None:
        return None
    told = _chosen(found, limit, each)
    words = view.say.group("history.topic")
    blocks: list[b.Block] = [
        b.Section(words[topic], (b.Bullets(tuple(_items(sentences, whole=not view.internal))),))
        for topic, sentences in told.items()
    ]
    shown = sum(map(len, told.values()))
    if rest := found.count - shown:
        blocks.append(b.Paragraph(b.text(view.say("since.more", count=rest)), "note"))
    if not shown:
        return None
    return b.Chapter(view.say("since.chapter"), _lead(found), tuple(blocks))


def _items(sentences: Iterable[Sentence], whole: bool) -> Iterable[tuple[b.Block, ...]]:
    for sentence in sentences:
        one = said(sentence, defaultdict(str))
        inside = one.inside if whole else ()
        yield (b.Paragraph(one.text), *(b.Paragraph(line, "note") for line in inside))


def _lead(found: Since) -> str:
    """The message: how much changed since when, and most of all where."""
    view = found.view
    topics = [t for t in found.groups if t not in LEAST]
    most = max(topics, key=lambda t: len(found.groups[t])) if topics else ""
    words = view.say("since.lead", title=found.title, count=found.count)
    if most and len(topics) > 1:
        words += " " + view.say("since.most", topic=view.say(f"history.topic.{most}"), count=len(found.groups[most]))  # fmt: skip
    return words


def slides(view: View, period: Period) -> tuple[b.Slide, ...]:
    """One slide for the review of a period: what is different from the last time."""
    found = since(view, period)
    if found is None:
        return ()
    body = table(found, 8, 3)
    if not body.rows:
        return ()
    title = view.say("since.slide", count=found.count, title=found.title)
    return (b.Slide(view.say("since.kicker"), title, b.Table(body.columns, body.rows, body.label), source=body.note, origin=view.origin("history")),)  # fmt: skip
