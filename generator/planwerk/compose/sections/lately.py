"""What changed lately: the last change of an account and of each page, and of all accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from planwerk import blocks as b
from planwerk.compose.sections.history import author
from planwerk.compose.told import TOPICS, Entry, text_of, topic_of
from planwerk.compose.view import View

PAGES: Mapping[str, tuple[str, ...]] = {
    "index": tuple(TOPICS),
    "goals": ("goals", "figures"),
    "figures": ("figures", "tasks", "people", "white_space", "meetings"),
    "history": tuple(TOPICS),
    "tasks": ("tasks",),
    "risks": ("risks",),
    "profile": ("profile",),
    "strategy-map": ("people", "white_space", "profile"),
    "stakeholders": ("people",),
    "interview": ("discovery",),
    "journey": ("discovery",),
    "white-space": ("white_space",),
    "competition": ("competition",),
    "meetings": ("meetings",),
    "reviews": ("reviews",),
}
"""What each page is about."""
DAYS = timedelta(days=14)
ACCOUNTS, EACH = 10, 2
"""How many accounts, and sentences of each, the portfolio's page tells."""


def last_change(view: View, page: str) -> str:
    """When what a page shows was last changed, for us by whom; "" where that is not known."""
    topics = PAGES.get(page, ())
    found = next((e for e in view.chronicle.entries if any(t in topics for t in e.topics)), None)
    return _when(view, found) if found and found.day else ""


def _when(view: View, entry: Entry) -> str:
    day = view.long_day(entry.day)
    if not view.internal:
        return view.say("lately.changed", day=day)
    return view.say("lately.changed_by", day=day, who=author(view, entry.commit).name)


def day_cell(view: View) -> b.Cell:
    """The day of an account's last change and who made it, as a cell."""
    entries = view.chronicle.entries
    if not entries:
        return b.Cell()
    return b.Cell(b.text(view.day(entries[0].day)), note=author(view, entries[0].commit).name)


def table(views: Iterable[View]) -> b.Table | None:
    """What changed in the last days, the account that changed last first; for us alone."""
    found = [(view, fresh) for view in views if (fresh := _fresh(view))]
    if not found:
        return None
    found.sort(key=lambda item: (-(item[1][0].day or item[0].today).toordinal(), item[0].account.id))  # fmt: skip
    say = found[0][0].say
    rows = [row for view, fresh in found[:ACCOUNTS] for row in _rows(view, fresh)]
    heads = ("account", "day", "what", "who")
    columns = tuple(b.Column(say(f"lately.{head}"), wide=head == "what") for head in heads)
    rest = len(found) - ACCOUNTS
    note = say("lately.more_accounts", count=rest) if rest > 0 else ""
    return b.Table(columns, tuple(rows), say("lately.label"), note=note)


def _fresh(view: View) -> list[Entry]:
    first = view.today - DAYS
    return [e for e in view.chronicle.entries if e.day is not None and e.day > first]


def _rows(view: View, fresh: list[Entry]) -> Iterable[b.Row]:
    """The changes of an account that matter most; the rest is counted."""
    order = list(TOPICS)
    told = [(entry, s) for entry in fresh for s in entry.sentences]
    shown = sorted(told, key=lambda item: order.index(topic_of(item[1])))[:EACH]
    rest = len(told) - len(shown)
    link = (b.Run(view.client, link=f"#account:{view.account.id}/history"),)
    for number, (entry, sentence) in enumerate(shown):
        more = view.say("lately.more", count=rest) if rest and number == len(shown) - 1 else ""
        yield b.Row(
            (
                b.Cell(link if number == 0 else ()),
                b.Cell(b.text(view.day(entry.day))),
                b.Cell(text_of(sentence), note=more),
                b.Cell(person=author(view, entry.commit)),
            )
        )
