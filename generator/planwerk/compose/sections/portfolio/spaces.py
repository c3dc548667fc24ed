"""White space of the portfolio: found, filled, lost and left, by offering and account."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections.portfolio.overall import GROUPS, LONG, Overall
from planwerk.loop.finding import Found, by_day
from planwerk.loop.space import Movement, Space, to_reopen

MOVED = ("filled", "lost", "found")


def page(overall: Overall) -> b.Page:
    """The whole in figures, by offering, by account, what moved, and what to reopen."""
    whole = overall.space
    if not any((whole.found, whole.filled, whole.lost, whole.left)):
        return overall.page("white-space", overall.say("space.title_none"), overall.empty(overall.say("space.none")), "space")  # fmt: skip
    reopen = to_reopen(overall.portfolio)
    label = overall.say("space.reopen")
    shown = (_reopen(overall, label, reopen),) if reopen else overall.empty(overall.words("white_space.none_to_reopen"))  # fmt: skip
    blocks = (
        cards(overall, whole),
        b.Section(overall.say("space.by_offering"), (_by_offering(overall, whole),), overall.say("space.how"), anchor="offerings"),
        b.Section(overall.say("space.by_account"), (_by_account(overall, whole),), overall.say("space.by_account_how"), anchor="accounts"),
        *_moved(overall),
        b.Section(label, shown, overall.say("space.reopen_how"), anchor="reopen"),
    )  # fmt: skip
    return overall.page("white-space", title(overall), blocks, "space")


def title(overall: Overall) -> str:
    """What is left: its worth where it is known, else how many cells."""
    whole = overall.space
    if not whole.left:
        moved = whole.found or whole.filled or whole.lost
        return overall.say("space.title_all" if moved else "space.title_none")
    cells = overall.say("space.cells", count=whole.left)
    accounts = overall.say("space.accounts", count=whole.accounts)
    if whole.potential is None:
        return overall.say("space.title_unknown", cells=cells, accounts=accounts)
    key = "title_part" if whole.valued < whole.left else "title"
    return overall.say(f"space.{key}", amount=overall.money(whole.potential), cells=cells, accounts=accounts)  # fmt: skip


def cards(overall: Overall, whole: Space) -> b.Cards:
    """Found, filled, lost, left, and what is left worth."""
    shown: list[tuple[str, int, b.Level]] = [
        ("found", whole.found, "chance"), ("filled", whole.filled, "done"),
        ("lost", whole.lost, "no"), ("left", whole.left, "plan"),
    ]  # fmt: skip
    items = [
        b.Card(overall.say(f"space.{key}"), overall.number(count), b.Status(level, overall.say(f"space.{key}_word")), period="" if key == "left" else overall.say("space.in_period"))
        for key, count, level in shown
    ]  # fmt: skip
    items.append(potential_card(overall, whole))
    return b.Cards(tuple(items), overall.say("tab.white-space"))


def potential_card(overall: Overall, whole: Space, link: str = "") -> b.Card:
    """What is left worth, of how many cells that is known."""
    label, of = overall.say("space.potential"), overall.say("space.valued", valued=overall.number(whole.valued), left=overall.number(whole.left))  # fmt: skip
    if whole.potential is None:
        why = overall.say("space.no_value" if whole.left else "space.title_none")
        return b.Card(label, overall.words("word.open"), b.Status("open", why), unknown=True, link=link)  # fmt: skip
    level: b.Level = "chance" if whole.valued == whole.left else "open"
    return b.Card(label, formats.thousands(whole.potential, overall.language), b.Status(level, of), unit=overall.thousand, link=link)  # fmt: skip


def _cells(overall: Overall, one: Space) -> tuple[b.Cell, ...]:
    counts = (one.found, one.filled, one.lost, one.left)
    worth = _worth(overall, one.potential, one.valued, one.left)
    return (*(overall.number_cell(count) for count in counts), worth)


def _worth(overall: Overall, potential: Decimal | None, valued: int, left: int) -> b.Cell:
    """An amount in thousands; of how many cells it is known, where it is not of all."""
    if not left:
        return b.Cell(b.text("·"))
    if potential is None:
        return overall.unknown(overall.say("space.no_value"))
    note = "" if valued == left else overall.say("space.valued", valued=overall.number(valued), left=overall.number(left))  # fmt: skip
    words = b.text(formats.thousands(potential, overall.language))
    return b.Cell(words, note=note, value=float(potential))


def _columns(overall: Overall, first: str) -> tuple[b.Column, ...]:
    heads = ("found", "filled", "lost", "left")
    worth = f"{overall.say('space.potential')}, {overall.thousand}"
    return (overall.column(first, (first,)), *(b.Column(overall.say(f"space.{h}"), "right") for h in heads), b.Column(worth, "right"))  # fmt: skip


def _total(overall: Overall, whole: Space) -> b.Row:
    return b.Row((b.Cell(b.text(overall.words("word.total"))), *_cells(overall, whole)), "total")


def _by_offering(overall: Overall, whole: Space) -> b.Table:
    """A line an offering, the one with most left first; all of them first."""
    each = overall.spaces_by_offering
    names = sorted(each, key=lambda name: (-(each[name].potential or 0), -each[name].left, name))
    rows = [b.Row((b.Cell(b.text(overall.offering(name))), *_cells(overall, each[name]))) for name in names]  # fmt: skip
    return b.Table(_columns(overall, "offering"), (_total(overall, whole), *rows), overall.say("space.by_offering"), tools="offerings")  # fmt: skip


def _by_account(overall: Overall, whole: Space) -> b.Table:
    """A line an account, the one with most left first."""
    each = {m.account: (m, overall.spaces[m.account]) for m in overall.movements}
    names = sorted(each, key=lambda name: (-(each[name][1].potential or 0), -each[name][1].left, overall.name(name)))  # fmt: skip
    rows = [_account(overall, *each[name]) for name in names[:GROUPS]]
    return b.Table(_columns(overall, "account"), (_total(overall, whole), *rows), overall.say("space.by_account"), note=overall.rest(GROUPS, len(names)), tools="accounts")  # fmt: skip


def _account(overall: Overall, movement: Movement, counted: Space) -> b.Row:
    view = overall.view[movement.account]
    if not view.account.whitespace and not view.account.opportunities:
        unknown = overall.unknown(overall.say("why.no_log"))
        return b.Row((overall.account_cell(movement.account), *(overall.unknown() for _ in range(4)), unknown))  # fmt: skip
    page = "white-space" if view.account.whitespace else ""
    since = view.period.plan.from_ if view.period else None
    note = overall.say("space.since", day=overall.day(since)) if since else ""
    return b.Row((overall.account_cell(movement.account, page, note), *_cells(overall, counted)))


def _moved(overall: Overall) -> tuple[b.Block, ...]:
    """What was filled, lost and found, the latest first."""
    moved = [f for m in overall.movements for kind in MOVED for f in getattr(m, kind)]
    if not moved:
        return ()
    found = by_day(moved)[::-1]
    rows = [
        b.Row((overall.day_cell(one.day), b.Cell(b.text(overall.phrases.what(one)), note=_deal(one)), overall.account_cell(one.account), b.Cell(status=_status(overall, one))), sources=overall.sources(one))
        for one in found[:LONG]
    ]  # fmt: skip
    label = overall.say("space.moved")
    table = overall.table(label, ("day", "what", "account", "status"), rows, wide=("what",), note=overall.rest(LONG, len(found)), tools="moved")  # fmt: skip
    compared = all(m.compared for m in overall.movements)
    return (b.Section(label, (table,), overall.say("space.moved_how" if compared else "space.moved_by_deals"), anchor="moved"),)  # fmt: skip


def _deal(found: Found) -> str:
    """The deal that tells of it."""
    return found.note if type(found.record).__name__ == "Opportunity" else ""


def _status(overall: Overall, found: Found) -> b.Status:
    levels: dict[str, b.Level] = {"filled": "done", "lost": "no", "found": "chance"}
    return b.Status(levels[found.kind], overall.phrases.kind(found))


def _reopen(overall: Overall, label: str, found: Sequence[Found]) -> b.Table:
    rows = [
        b.Row((
            overall.day_cell(one.day),
            b.Cell(b.text(overall.phrases.what(one)), note=one.note),
            overall.account_cell(one.account, "white-space"),
            overall.whose_cell(one),
            overall.when_cell(one),
        ), sources=overall.sources(one))
        for one in found[:LONG]
    ]  # fmt: skip
    return overall.table(label, ("ends", "what_competitor", "account", "owner", "when"), rows, wide=("what_competitor",), note=overall.rest(LONG, len(found)), tools="reopen")  # fmt: skip
