"""Where our way of working has gaps: by kind, then account by account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from planwerk import blocks as b
from planwerk.compose.sections.portfolio.overall import GROUPS, Overall
from planwerk.loop.finding import SIDES, Found
from planwerk.loop.gaps import KINDS

ORDER = (*(f"task_{side}" for side in SIDES), *(kind for kind in KINDS if kind != "task"))
SHOWN = 20
"""Rows of each kind."""


def sort_of(found: Found) -> str:
    """The kind of a gap; late tasks fall to three sides."""
    return f"task_{found.side}" if found.kind == "task" else found.kind


def counts(found: Sequence[Found]) -> Counter[str]:
    """How many gaps there are of each kind; what was told in a review is no case of one."""
    return Counter(sort_of(one) for one in found if one.kind != "told")


def page(overall: Overall) -> b.Page:
    """The counts, those by account, then each kind with its cases."""
    found = overall.gaps
    if not found:
        return overall.page("gaps", overall.say("gaps.title_none"), overall.empty(overall.say("gaps.none")), "work")  # fmt: skip
    blocks: list[b.Block] = [*_cards(overall, counts(found))]
    if any(one.kind != "told" for one in found):
        blocks.append(b.Section(overall.say("gaps.by_account"), (_by_account(overall, found),), anchor="accounts"))  # fmt: skip
    for kind in ORDER:
        own = [one for one in found if sort_of(one) == kind]
        if own:
            title = overall.words(f"loop.gaps.{kind}")
            how = overall.say("gaps.cases", count=len(own))
            shown = _told(overall, own) if kind == "told" else overall.found_table(title, own, SHOWN, kind)  # fmt: skip
            blocks.append(b.Section(title, (shown,), how, anchor=kind))
    return overall.page("gaps", title_of(overall), blocks, "work")


def title_of(overall: Overall) -> str:
    """How many gaps there are, and of which kind most are."""
    found = counts(overall.gaps)
    if not found:
        return overall.say("gaps.title_none")
    count = sum(found.values())
    kind, most = min(found.items(), key=lambda item: (-item[1], ORDER.index(item[0])))
    if len(found) == 1:
        return overall.say("gaps.title_one_kind", count=count, kind=overall.words(f"loop.gaps.{kind}"))  # fmt: skip
    return overall.say("gaps.title", count=count, most=overall.number(most), kind=overall.words(f"loop.gaps.{kind}"))  # fmt: skip


def _cards(overall: Overall, found: Counter[str]) -> Iterator[b.Block]:
    """One figure for each kind that has cases, which leads to them; the others are named."""
    kinds = [kind for kind in ORDER if kind != "told"]
    items = [
        b.Card(overall.say(f"gaps.short.{kind}"), overall.number(found[kind]), b.Status("bad", overall.say("gaps.open")), link=f"#page:gaps/{kind}")
        for kind in kinds if found[kind]
    ]  # fmt: skip
    if items:
        yield b.Cards(tuple(items), overall.say("tab.gaps"))
    without = ", ".join(overall.say(f"gaps.short.{kind}") for kind in kinds if not found[kind])
    if without:
        yield b.Paragraph(b.text(overall.say("gaps.without", kinds=without)), "note")


def _told(overall: Overall, found: Sequence[Found]) -> b.Table:
    """What clients and we said about how we work together."""
    rows = [b.Row((b.Cell(b.text(overall.phrases.what(one))), overall.account_cell(one.account)), sources=overall.sources(one)) for one in found[:SHOWN]]  # fmt: skip
    note = overall.rest(SHOWN, len(found))
    return overall.table(overall.words("loop.gaps.told"), ("said", "account"), rows, wide=("said",), note=note, tools="told")  # fmt: skip


def _by_account(overall: Overall, found: Sequence[Found]) -> b.Table:
    each: dict[str, Counter[str]] = {}
    for one in found:
        if one.kind != "told":
            each.setdefault(one.account, Counter())[sort_of(one)] += 1
    kinds = [kind for kind in ORDER if any(count[kind] for count in each.values())]
    names = sorted(each, key=lambda name: (-each[name].total(), overall.name(name)))
    columns = (overall.column("account", ("account",)), *(b.Column(overall.say(f"gaps.short.{kind}"), "right") for kind in kinds), overall.column("sum", (), ("sum",)))  # fmt: skip
    rows = [
        b.Row((
            overall.account_cell(name),
            *(overall.count_cell(each[name][kind]) for kind in kinds),
            overall.number_cell(each[name].total(), strong=True),
        ))
        for name in names[:GROUPS]
    ]  # fmt: skip
    return b.Table(columns, tuple(rows), overall.say("gaps.by_account"), note=overall.rest(GROUPS, len(names)), tools="accounts")  # fmt: skip
