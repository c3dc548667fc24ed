"""White space: departments x offerings, what we have there and what could be. Internal."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.view import View, total
from planwerk.model.account import Opportunity, WhiteSpaceCell
from planwerk.model.types import Unknown
from planwerk.model.workspace import say

OURS = ("won", "at_risk")
OFFERED = ("opportunity",)
OPEN_SPACE = ("gap", "idea", "opportunity")
THEIRS = ("competitor",)


def worth(cell: WhiteSpaceCell) -> Decimal | None:
    """What a cell is worth: our revenue where it is won, else its potential."""
    chosen = cell.ours if cell.state in OURS else cell.potential
    return chosen if isinstance(chosen, Decimal) else None


def open_potential(cells: tuple[WhiteSpaceCell, ...]) -> Decimal | None:
    """The sum of what is not ours yet; None where no value of it is known."""
    values = [v for cell in cells if cell.state in OPEN_SPACE if (v := worth(cell)) is not None]
    return sum(values, Decimal(0)) if values else None


def shares(view: View) -> b.Shares | None:
    """The whole split into ours, offered, open and the competitors'."""
    cells = view.account.whitespace
    groups: tuple[tuple[str, tuple[str, ...], b.CellState], ...] = (
        ("won", OURS, "won"),
        ("offered", OFFERED, "opportunity"),
        ("gap", ("gap", "idea"), "gap"),
        ("competitor", THEIRS, "competitor"),
    )
    items = []
    for key, states, look in groups:
        value = total(worth(cell) for cell in cells if cell.state in states)
        if value:
            words = formats.thousands(value, view.language)
            items.append(b.Share(view.say(f"white_space.{key}"), float(value), words, look))
    return b.Shares(tuple(items), view.say("white_space.by_state")) if items else None


def department_names(view: View) -> dict[str, str]:
    """What the departments are called, and the whole company."""
    names = {d.id: d.name for d in view.account.departments}
    names.setdefault("whole-company", view.say("white_space.whole_company"))
    return names


def matrix(view: View) -> b.Matrix | None:
    """The grid with totals, in thousands; what is not listed is unknown."""
    cells = {(c.department, c.offering): c for c in view.account.whitespace}
    if not cells:
        return None
    names = department_names(view)
    rows = [d for d in names if any(key[0] == d for key in cells)]
    columns = [o for o in view.portfolio.offerings if any(key[1] == o for key in cells)]
    grid = tuple(tuple(_cell(view, cells.get((r, c))) for c in columns) for r in rows)
    by_row = [total(worth(c) for (d, _), c in cells.items() if d == r) for r in rows]
    by_column = [total(worth(c) for (_, o), c in cells.items() if o == k) for k in columns]
    say_ = view.language
    return b.Matrix(
        tuple(say(view.portfolio.offerings[c].name, say_) for c in columns),
        tuple(names[r] for r in rows),
        grid,
        view.say("white_space.label"),
        view.say("white_space.caption", currency=view.portfolio.workspace.currency),
        view.say("white_space.department"),
        tuple(formats.thousands(v, say_) for v in by_row),
        tuple(formats.thousands(v, say_) for v in by_column),
        formats.thousands(sum(by_row, Decimal(0)), say_),
        view.say("word.total"),
    )


def _cell(view: View, cell: WhiteSpaceCell | None) -> b.MatrixCell:
    if cell is None:
        return b.MatrixCell("unknown", view.say("cell.unknown"))
    value = worth(cell)
    note = ""
    if isinstance(cell.renews_on, date):
        note = view.say(
            "white_space.until", month=f"{cell.renews_on.month}/{cell.renews_on.year % 100:02}"
        )
    return b.MatrixCell(
        cell.state,
        view.say(f"cell.{cell.state}"),
        formats.thousands(value, view.language) if value is not None else "",
        note,
        view.source(cell),
    )


def to_reopen(view: View) -> tuple[WhiteSpaceCell, ...]:
    """Cells where a competitor's contract renews within twelve months."""
    limit = view.today + timedelta(days=365)
    found = [
        cell
        for cell in view.account.whitespace
        if cell.state == "competitor"
        and isinstance(cell.renews_on, date)
        and view.today <= cell.renews_on <= limit
    ]
    return tuple(sorted(found, key=lambda cell: str(cell.renews_on)))


def reopen_list(view: View) -> b.DatedList:
    """The same as a list with the competitor and what it is worth."""
    names, offerings = department_names(view), view.portfolio.offerings
    items = tuple(
        b.Dated(
            view.day(cell.renews_on),
            f"{say(offerings[cell.offering].name, view.language)}, {names.get(cell.department, '')}",
            view.text(cell.competitor),
            b.Status("chance", view.say("white_space.chance")),
            source=view.source(cell),
        )
        for cell in to_reopen(view)
        if cell.offering in offerings
    )
    return b.DatedList(
        items, view.say("white_space.reopen"), view.say("white_space.none_to_reopen")
    )


def open_deals(view: View) -> tuple[Opportunity, ...]:
    """The opportunities that run, those expected next first."""
    deals = [deal for deal in view.account.opportunities if deal.outcome == "open"]
    return tuple(sorted(deals, key=lambda deal: (str(deal.expected), str(deal.opened), deal.id)))


