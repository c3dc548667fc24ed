"""KPIs by client, industry, tier, offering, quarter, and (where the house allows it) by owner.

Every line is added up by itself; the line of all accounts comes of all cases, never of the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections.portfolio import values
from planwerk.compose.sections.portfolio.families import entered, families
from planwerk.compose.sections.portfolio.overall import GROUPS, Overall
from planwerk.kpis import kpi_of
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span
from planwerk.phrases import group_name
from planwerk.rollup import OPEN, By, Group, dimensions, year_until

TELLING = ("net-revenue-retention", "revenue", "won-value", "email-reply-rate", "last-contact-age")
"""The KPIs that a page's title may tell of, the one that matters most first."""
SOLD = ("revenue", "won-value")
"""The same by offering: what an offering binds is told by account, not by offering."""
SHOWN: tuple[By, ...] = ("client", "industry", "tier", "offering", "owner")


def year(overall: Overall) -> Span:
    """The twelve months up to today."""
    return year_until(overall.today)


def pages(overall: Overall) -> Iterator[b.Page]:
    """One page a dimension of accounts and offerings, as the workspace allows them."""
    allowed = dimensions(overall.portfolio.workspace)
    for by in SHOWN:
        if by in allowed:
            yield _page(overall, by)


# --- by what accounts are --------------------------------------------------------------------


def _page(overall: Overall, by: By) -> b.Page:
    """The families of KPIs, each a table with one line a group."""
    span = year(overall)
    blocks: list[b.Block] = []
    for family, kpis in families(overall.portfolio.workspace):
        blocks += _family(overall, family, kpis, by, span)
    days = {"start": formats.long_day(span.start, overall.language), "end": formats.long_day(span.end, overall.language)}  # fmt: skip
    lead = b.Paragraph(b.text(overall.say("figures.how", **days)), "note")
    body = (lead, *blocks, *_not_added(overall)) if blocks else overall.empty(overall.say("figures.none"))  # fmt: skip
    return overall.page(f"by-{by}", title(overall, by), body, "figures")


def _family(
    overall: Overall, family: str, kpis: Sequence[Kpi], by: By, span: Span
) -> tuple[b.Block, ...]:
    """A table of groups and KPIs; KPIs of which nothing is known anywhere are named below it."""
    found = {kpi.id: overall.rollup.by(kpi.id, by, span) for kpi in kpis}
    whole = {kpi.id: overall.rollup.by(kpi.id, "all", span)[0] for kpi in kpis}
    known = [k for k in kpis if any(g.counted.state != "unknown" for g in (whole[k.id], *found[k.id]) if found[k.id])]  # fmt: skip
    title = overall.say(f"family.{family}")
    told = tuple(silent(overall, [(k, _why(overall, k, whole[k.id])) for k in kpis if k not in known and _applies(k, by)]))  # fmt: skip
    if not known:
        return (b.Section(title, told, anchor=family),)
    table = _table(overall, family, known, found, whole, by)
    folded = tuple(block for kpi in known for block in values.how(overall, kpi, whole[kpi.id]))
    return (b.Section(title, (table, *told, b.Fold(overall.say("figures.made"), folded)), anchor=family),)  # fmt: skip


def _table(
    overall: Overall, family: str, kpis: Sequence[Kpi], found: dict[str, tuple[Group, ...]],
    whole: dict[str, Group], by: By,
) -> b.Table:  # fmt: skip
    """All accounts first, then each group: in order of the first KPI's values, unknown ones last."""
    groups = {kpi.id: {group.key: group for group in found[kpi.id]} for kpi in kpis}
    keys = _ordered(overall, groups, kpis, by)
    columns = (b.Column(overall.of_kpis(f"rollup.{by}")), *(b.Column(values.head(overall, k), "right", link=f"#page:kpis/{k.id}") for k in kpis))  # fmt: skip
    head = b.Cell(b.text(overall.of_kpis("rollup.all")), note=_members(overall, overall.count))
    rows = [b.Row((head, *(values.cell(overall, k, whole[k.id]) for k in kpis)), "total")]
    for key in _ends(groups[kpis[0].id], keys):
        cells = (_cell(overall, kpi, groups[kpi.id].get(key)) for kpi in kpis)
        rows.append(b.Row((_head(overall, by, key), *cells)))
    label = f"{overall.say(f'family.{family}')}: {overall.say(f'tab.by-{by}')}"
    return b.Table(columns, tuple(rows), label, note=_rest(overall, len(keys)), tools=family)


def _ends(first: Mapping[str, Group], keys: Sequence[str]) -> Sequence[str]:
    """The groups that are shown: of very many the highest and the lowest whose value is known."""
    if len(keys) <= GROUPS:
        return keys
    known = [key for key in keys if key in first and first[key].counted.value is not None]
    half = GROUPS // 2
    return [*known[:half], *known[half:][-half:]] if len(known) > half else keys[:GROUPS]


