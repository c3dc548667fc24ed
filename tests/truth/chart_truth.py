"""Native charts: what a chart keeps is what its workbook says is what the model has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from planwerk.words import load_words
from truth.compare import Comparer
from truth.facts import Fact
from truth.passages import Chart, Passage, Series, plain
from truth.results import Difference
from truth.tokens import Day, month_of, tokens

Values = tuple[float | None, ...]


def wrong_charts(of: Comparer, charts: list[Chart]) -> Iterator[Difference]:
    """Every point that is not in the workbook, or is not what the model has; counted in the result."""
    for chart in charts:
        yield from _own_sheet(chart)
        yield from _model(of, chart)


def _own_sheet(chart: Chart) -> Iterator[Difference]:
    """The workbook that "Edit data" opens: a head of names, a row for each category."""
    head, *rows = chart.sheet
    names = [str(name or "") for name in head[1:]]
    if names != [series.name for series in chart.series]:
        yield _differs(chart, ", ".join(names), f"the chart has {', '.join(s.name for s in chart.series)}")  # fmt: skip
    for index, series in enumerate(chart.series, 1):
        for category, kept, row in zip(chart.categories, series.values, rows, strict=False):
            cell = row[index] if index < len(row) else None
            if cell != kept:
                yield _differs(chart, f"{series.name}, {category}: {kept}", f"its workbook says {cell}")  # fmt: skip
        if len(rows) != len(series.values):
            yield _differs(chart, f"{len(series.values)} points", f"its workbook has {len(rows)}")


def _model(of: Comparer, chart: Chart) -> Iterator[Difference]:
    say, one = load_words(of.world.language), of.world
    above = Passage(chart.format, chart.file, chart.place, "card", (), chart.above)
    names = of.scanner.names(chart.above)
    kpis = of.subjects(sorted(names), above, ("PlanKpi",))
    for series in chart.series:
        if kpis:
            facts = [f for s in kpis for f in s.facts]
            yield from _kpi(of, chart, series, facts, say)
            continue
        grid = [(c, one.grid.get((c, series.name))) for c in chart.categories]
        bar = one.labels.get(plain(say("white_space.by_state")), [])
        if any(values for _, values in grid):
            true = [float(v[0]) / 1000 if v else 0.0 for _, v in grid]  # type: ignore[arg-type]
            yield from _compared(of, chart, series, true)
        elif bar and all(v in [float(b) for b in bar if isinstance(b, Decimal)] for v in series.values):  # fmt: skip
            of.result.compared[chart.format, "chart point"] += len(series.values)
        else:
            of.result.compared[chart.format, "chart point without a record"] += len(series.values)


def _kpi(of: Comparer, chart: Chart, series: Series, facts: list[Fact], say: object) -> Iterator[Difference]:  # fmt: skip
    """ "Ist" are the values of the KPI's days, "Ziel" is its target, "Stand" its present value."""
    roles = {"ist": "point", "actual": "point", "ziel": "target", "target": "target", "stand": "actual", "status": "actual"}  # fmt: skip
    role = roles.get(series.name.partition(" (")[0].lower(), "")
    for category, value in zip(chart.categories, series.values, strict=False):
        if value is None:
            continue
        allowed = [f for f in facts if f.role == role and isinstance(f.value, Decimal)]
        if role == "point":
            allowed = [f for f in allowed if f.on is None or _at(category, f.on, of.world.language)]
        if any(float(f.value) == value for f in allowed):  # type: ignore[arg-type]
            of.result.compared[chart.format, "chart point"] += 1
        else:
            told = ", ".join(sorted({str(f.value) for f in allowed})) or "nothing"
            yield _differs(chart, f"{series.name}, {category}: {value}", f"true would be {told}")


def _at(category: str, day: date, language: str) -> bool:
    found = next((t for t in tokens(category, language) if isinstance(t, Day)), None)
    return found.says(day, day) if found else month_of(category, language) == day.month


def _compared(of: Comparer, chart: Chart, series: Series, true: list[float]) -> Iterator[Difference]:  # fmt: skip
    for category, value, asked in zip(chart.categories, series.values, true, strict=False):
        if value is not None and abs(value - asked) > 1e-6:
            yield _differs(chart, f"{series.name}, {category}: {value}", f"true would be {asked}")
        else:
            of.result.compared[chart.format, "chart point"] += 1


def _differs(chart: Chart, said: str, truth: str) -> Difference:
    return Difference(chart.file, chart.place, said, truth)