def deals_table(view: View, limit: int = 20) -> b.Table | None:
    """What runs at present: one line an opportunity; a value nobody entered is unknown."""
    deals, names, offerings = open_deals(view), department_names(view), view.portfolio.offerings
    if not deals:
        return None
    heads = ("deal", "offering", "department", "opened", "expected", "value")
    columns = tuple(b.Column(view.say(f"white_space.{h}"), "right" if h == "value" else "left", h == "deal") for h in heads)  # fmt: skip
    rows = []
    for deal in deals[:limit]:
        offering = offerings.get(deal.offering)
        value = view.money(deal.value) if isinstance(deal.value, Decimal) else None
        cells = (
            view.sourced(b.Cell(b.text(deal.id)), deal),
            b.Cell(b.text(say(offering.name, view.language) if offering else deal.offering)),
            b.Cell(b.text(names.get(deal.department, deal.department))),
            _day_cell(view, deal.opened),
            _day_cell(view, deal.expected),
            b.Cell(b.text(value)) if value else view.unknown(),
        )
        rows.append(b.Row(cells))
    rest = len(deals) - limit
    note = view.say("unknowns.more", count=rest) if rest > 0 else ""
    return b.Table(columns, tuple(rows), view.say("white_space.deals"), note=note)


def _day_cell(view: View, day: date | Unknown | None) -> b.Cell:
    return b.Cell(b.text(view.day(day))) if isinstance(day, date) else view.unknown()


def ways_in(view: View) -> b.Table | None:
    """Departments not yet reached, and how to reach them."""
    offerings = view.portfolio.offerings
    rows = []
    for department in view.account.departments:
        for way in department.ways_in:
            offering = offerings.get(way.offering) if isinstance(way.offering, str) else None
            rows.append(
                b.Row(
                    (
                        view.sourced(b.Cell(b.text(department.name)), department),
                        view.cell(way.title),
                        view.cell(way.use_case),
                        b.Cell(b.text(say(offering.name, view.language) if offering else "")),
                        view.person_cell(way.introduced_by),
                    )
                )
            )
    if not rows:
        return None
    heads = ("department", "way_title", "use_case", "offering", "introduced_by")
    columns = tuple(b.Column(view.say(f"white_space.{h}"), wide=h == "use_case") for h in heads)
    return b.Table(columns, tuple(rows), view.say("white_space.ways_in"))


def headline(view: View) -> str:
    """The finding: how much is open, and where nobody of us has been."""
    amount = open_potential(view.account.whitespace)
    if amount is None:
        return _without_potential(view)
    reached = {d.id: d.contacted is True for d in view.account.departments}
    unreached = [c for c in view.account.whitespace if not reached.get(c.department, True)]
    there = open_potential(tuple(unreached))
    if there and amount:
        share = formats.number(there / amount * 100, view.language)
        return view.say("white_space.headline_unreached", amount=view.money(amount), share=f"{share}{formats.NBSP}%")  # fmt: skip
    return view.say("white_space.headline", amount=view.money(amount))


def _without_potential(view: View) -> str:
    """The finding where no potential is recorded: what runs, as far as its value is known."""
    deals = open_deals(view)
    if not deals:
        return view.say(f"white_space.{'no_potential' if view.account.whitespace else 'none'}")
    known = [deal.value for deal in deals if isinstance(deal.value, Decimal)]
    key = "deals_none_valued" if not known else "deals_valued"
    if known and len(known) < len(deals):
        key = "deals_some_valued"
    facts = {"number": view.in_words(len(deals)), "amount": view.money(total(known))}
    return view.sentence(view.say(f"white_space.{key}", count=len(deals), **facts))


def _blocks(view: View) -> tuple[b.Block, ...]:
    unit = view.say("white_space.unit", currency=view.portfolio.workspace.currency)
    blocks: list[b.Block] = []
    if grid := matrix(view):
        blocks.append(b.Section(view.say("white_space.label"), (grid,), unit))
    return (*_split(view), *blocks, *_further(view))


def _split(view: View) -> tuple[b.Block, ...]:
    """What is won, open and lost, as one sum in parts."""
    unit = view.say("white_space.unit", currency=view.portfolio.workspace.currency)
    split = shares(view)
    return (b.Section(view.say("white_space.by_state"), (split,), unit),) if split else ()


def _further(view: View) -> tuple[b.Block, ...]:
    """What runs, what to reopen, ways in."""
    blocks: list[b.Block] = []
    if deals := deals_table(view):
        blocks.append(b.Section(view.say("white_space.deals"), (deals,), quiet=True))
    blocks.append(b.Section(view.say("white_space.reopen"), (reopen_list(view),), quiet=True))
    if ways := ways_in(view):
        blocks.append(b.Section(view.say("white_space.ways_in"), (ways,), quiet=True))
    return tuple(blocks)


def page(view: View) -> b.Page | None:
    """Split, grid, what to reopen, ways in; for us alone."""
    if not view.internal or not view.account.whitespace:
        return None
    return b.Page(
        "white-space",
        view.say("page.white_space"),
        headline(view),
        _blocks(view),
        eyebrow=((view.say("page.client"), ""), (view.say("page.white_space"), "")),
        group=view.say("page.client"),
    )


def chapter(view: View) -> b.Chapter | None:
    """The grid first, whole on a landscape page, which has no room for more."""
    if not view.internal or not view.account.whitespace:
        return None
    grid = matrix(view)
    blocks = (*((grid,) if grid else ()), *_split(view), *_further(view))
    return b.Chapter(view.say("page.white_space"), headline(view) + ".", blocks, landscape=True)
