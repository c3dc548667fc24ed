"""Many changes as few sentences: what belongs together is told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from planwerk import formats
from planwerk.history.context import Context
from planwerk.history.identity import IDENTITIES, By
from planwerk.history.telling import Sentence, phrase, record_name, said, tell
from planwerk.history.values import listed, shown, title_of
from planwerk.model.history import Change, Spot, Value, What
from planwerk.model.kinds import BY_NAME

FEW = 3
"""Records of one list that came or went together and are told one by one."""
TOLD_BY: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("Goal", "validated_by"): ("validated_on",),
    ("Decision", "answer"): ("decided_on",),
    ("Risk", "resolution"): ("closed_on",),
    ("ClientProblem", "answer"): ("answered_on",),
    ("Insight", "confirmed_by"): ("confirmed_on",),
    ("Question", "asked"): ("asked_on", "answer"),
    ("Question", "asked_on"): ("answer",),
    ("Carried", "as"): ("decision",),
    ("Opportunity", "closed"): ("outcome",),
}
"""Fields that the sentence for another one tells as well, or makes plain."""
ALONE = frozenset({"Plan", "Meeting", "Persona", "Industry", "Profile"})
"""Records of files that, where they come or go, stand for all in the file."""


def tell_all(changes: Iterable[Change], context: Context) -> tuple[Sentence, ...]:
    """The sentences for the changes of one step or of a longer time, in their order.

    Lines of logs, and many entries of one list, are counted; what is within a record that came
    or went is told by it; a field that says nothing beside another one is left out.
    """
    told = _worth_telling(list(changes))
    groups: dict[tuple[object, ...], list[Change]] = defaultdict(list)
    for number, change in enumerate(told):
        groups[_group(change) or (number,)].append(change)
    sentences: list[Sentence] = []
    for key, group in groups.items():
        many = len(group) > 1 and (key[0] == By.LINE or len(group) > FEW)
        sentences += [_counted(group, context)] if many else [tell(c, context) for c in group]
    return tuple(sentences)


def _worth_telling(changes: list[Change]) -> list[Change]:
    """The changes that no other one tells."""
    fields = {(c.spot, c.field) for c in changes if c.what == "changed"}
    whole = {(c.what, _file(c.spot)) for c in changes if not c.spot.path and c.kind in ALONE}
    records: set[tuple[What, Spot]]
    records = {(c.what, c.spot) for c in changes if c.what in ("added", "removed")}
    files = {(c.spot.account, c.spot.of) for c in changes if c.what == "moved" and c.kind == "Plan"}
    return [c for c in changes if not _told(c, fields, whole, records, files)]


def _told(
    change: Change,
    fields: set[tuple[Spot, str]],
    whole: set[tuple[What, Spot]],
    records: set[tuple[What, Spot]],
    files: set[tuple[str, str]],
) -> bool:
    """Whether another change tells this one as well."""
    spot, kind = change.spot, change.kind
    if change.what in ("added", "removed"):
        above = [spot._replace(path=spot.path[:n]) for n in range(1, len(spot.path))]
        if any((change.what, other) in records for other in above):
            return True
        return bool(spot.path) and (change.what, _file(spot)) in whole
    if change.what == "moved":
        return not spot.path and kind != "Plan" and (spot.account, spot.of) in files
    if change.what == "renamed":  # the text that it is known by is told
        return IDENTITIES[kind].by is By.WORDS
    if change.field in IDENTITIES[kind].keys and IDENTITIES[kind].by is By.ID:
        return True  # its id: the new name is told
    if isinstance(change.old, tuple) and isinstance(change.new, tuple) and change.field == "stages":
        return sorted(map(str, change.old)) != sorted(map(str, change.new))
    return any((spot, by) in fields for by in TOLD_BY.get((kind, change.field), ()))


def _file(spot: Spot) -> Spot:
    return spot._replace(path=())


def _group(change: Change) -> tuple[object, ...] | None:
    """What a change is counted with; None if it is told by itself. Of changed fields, those that
    only say that somebody looked through entries."""
    spot = change.spot
    if change.what == "changed" and change.field == "checked_on" and spot.path:
        return (By.ID, change.what, spot.account, spot.topic, spot.of, spot.path[:-1], change.new)
    if change.what not in ("added", "removed") or not spot.path:
        return None
    if IDENTITIES[change.kind].by is By.LINE:
        about = dict(change.values).get("kpi", "")
        return (By.LINE, change.what, spot.account, spot.topic, about)
    return (By.ID, change.what, spot.account, spot.topic, spot.of, spot.path[:-1])


def _counted(group: list[Change], context: Context) -> Sentence:
    """One sentence for records of one kind that came or went together."""
    first = group[0]
    last = max(group, key=_day)
    titles = [f"{title_of(c.kind, c.title, c.spot, context)}" for c in group]
    facts = {
        "count": formats.number(Decimal(len(group)), context.language),
        "title": title_of(first.kind, first.title, first.spot, context),
        "titles": listed(titles, context),
        "list": _list(first, context),
        "sum": _sum(group, context),
        "new": shown(first.new, first.kind, first.field, first.spot, context),
    }
    facts |= {f"of_{n}": shown(v, last.kind, n, last.spot, context) for n, v in last.values}
    return said(phrase((first.what, first.kind), ("many",), context), facts, context, tuple(group))


def _day(change: Change) -> date:
    day = dict(change.values).get("date")
    return day if isinstance(day, date) else date.min


def _list(change: Change, context: Context) -> str:
    """What the list is called that a record stands in."""
    spot = change.spot
    if len(spot.path) == 1:
        return context.fields.file(spot.topic).label
    if len(spot.path) == 2 and (named := context.fields.field(BY_NAME[spot.topic].record.__name__, spot.path[0])):  # fmt: skip
        return named.label
    return record_name(change.kind, change.spot, context)


def _sum(group: list[Change], context: Context) -> str:
    """The amounts of bookings, added up by currency."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for change in group:
        values: dict[str, Value] = dict(change.values)
        if isinstance(amount := values.get("amount"), Decimal):
            sums[str(values.get("currency") or context.portfolio.workspace.currency)] += amount
    return listed([formats.money(v, context.language, c) for c, v in sums.items()], context)