def _rest(overall: Overall, count: int) -> str:
    half = overall.number(GROUPS // 2)
    return overall.say("figures.rest", half=half, whole=overall.number(count)) if count > GROUPS else ""  # fmt: skip


def _cell(overall: Overall, kpi: Kpi, group: Group | None) -> b.Cell:
    """The value of a group; what the KPI knows nothing of does not apply."""
    return values.cell(overall, kpi, group) if group else b.Cell(b.text("·"))


def _ordered(
    overall: Overall, groups: dict[str, dict[str, Group]], kpis: Sequence[Kpi], by: By
) -> list[str]:
    """The highest value of the first KPI first, then by name; what nobody wrote comes last."""
    keys = {key for kpi in kpis for key in groups[kpi.id]}

    def rank(key: str) -> tuple[bool, bool, float, str]:
        group = groups[kpis[0].id].get(key)
        value = group.counted.value if group else None
        return (key == OPEN, value is None, -float(value or 0), name_of(overall, by, key))

    return sorted(keys, key=rank)


def _head(overall: Overall, by: By, key: str) -> b.Cell:
    """What a group is called, and how many accounts it has."""
    if by == "client":
        return overall.account_cell(key, "figures")
    if key == OPEN:
        return overall.unknown(_members(overall, members(overall, by, key)))
    return b.Cell(b.text(name_of(overall, by, key)), note=_members(overall, members(overall, by, key)))  # fmt: skip


def _members(overall: Overall, count: int) -> str:
    return overall.words("ui.accounts", count=count) if count else ""


def members(overall: Overall, by: By, key: str) -> int:
    """How many accounts a group has; 0 where it is none of accounts."""
    if by not in ("industry", "tier", "owner"):
        return 0
    said = (getattr(view.profile, by) for view in overall.views)
    return sum((str(value) if isinstance(value, str) and value else OPEN) == key for value in said)


def name_of(overall: Overall, by: By, key: str) -> str:
    """What a group is called in the reader's language."""
    if by == "client":
        return overall.name(key)
    return group_name(overall.portfolio.workspace, by, key, overall.words)


def _applies(kpi: Kpi, by: By) -> bool:
    """Whether a KPI can have such lines at all: a reply rate has no offering."""
    return by != "offering" or kpi.by_offering


def _why(overall: Overall, kpi: Kpi, whole: Group) -> str:
    """Why a KPI stands in no line: it counts once for the house, or nothing of it is known."""
    if kpi.of_house is not None and whole.counted.value is not None:
        value = values.words_of(overall, kpi, whole.counted.value)
        return overall.say("figures.of_house", value=value, sample=values.sample(overall, kpi, whole))  # fmt: skip
    reason = values.reasons(overall, whole.counted) or overall.say("too_few")
    return f"{reason}: {values.named(overall, whole.spoiling)}" if whole.spoiling else reason


def silent(overall: Overall, kpis: Sequence[tuple[Kpi, str]]) -> Iterator[b.Block]:
    """The KPIs that stand in no line, each with the reason."""
    told = [overall.say("figures.one_silent", kpi=overall.kpi_name(kpi.id), why=why) for kpi, why in kpis]  # fmt: skip
    if told:
        yield b.Paragraph(b.text(overall.say("figures.silent", kpis="; ".join(told))), "note")


def _not_added(overall: Overall) -> tuple[b.Block, ...]:
    """The KPIs whose values are entered by hand: they are not added up, and why."""
    names = [overall.kpi_name(name) for name in entered(overall.portfolio.workspace)]
    if not names:
        return ()
    words = overall.say("figures.entered", kpis=", ".join(names))
    return (b.Section(overall.say("figures.entered_title"), (b.Paragraph(b.text(words)),), quiet=True),)  # fmt: skip


# --- the finding -----------------------------------------------------------------------------


def telling(overall: Overall, by: By = "period") -> list[Kpi]:
    """The KPIs that titles tell of, without those that the house lets people enter."""
    house = overall.portfolio.workspace
    return [kpi for name in (SOLD if by == "offering" else TELLING) if (kpi := kpi_of(house, name))]


def title(overall: Overall, by: By) -> str:
    """The KPI that matters most: over all, and where it is highest and lowest."""
    span = year(overall)
    without = overall.say("figures.title.none")
    for kpi in reversed(telling(overall, by)):
        whole = overall.rollup.by(kpi.id, "all", span)[0].counted
        if whole.value is not None:
            without = overall.say("figures.title.all", kpi=overall.kpi_name(kpi.id), value=values.words_of(overall, kpi, whole.value))  # fmt: skip
    for kpi in telling(overall, by):
        whole = overall.rollup.by(kpi.id, "all", span)[0].counted
        groups = overall.rollup.by(kpi.id, by, span)
        known = [(g.counted.value, g.key) for g in groups if g.counted.value is not None and g.key != OPEN]  # fmt: skip
        if whole.value is not None and known:
            return _extremes(overall, kpi, by, whole.value, sorted(known, key=lambda one: (-one[0], one[1])))  # fmt: skip
    return without


def _extremes(
    overall: Overall, kpi: Kpi, by: By, whole: Decimal, ranked: Sequence[tuple[Decimal, str]]
) -> str:
    told = partial(values.words_of, overall, kpi)
    facts = {"kpi": overall.kpi_name(kpi.id), "value": told(whole)}
    (most, best), (least, worst) = ranked[0], ranked[-1]
    names = {"best": _titled(overall, by, best), "worst": _titled(overall, by, worst)}
    if len(ranked) == 1:
        return overall.say("figures.title.one", **facts, name=names["best"])
    if told(most) == told(least):
        return overall.say("figures.title.same", **facts)
    return overall.say("figures.title.many", **facts, **names, most=told(most), least=told(least))


def _titled(overall: Overall, by: By, key: str) -> str:
    """The name of a group within a sentence: a tier is called A, which tells nothing alone."""
    name = overall.view[key].client_short if by == "client" else name_of(overall, by, key)
    return f"{overall.of_kpis('rollup.tier')} {name}" if by == "tier" else name
