"""KPIs and groups of accounts as tables: what stands beside what, and how the numbers came about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planwerk import blocks as b
from planwerk.compose.sections.portfolio import values
from planwerk.compose.sections.portfolio.overall import GROUPS, Overall
from planwerk.kpis.kind import Kpi
from planwerk.phrases import group_name
from planwerk.rollup import OPEN, By, Group

FEW = 6
"""So many groups stand side by side in one table of all KPIs; of more, each family has its own."""


@dataclass(frozen=True, slots=True)
class Family:
    """The KPIs of one topic: those of which something is known in some group, and the others."""

    name: str
    known: tuple[Kpi, ...]
    silent: tuple[tuple[Kpi, str], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a page is made of: by KPI the group of all accounts and the groups of a dimension."""

    by: By
    whole: Mapping[str, Group]
    groups: Mapping[str, Mapping[str, Group]]
    keys: tuple[str, ...]
    families: tuple[Family, ...]


def tables(overall: Overall, counts: Counts) -> tuple[b.Block, ...]:
    """All KPIs by all groups: one table where the groups are few, else a folded one a family."""
    return _one_table(overall, counts) if len(counts.keys) <= FEW else _many_tables(overall, counts)


def _one_table(overall: Overall, counts: Counts) -> tuple[b.Block, ...]:
    """All KPIs as rows by family, the few groups as columns."""
    heads = [overall.of_kpis("rollup.all"), *(name_of(overall, counts.by, key) for key in counts.keys)]  # fmt: skip

    def cells(kpi: Kpi) -> Iterator[b.Cell]:
        yield replace(values.cell(overall, kpi, counts.whole[kpi.id]), strong=True)
        for key in counts.keys:
            yield _cell(overall, kpi, counts.groups[kpi.id].get(key))

    label = f"{overall.say('figures.all')}: {overall.say(f'tab.by-{counts.by}')}"
    return (by_family(overall, label, heads, counts.families, cells),)


def by_family(
    overall: Overall, label: str, heads: Sequence[str], found: Sequence[Family],
    cells: Callable[[Kpi], Iterable[b.Cell]],
) -> b.Table:  # fmt: skip
    """One table of all KPIs that tell something, the families as its parts."""
    columns = (b.Column(overall.say("head.kpi")), *(b.Column(head, "right") for head in heads))
    rows = []
    for family in found:
        if family.known:
            rows.append(b.Row((b.Cell(b.text(overall.say(f"family.{family.name}"))),), "group"))
        for kpi in family.known:
            name = b.Run(values.head(overall, kpi), link=f"#page:kpis/{kpi.id}")
            rows.append(b.Row((b.Cell((name,)), *cells(kpi))))
    return b.Table(columns, tuple(rows), label)


def _many_tables(overall: Overall, counts: Counts) -> tuple[b.Block, ...]:
    """Of many groups a table a family, folded: the groups as rows."""
    tables = []
    for family in counts.families:
        if family.known:
            title = overall.say(f"family.{family.name}")
            label = f"{title}: {overall.say(f'tab.by-{counts.by}')}"
            table = groups(overall, counts, family.known, label, family.name)
            names = ", ".join(overall.kpi_name(kpi.id) for kpi in family.known)
            tables.append(b.Fold(f"{title}: {names}", (table,), family.name))
    return tuple(tables)


def groups(
    overall: Overall, counts: Counts, kpis: Sequence[Kpi], label: str, tools: str
) -> b.Table:
    """Each group a row, in order of the first KPI's values, unknown ones last; below them all."""
    keys = ordered(overall, counts.groups, kpis[0].id, counts.by)
    columns = (b.Column(overall.of_kpis(f"rollup.{counts.by}")), *(b.Column(values.head(overall, k), "right", link=f"#page:kpis/{k.id}") for k in kpis))  # fmt: skip
    head = b.Cell(b.text(overall.of_kpis("rollup.all")), note=_members(overall, overall.count))
    rows = [b.Row((head, *(values.cell(overall, k, counts.whole[k.id]) for k in kpis)), "total")]
    for key in _ends(counts.groups[kpis[0].id], keys):
        cells = (_cell(overall, kpi, counts.groups[kpi.id].get(key)) for kpi in kpis)
        rows.append(b.Row((_head(overall, counts.by, key), *cells)))
    return b.Table(columns, tuple(rows), label, note=_rest(overall, len(keys)), tools=tools)


def made_of(
    overall: Overall, found: Sequence[tuple[Family, Mapping[str, Group]]]
) -> Iterator[b.Section]:
    """How the numbers came about, a fold a family."""
    folds = tuple(
        b.Fold(overall.say(f"family.{family.name}"), tuple(block for kpi in family.known for block in values.how(overall, kpi, groups[kpi.id])), f"made-{family.name}")
        for family, groups in found
    )  # fmt: skip
    if folds:
        yield b.Section(overall.say("figures.made"), folds, overall.say("figures.made_how"), quiet=True, anchor="made")  # fmt: skip


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


def ordered(
    overall: Overall, groups: Mapping[str, Mapping[str, Group]], first: str, by: By
) -> list[str]:
    """The highest value of the first KPI first, then by name; what nobody wrote comes last."""
    keys = {key for found in groups.values() for key in found}

    def rank(key: str) -> tuple[bool, bool, float, str]:
        group = groups.get(first, {}).get(key)
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


def rest(overall: Overall, found: Sequence[Family]) -> Iterator[b.Block]:
    """The KPIs that stand in no line, each with the reason, a row a family."""
    rows = []
    for family in found:
        told = [overall.say("figures.one_silent", kpi=overall.kpi_name(kpi.id), why=why) for kpi, why in family.silent]  # fmt: skip
        if told:
            rows.append((overall.say(f"family.{family.name}"), b.Cell(b.text("; ".join(told)))))
    if rows:
        count = sum(len(family.silent) for family in found)
        yield b.Section(overall.say("figures.silent", count=count), (b.Facts(tuple(rows)),), quiet=True, anchor="silent")  # fmt: skip
