"""KPIs by client, industry, tier, offering, quarter, and (where the house allows it) by owner.

Every line is added up by itself; the line of all accounts comes of all cases, never of the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections.portfolio import matrices, values
from planwerk.compose.sections.portfolio.families import entered, families
from planwerk.compose.sections.portfolio.overall import Overall
from planwerk.kpis import kpi_of
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span
from planwerk.rollup import OPEN, By, Group, dimensions, year_until

TELLING = ("net-revenue-retention", "revenue", "won-value", "email-reply-rate", "last-contact-age")
"""The KPIs that a page's title may tell of, the one that matters most first."""
SOLD = ("revenue", "won-value")
"""The same by offering: what an offering binds is told by account, not by offering."""
HEADLINES = (
    "revenue", "net-revenue-retention", "won-value", "white-space-potential", "last-contact-age",
    "buyer-sentiment", "task-punctuality",
)  # fmt: skip
"""The KPI of each family that matters most: with these a page begins."""
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
    """What matters most of each family first; then all KPIs, and how they came about."""
    counts = _counts(overall, by, year(overall))
    if not counts.families:
        return overall.page(f"by-{by}", title_of(overall, by), overall.empty(overall.say("figures.none")), "figures")  # fmt: skip
    known = [family for family in counts.families if family.known]
    blocks: list[b.Block] = [*_first(overall, counts)]
    if known:
        blocks.append(b.Section(overall.say("figures.all"), matrices.tables(overall, counts), anchor="all"))  # fmt: skip
    blocks += matrices.rest(overall, counts.families)
    blocks += matrices.made_of(overall, [(family, counts.whole) for family in known])
    lead = b.Paragraph(b.text(overall.say("figures.how")), "note")
    return overall.page(f"by-{by}", title_of(overall, by), (*blocks, *_not_added(overall), lead), "figures")  # fmt: skip


def _counts(overall: Overall, by: By, span: Span) -> matrices.Counts:
    """Every KPI by every group, and which of them tell something."""
    whole, groups, told = {}, {}, []
    for name, kpis in families(overall.portfolio.workspace):
        for kpi in kpis:
            whole[kpi.id] = overall.rollup.by(kpi.id, "all", span)[0]
            groups[kpi.id] = {group.key: group for group in overall.rollup.by(kpi.id, by, span)}
        known = tuple(k for k in kpis if groups[k.id] and any(g.counted.state != "unknown" for g in (whole[k.id], *groups[k.id].values())))  # fmt: skip
        without = tuple((k, _why(overall, k, whole[k.id])) for k in kpis if k not in known and _applies(k, by))  # fmt: skip
        told.append(matrices.Family(name, known, without))
    first = next((kpi.id for name in HEADLINES for family in told for kpi in family.known if kpi.id == name), "")  # fmt: skip
    keys = matrices.ordered(overall, groups, first, by)
    return matrices.Counts(by, whole, groups, tuple(keys), tuple(told))


def _first(overall: Overall, counts: matrices.Counts) -> Iterator[b.Block]:
    """One KPI of each family, as far as it tells something: all accounts, then each group."""
    known = {kpi.id: kpi for family in counts.families for kpi in family.known}
    kpis = [known[name] for name in HEADLINES if name in known]
    if kpis:
        label = overall.say("figures.first")
        table = matrices.groups(overall, counts, kpis, f"{label}: {overall.say(f'tab.by-{counts.by}')}", "overview")  # fmt: skip
        span = year(overall)
        days = {"start": formats.long_day(span.start, overall.language), "end": formats.long_day(span.end, overall.language)}  # fmt: skip
        yield b.Section(label, (table,), overall.say("figures.first_how", **days), anchor="overview")  # fmt: skip


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


def title_of(overall: Overall, by: By) -> str:
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
    name = overall.view[key].client_short if by == "client" else matrices.name_of(overall, by, key)
    return f"{overall.of_kpis('rollup.tier')} {name}" if by == "tier" else name
