"""What is not known over all accounts, with who finds it out and by when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from planwerk import blocks as b
from planwerk.compose.sections.portfolio.overall import GROUPS, LONG, Overall
from planwerk.loop.finding import Found, by_day


def page(overall: Overall) -> b.Page:
    """The counts by account, then what is overdue or has a day, then the rest, folded by account."""
    found = overall.unknowns
    if not found:
        return overall.page("unknowns", overall.say("unknowns.title_none"), overall.empty(overall.say("unknowns.none")), "work")  # fmt: skip
    each = _each(found)
    names = sorted(each, key=lambda name: (-len(each[name]), overall.name(name)))
    counts = b.Section(overall.say("unknowns.by_account"), (_by_account(overall, each, names),), anchor="accounts")  # fmt: skip
    blocks = [counts, *_dated(overall), *_without(overall, each, names)]
    return overall.page("unknowns", title(overall), blocks, "work")


def _each(found: Sequence[Found]) -> dict[str, list[Found]]:
    """What is unknown, by account."""
    each: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        each[one.account].append(one)
    return each


def title(overall: Overall) -> str:
    """How much is not known, and for how much of it nobody has set a day."""
    found = overall.unknowns
    if not found:
        return overall.say("unknowns.title_none")
    without = sum(one.day is None for one in found)
    late = sum(one.late is not None and one.late > 0 for one in found)
    first = overall.say("unknowns.title", count=len(found))
    if late:
        return first + overall.say("unknowns.title_late", count=late)
    return first + (overall.say("unknowns.title_without", count=without) if without else "")


def _about(overall: Overall, one: Found) -> str:
    """What something unknown belongs to; "" where that is the account itself."""
    what = overall.phrases.what(one)
    return what if what != overall.name(one.account) else ""


def _dated(overall: Overall) -> Iterator[b.Section]:
    """What somebody finds out by a day, the longest overdue first."""
    found = by_day(one for one in overall.unknowns if one.day)
    if not found:
        return
    label = overall.say("unknowns.dated")
    rows = [
        b.Row((
            b.Cell(b.text(overall.phrases.kind(one)), note=_about(overall, one)),
            overall.account_cell(one.account), overall.whose_cell(one), overall.day_cell(one.day),
            overall.when_cell(one),
        ), sources=overall.sources(one))
        for one in found[:LONG]
    ]  # fmt: skip
    heads = ("unknown", "account", "finds_out", "until", "when")
    table = overall.table(label, heads, rows, wide=("unknown",), note=overall.rest(LONG, len(found)), tools="dated")  # fmt: skip
    yield b.Section(label, (table,), overall.say("unknowns.dated_how"), anchor="dated")


def _without(
    overall: Overall, each: Mapping[str, Sequence[Found]], names: Sequence[str]
) -> Iterator[b.Section]:
    """What nobody has set a day for: a fold an account, in it a row for each thing."""
    folds, shown, whole = [], 0, 0
    for name in names:
        own = [one for one in each[name] if one.day is None]
        whole += len(own)
        if own and shown < LONG:
            shown += len(own)
            title = overall.say("unknowns.of_account", account=overall.name(name), count=len(own))
            folds.append(b.Fold(title, (_things(overall, title, own),), f"account-{name}"))
    if folds:
        rest = overall.rest(shown, whole)
        note = (b.Paragraph(b.text(rest), "note"),) if rest else ()
        yield b.Section(overall.say("unknowns.without"), (*folds, *note), overall.say("unknowns.without_how"), anchor="without")  # fmt: skip


def _things(overall: Overall, label: str, found: Sequence[Found]) -> b.Table:
    """Each person, goal or place with what is unknown of it, and who finds that out."""
    things: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in found:
        things[_about(overall, one), one.whose].append(one)
    rows = []
    for (about, _), own in things.items():
        told = list(dict.fromkeys(overall.phrases.kind(one) for one in own))
        named = about or overall.name(own[0].account)
        rows.append(b.Row((b.Cell(b.text(named)), b.Cell(b.text(", ".join(told))), overall.whose_cell(own[0])), sources=overall.sources(*own)))  # fmt: skip
    return overall.table(label, ("of_what", "unknown", "finds_out"), rows, wide=("of_what", "unknown"))  # fmt: skip


def _by_account(
    overall: Overall, each: Mapping[str, Sequence[Found]], names: Sequence[str]
) -> b.Table:
    rows = []
    for name in names[:GROUPS]:
        own = each[name]
        late = sum(one.late is not None and one.late > 0 for one in own)
        ahead = min((one.day for one in own if one.day and one.day >= overall.today), default=None)
        rows.append(b.Row((
            overall.account_cell(name),
            overall.number_cell(len(own)),
            overall.count_cell(late),
            overall.number_cell(sum(one.day is None for one in own)),
            overall.day_cell(ahead) if ahead else b.Cell(b.text(overall.say("unknowns.no_day"))),
        )))  # fmt: skip
    heads = ("account", "unknowns", "late", "without_day", "next_day")
    return overall.table(overall.say("unknowns.by_account"), heads, rows, wide=("account",), right=heads[1:4], note=overall.rest(GROUPS, len(names)), tools="accounts")  # fmt: skip
