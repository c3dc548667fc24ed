"""Every KPI there is: what it means, how it is counted, when it is not known, who may see it.

All other pages lead here; the anchor of a KPI is its id.
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections.portfolio import values
from planwerk.compose.sections.portfolio.families import entered, families
from planwerk.compose.sections.portfolio.overall import Overall
from planwerk.kpis.kind import Kpi
from planwerk.model.workspace import HouseKpi, say


def page(overall: Overall) -> b.Page:
    """An overview by family, then each KPI with all that is to be said about it."""
    house = overall.portfolio.workspace
    blocks: list[b.Block] = [_contents(overall)]
    counted = 0
    for family, kpis in families(house):
        counted += len(kpis)
        told = tuple(block for kpi in kpis for block in _counted(overall, kpi))
        blocks.append(b.Section(overall.say(f"family.{family}"), told, anchor=family))
    names = entered(house)
    if names:
        told = tuple(block for name in names for block in _entered(overall, overall.portfolio.kpis[name]))  # fmt: skip
        blocks.append(b.Section(overall.say("catalogue.entered"), told, overall.say("catalogue.entered_how"), anchor="entered"))  # fmt: skip
    key = "title" if names else "title_catalogue"
    title = overall.say(f"catalogue.{key}", count=counted, entered=len(names), whole=counted + len(names))  # fmt: skip
    return overall.page("kpis", title, blocks, "figures")


def _contents(overall: Overall) -> b.Block:
    """Links to the families, in a line."""
    names = [family for family, _ in families(overall.portfolio.workspace)]
    runs = [b.Run(overall.say(f"family.{family}"), link=f"#{family}") for family in names]
    if entered(overall.portfolio.workspace):
        runs.append(b.Run(overall.say("catalogue.entered"), link="#entered"))
    parted = [part for run in runs for part in (b.Run(" · "), run)][1:]
    return b.Paragraph((b.Run(overall.say("catalogue.how") + " "), *parted), "note")


def _counted(overall: Overall, kpi: Kpi) -> tuple[b.Block, ...]:
    """A KPI that is counted from files."""
    few = overall.say("catalogue.cases", count=kpi.minimum) if kpi.minimum > 1 else ""
    facts = [
        *_common(overall, kpi.id, kpi.unit, kpi.decimals, kpi.direction),
        (overall.say("catalogue.divided"), _divided(overall, kpi)),
        (overall.say("catalogue.needs"), ", ".join(overall.of_kpis(f"log.{log}") for log in kpi.needs)),
        *_source(overall, kpi),
        (overall.say("catalogue.unknown"), "; ".join(overall.of_kpis(f"why.{why}") for why in kpi.unknown_when)),
        (overall.say("catalogue.minimum"), few),
        (overall.say("catalogue.levels"), ", ".join(overall.say(f"level.{level}") for level in kpi.levels)),
        (overall.say("catalogue.running"), overall.say("catalogue.from_zero") if kpi.running else ""),
        (overall.say("catalogue.clients"), overall.say("catalogue.may" if kpi.clients else "catalogue.never")),
    ]  # fmt: skip
    return _told(overall, kpi.id, values.definition(overall, kpi.id), facts)


def _divided(overall: Overall, kpi: Kpi) -> str:
    """Numerator and denominator; "" where nothing is divided."""
    say_, name = overall.of_kpis, f"kpi.{kpi.id}"
    if not say_.has(f"{name}.numerator"):
        return ""
    return overall.say("catalogue.by", numerator=say_(f"{name}.numerator"), denominator=say_(f"{name}.denominator"))  # fmt: skip


def _source(overall: Overall, kpi: Kpi) -> Iterator[tuple[str, str]]:
    """Where the definition comes from; of one that the house declares, which lines it counts."""
    own = overall.portfolio.kpis.get(kpi.id)
    if own is None:
        yield overall.say("catalogue.source"), overall.of_kpis(f"source.{kpi.id}")
        return
    yield overall.say("catalogue.where"), _conditions(overall, own)
    yield overall.say("catalogue.source"), say(own.source, overall.language) or overall.say("catalogue.of_the_house")  # fmt: skip


def _conditions(overall: Overall, own: HouseKpi) -> str:
    """What a line must say to be counted: "Channel: call, meeting; Strategic: yes"."""
    record = RECORDS[own.log]
    wanted: dict[str, list[str]] = {}
    for condition in own.where:
        for name, value in condition.said.items():
            named = overall.phrases.fields.field(record, name)
            label = named.label if named else name
            wanted.setdefault(label, []).append(_wanted(overall, record, name, value))
    return "; ".join(f"{label}: {', '.join(said)}" for label, said in wanted.items())


def _wanted(overall: Overall, record: str, name: str, value: object) -> str:
    if isinstance(value, bool):
        return overall.say("catalogue.yes" if value else "catalogue.no")
    if name == "offering":
        return overall.offering(str(value))
    return overall.phrases.fields.choices(record, name).get(str(value), str(value))


RECORDS = {
    "interactions": "Interaction",
    "revenue": "Revenue",
    "opportunities": "Opportunity",
    "surveys": "SurveyAnswer",
    "training": "Training",
}
"""The kind of line in each log."""


def _entered(overall: Overall, own: HouseKpi) -> tuple[b.Block, ...]:
    """A KPI of the house whose values somebody enters."""
    facts = [
        *_common(overall, own.id, own.unit, int(own.decimals), own.direction),
        (overall.say("catalogue.levels"), overall.say("level.account")),
        (overall.say("catalogue.needs"), overall.of_kpis("log.measurements")),
        (overall.say("catalogue.unknown"), overall.say("catalogue.no_value")),
        (overall.say("catalogue.clients"), overall.say("catalogue.may" if own.visible_to("client") else "catalogue.never")),
        (overall.say("catalogue.source"), say(own.source, overall.language)),
    ]  # fmt: skip
    return _told(overall, own.id, say(own.definition, overall.language), facts)


def _common(
    overall: Overall, name: str, unit: str, decimals: int, direction: str
) -> Iterator[tuple[str, str]]:
    sign = formats.sign(unit, overall.words("unit.days"), overall.portfolio.workspace.currency)
    key = f"unit.{unit}"
    words = overall.say(key) if overall.say.has(key) else sign
    yield overall.say("catalogue.id"), name
    told = overall.say("catalogue.decimals", unit=words, count=decimals) if decimals else words
    yield overall.say("catalogue.unit"), f"{told}; {overall.say(f'direction.{direction}')}"


def _told(
    overall: Overall, name: str, definition: str, facts: list[tuple[str, str]]
) -> tuple[b.Block, ...]:
    items = tuple((label, b.Cell(b.text(words))) for label, words in facts if words)
    meaning = (b.Paragraph(b.text(definition)),) if definition else ()
    return (
        b.Fold(overall.kpi_name(name), (*meaning, b.Facts(items), *_written(overall, name)), name),
    )


def _written(overall: Overall, name: str) -> tuple[b.Block, ...]:
    """Where the house declares a KPI."""
    own = overall.portfolio.kpis.get(name)
    source = overall.views[0].source(own) if own and overall.views else None
    words = b.text(overall.say("catalogue.declared"))
    return (b.Paragraph(words, "note", source),) if source else ()
