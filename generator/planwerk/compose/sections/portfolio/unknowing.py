"""What is not known over all accounts, with who finds it out and by when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from planwerk import blocks as b
from planwerk.compose.sections.portfolio.overall import GROUPS, LONG, Overall
from planwerk.loop.finding import Found, by_day


def page(overall: Overall) -> b.Page:
    """The counts by account, then what is overdue or has a day, then the rest."""
    found = overall.unknowns
    if not found:
        return overall.page("unknowns", overall.say("unknowns.title_none"), overall.empty(overall.say("unknowns.none")), "work")  # fmt: skip
    dated = by_day(one for one in found if one.day)
    without = [one for one in found if not one.day]
    blocks: list[b.Block] = []
    for key, chosen in (("dated", dated), ("without", without)):
        if chosen:
            label = overall.say(f"unknowns.{key}")
            blocks.append(b.Section(label, (_table(overall, label, chosen, key == "dated"),), overall.say(f"unknowns.{key}_how"), anchor=key))  # fmt: skip
    blocks.append(b.Section(overall.say("unknowns.by_account"), (_by_account(overall, found),), anchor="accounts"))  # fmt: skip
    return overall.page("unknowns", title(overall), blocks, "work")


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


def _table(overall: Overall, label: str, found: Sequence[Found], dated: bool) -> b.Table:
    """What is unknown, of what, who finds it out and (where somebody said it) until when."""
    rows = []
    for one in found[:LONG]:
        what = overall.phrases.what(one)
        about = what if what != overall.name(one.account) else ""
        cells = (
            b.Cell(b.text(overall.phrases.kind(one)), note=about),
            overall.account_cell(one.account),
            overall.whose_cell(one),
        )
        rows.append(b.Row((*cells, *((overall.day_cell(one.day), overall.when_cell(one)) if dated else ())), sources=overall.sources(one)))  # fmt: skip
    heads = ("unknown", "account", "finds_out", *(("until", "when") if dated else ()))
    return overall.table(label, heads, rows, wide=("unknown",), note=overall.rest(LONG, len(found)), tools="dated" if dated else "without")  # fmt: skip


def _by_account(overall: Overall, found: Sequence[Found]) -> b.Table:
    each: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        each[one.account].append(one)
    names = sorted(each, key=lambda name: (-len(each[name]), overall.name(name)))
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
