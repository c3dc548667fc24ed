"""How healthy each account is: level, points, what each part adds, what is not known."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import partial

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections.portfolio import values
from planwerk.compose.sections.portfolio.overall import Overall
from planwerk.health import ATTAINMENT, DEFAULT, AccountHealth, PartPoints
from planwerk.kpis import kpi_of
from planwerk.model.workspace import HealthPart

LEVELS: dict[str, b.Level] = {"poor": "bad", "fair": "warn", "unknown": "open", "good": "good"}
"""By level its shape; in the order of the table."""


def page(overall: Overall) -> b.Page:
    """All accounts, the least healthy first, and how health is reckoned."""
    blocks: tuple[b.Block, ...] = overall.empty(overall.say("health.none"))
    if overall.count:
        how = b.Section(overall.say("health.model"), (_model(overall),), _rule(overall), anchor="model")  # fmt: skip
        blocks = (b.Section(overall.say("health.accounts"), (_table(overall),), overall.say("health.how")), how)  # fmt: skip
    return overall.page("health", title(overall), blocks, "accounts")


def counts(overall: Overall) -> Counter[str]:
    """How many accounts have each level."""
    return Counter(found.level for found in overall.healths.values())


def title(overall: Overall) -> str:
    """How many accounts are in poor health, and of how many too little is known."""
    if not overall.count:
        return overall.say("health.none")
    levels = counts(overall)
    if overall.count == 1:
        (found,) = overall.healths.values()
        return overall.say(f"health.title_{'unknown' if found.points is None else 'single'}", name=overall.name(found.account), level=level_word(overall, found), points=_plain(overall, found.points))  # fmt: skip
    known = overall.count - levels["unknown"]
    if not known:
        return overall.say("health.title_none_known", count=overall.count)
    poor = levels["poor"]
    first = overall.say("health.title_poor", count=poor, whole=known)
    more = overall.say("health.title_rest", count=levels["unknown"]) if levels["unknown"] else ""
    return first + more


def level_word(overall: Overall, found: AccountHealth) -> str:
    """The level in words."""
    return overall.of_kpis(f"health.{found.level}")


def level_cell(overall: Overall, found: AccountHealth) -> b.Cell:
    """The level as shape and word."""
    return b.Cell(status=b.Status(LEVELS[found.level], level_word(overall, found)))


def _plain(overall: Overall, value: Decimal | None) -> str:
    return "" if value is None else formats.number(value, overall.language)


def _table(overall: Overall) -> b.Table:
    order = list(LEVELS)
    found = sorted(overall.healths.values(), key=lambda h: (order.index(h.level), h.points or 0, overall.name(h.account)))  # fmt: skip
    parts = overall.portfolio.workspace.health.parts or DEFAULT
    columns = (
        *(overall.column(head, (), ("points", "known")) for head in ("account", "health", "points", "known")),
        *(b.Column(_head(overall, part), "right", link=_link(part.kpi)) for part in parts),
    )  # fmt: skip
    rows = [
        overall.kept("health", one.account, (one,), partial(_row, overall, one)) for one in found
    ]
    return b.Table(columns, tuple(rows), overall.say("health.accounts"), tools="accounts")


def _head(overall: Overall, part: HealthPart) -> str:
    return f"{overall.kpi_name(part.kpi)} ({formats.number(part.weight, overall.language)})"


def _link(kpi: str) -> str:
    return "" if kpi == ATTAINMENT else f"#page:kpis/{kpi}"


def _row(overall: Overall, found: AccountHealth) -> b.Row:
    known = f"{_plain(overall, found.known)}{formats.NBSP}%"
    points = b.Cell(b.text(_plain(overall, found.points)), strong=True, value=float(found.points)) if found.points is not None else overall.unknown()  # fmt: skip
    parts = (_part(overall, part, found.points is not None) for part in found.parts)
    note = overall.of_kpis("health.decided_by", kpi=overall.kpi_name(found.decided_by)) if found.decided_by else ""  # fmt: skip
    head = overall.account_cell(found.account, note=note)
    return b.Row(
        (
            head,
            level_cell(overall, found),
            points,
            b.Cell(b.text(known), value=float(found.known)),
            *parts,
        )
    )


def _part(overall: Overall, part: PartPoints, whole: bool) -> b.Cell:
    """What a part adds to the whole, and the value that it comes of; that alone without a whole."""
    if part.adds is None:
        return overall.unknown(", ".join(overall.say(f"why.{why}") for why in part.why))
    if not whole:
        return b.Cell(note=_value(overall, part))
    words = b.text(_plain(overall, part.adds))
    return b.Cell(words, note=_value(overall, part), value=float(part.adds))


def _value(overall: Overall, part: PartPoints) -> str:
    kpi = kpi_of(overall.portfolio.workspace, part.kpi)
    if part.value is None:
        return ""
    if kpi is not None:
        return values.words_of(overall, kpi, part.value)
    house = overall.portfolio.kpis.get(part.kpi)
    unit = "percent" if part.kpi == ATTAINMENT else house.unit if house else "none"
    sign = formats.sign(unit, overall.words("unit.days"), overall.portfolio.workspace.currency)
    decimals = int(house.decimals) if house else 0
    return formats.quantity(part.value, overall.language, decimals, unit, sign)


def _model(overall: Overall) -> b.Table:
    """The parts of the model: weight, from which value on all points, from which none."""
    rows = []
    for part in overall.portfolio.workspace.health.parts or DEFAULT:
        bounds = (_bound(overall, part, value) for value in (part.good, part.poor))
        decides = overall.say("health.decides") if part.decides else ""
        name = b.Run(overall.kpi_name(part.kpi), link=_link(part.kpi) or None)
        cells = (b.Cell((name,)), b.Cell(b.text(formats.number(part.weight, overall.language))), *bounds, b.Cell(b.text(decides)))  # fmt: skip
        rows.append(b.Row(cells))
    heads = ("part", "weight", "full", "no_points", "decides")
    return overall.table(overall.say("health.model"), heads, rows, wide=("part",), right=("weight", "full", "no_points"))  # fmt: skip


def _bound(overall: Overall, part: HealthPart, value: Decimal) -> b.Cell:
    told = PartPoints(part.kpi, part.weight, part.good, part.poor, value, None, None)
    return b.Cell(b.text(_value(overall, told)))


def _rule(overall: Overall) -> str:
    model = overall.portfolio.workspace.health
    facts = {"good": model.good, "fair": model.fair, "least": model.least}
    words = {name: formats.number(value, overall.language) for name, value in facts.items()}
    return overall.say("health.rule", within=model.within, **words)
