"""History: who changed what and why; for others what changed for them, by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections import since
from planwerk.compose.told import TOPICS, Entry, names_in, said, topic_of
from planwerk.compose.view import View, initials
from planwerk.model.history import Commit
from planwerk.model.hosts import commit_address, request_address

SHORT = 10
"""Digits of a commit that people are shown."""
HALF_A_YEAR = timedelta(days=183)
AT_ONCE = 40
"""Changes that the page shows at once, beside the latest month; older months are folded."""
IN_FULL = 150
"""Rows of the annex; what is older is counted and found in the portal."""


# --- entries -----------------------------------------------------------------------------------


def logged(view: View, entry: Entry) -> b.LogEntry:
    """One entry with who, why and where; for others with the day alone."""
    items = tuple(said(s, view.say.group("history.topic")) for s in entry.sentences)
    if not view.internal:
        return b.LogEntry(_day(view, entry), items)
    commit = entry.commit
    return b.LogEntry(
        _day(view, entry),
        items,
        author(view, commit),
        commit.subject,
        " ".join(commit.body.split()),
        _about(view, entry),
    )


def _day(view: View, entry: Entry) -> str:
    return formats.full_day(entry.day, view.language) if entry.day else view.open


def author(view: View, commit: Commit) -> b.Person:
    """Who made a commit: somebody of the team by e-mail or name, else the name git tells."""
    for member in view.portfolio.workspace.team:
        same = isinstance(member.email, str) and member.email.lower() == commit.email.lower()
        if same or member.name == commit.author:
            return b.Person(member.name, initials(member.name), "us")
    return b.Person(commit.author, initials(commit.author), "us")


def _about(view: View, entry: Entry) -> b.Text:
    """Pull request, reviewers and the commit, linked to the host where there is one."""
    commits = [c for c in (entry.commit, entry.merge) if c]
    number = next((c.pull_request for c in commits if c.pull_request), "")
    host = view.portfolio.workspace.host
    parts: list[b.Text] = []
    if number:
        link = request_address(host, number) or None
        parts.append((b.Run(view.say("history.pull_request", number=number), link=link),))
    if reviewers := names_in(commits):
        parts.append(b.text(view.say("history.reviewed", who=", ".join(reviewers))))
    if entry.commit.id:
        link = commit_address(host, entry.commit.id) or None
        parts.append((b.Run(entry.commit.id[:SHORT], code=link is None, link=link),))
    return tuple(run for i, part in enumerate(parts) for run in ((b.Run(" · "),) if i else ()) + part)  # fmt: skip


def log(view: View, entries: Iterable[Entry]) -> b.Log:
    """Entries as a log."""
    words = view.say.group("history.head")
    ours = (words["who"], words["why"]) if view.internal else ("", "")
    items = tuple(logged(view, entry) for entry in entries)
    return b.Log(items, view.say("history.label"), (words["day"], words["what"], *ours))


# --- pages -------------------------------------------------------------------------------------


def page(view: View) -> b.Page | None:
    """All that changed, by month and day: the latest months in full, the rest folded by month."""
    entries = view.chronicle.entries
    if not entries:
        return None
    blocks: list[b.Block] = [*_gaps(view), *since.section(view, 12, 3, here=True)]
    if choices := _filter(view, entries):
        blocks.append(choices)
    months = _months(entries)
    fresh = _fresh(months)
    blocks += [b.Section(_month(view, day), (log(view, found),), _count(view, found), anchor=_named(day)) for day, found in months[:fresh]]  # fmt: skip
    if folded := months[fresh:]:
        folds = tuple(
            b.Fold(f"{_month(view, day)} · {_count(view, found)}", (log(view, found),), _named(day))
            for day, found in folded
        )
        blocks.append(b.Section(view.say("history.earlier"), folds, quiet=True, anchor="earlier"))
    blocks.append(b.Paragraph(b.text(view.say(f"history.note.{_edition(view)}")), "note"))
    tab = view.say("page.history")
    return b.Page("history", tab, headline(view), tuple(blocks), ((tab, ""), (view.period_name(), "")))  # fmt: skip


def chapter(view: View) -> b.Chapter | None:
    """The annex of our own plan: the latest two periods, as far as there is room."""
    entries = view.chronicle.entries if view.internal else ()
    if not entries:
        return None
    first = _in_full_since(view)
    shown: list[Entry] = []
    rows = 0
    for entry in entries:
        rows += len(entry.sentences)
        if rows > IN_FULL or (entry.day is not None and entry.day < first):
            break
        shown.append(entry)
    rest = sum(len(e.sentences) for e in entries[len(shown) :])
    blocks: list[b.Block] = [log(view, shown)]
    if rest:
        blocks.append(b.Paragraph(b.text(view.say("since.more", count=rest)), "note"))
    return b.Chapter(view.say("page.history"), headline(view) + ".", tuple(blocks), landscape=True)


def _edition(view: View) -> str:
    return "internal" if view.internal else "client"


def headline(view: View) -> str:
    """The finding: how much changed in this period, when last and by whom."""
    entries = view.chronicle.entries
    begin = view.period.plan.from_ if view.period else date.min
    count = sum(len(e.sentences) for e in entries if e.day and e.day >= begin)
    facts = {"count": count, "day": view.long_day(entries[0].day)}
    if view.internal:
        who = author(view, entries[0].commit).name
        return view.say("history.headline_internal", who=who, **facts)
    return view.say("history.headline_client", **facts)


def _in_full_since(view: View) -> date:
    """The first day of the period before the present one."""
    period = view.period
    if period is None:
        return view.today - HALF_A_YEAR
    earlier = [p for p in view.account.periods if p.plan.from_ < period.plan.from_]
    return earlier[-1].plan.from_ if earlier else period.plan.from_


def _months(entries: Sequence[Entry]) -> list[tuple[date, list[Entry]]]:
    """Entries by the first day of their month, in their order."""
    return [
        (first, list(found))
        for first, found in groupby(entries, lambda e: (e.day or date.min).replace(day=1))
    ]


def _fresh(months: Sequence[tuple[date, Sequence[Entry]]]) -> int:
    """How many months are shown in full: the latest, and more as long as they are few lines."""
    lines = 0
    for number, (_, found) in enumerate(months):
        lines += sum(len(entry.sentences) for entry in found)
        if lines > AT_ONCE:
            return max(number, 1)
    return len(months)


def _named(first: date) -> str:
    """The anchor of a month."""
    return f"month-{first:%Y-%m}"


def _month(view: View, first: date) -> str:
    return f"{formats.month(first, view.language, full=True)} {first.year}" if first > date.min else view.open  # fmt: skip


def _count(view: View, entries: Iterable[Entry]) -> str:
    return view.say("history.count", count=sum(len(e.sentences) for e in entries))


def _filter(view: View, entries: Iterable[Entry]) -> b.Filter | None:
    """A choice of topics, with how many changes are about each; None for a single one."""
    words = view.say.group("history.topic")
    found = [topic_of(s) for entry in entries for s in entry.sentences]
    items = tuple(b.Choice(t, words[t], found.count(t)) for t in TOPICS if t in found)
    every = b.Choice("every", view.say("history.every"), len(found))
    return b.Filter(view.say("history.filter"), every, items) if len(items) > 1 else None


def _gaps(view: View) -> tuple[b.Block, ...]:
    """What cannot be known, for us: a history that begins late, versions nobody can read."""
    if not view.internal:
        return ()
    lines = [view.say(f"problem.{p.rule}.wrong", **p.facts) for p in view.portfolio.gaps]
    for step in view.account.history:
        day = formats.full_day(step.commit.day, view.language) if step.commit.day else view.open
        for problem in step.unread:
            key = "unreadable" if problem.rule == "version-unreadable" else "partly"
            lines.append(view.say(f"history.{key}", path=problem.place.path, day=day))
    items = tuple((b.Paragraph(b.text(line)),) for line in dict.fromkeys(lines))
    return (b.Section(view.say("history.gaps"), (b.Bullets(items),), quiet=True),) if items else ()
