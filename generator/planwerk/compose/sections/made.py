"""How a number came about: its formula in words, what was counted, on which day, out of what.

Clients get meaning, source and day; what was counted and where it leads is not in their copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.view import View
from planwerk.kpis.case import Case
from planwerk.model.measured import Counted, Measured
from planwerk.phrases import divided
from planwerk.words import load_kpi_words


def facts(view: View, result: Measured) -> b.Facts:
    """What a KPI's number is, one line a fact; nothing where nothing is known."""
    told = [*_meaning(view, result), *_counted(view, result), *_course(view, result)]
    return b.Facts(tuple((head, b.Cell(b.text(words))) for head, words in told if words))


def lines(view: View, result: Measured) -> tuple[b.Source | None, ...]:
    """Where each value of a KPI that somebody enters was entered, the last of a day."""
    if result.counted is not None or not view.hosted:
        return ()
    case = Case(view.account, view.portfolio.workspace)
    days = {line.date: line for line in case.entered(result.kpi)}
    return tuple(view.source(days.get(point.day)) for point in result.series)


def files(view: View, result: Measured) -> tuple[b.Source, ...]:
    """The files whose lines were counted."""
    return view.files(i.log for i in result.counted.inputs if i.lines) if result.counted else ()


def _meaning(view: View, result: Measured) -> Iterator[tuple[str, str]]:
    yield view.say("kpis.definition"), view.kpi_definition(result.kpi)
    yield view.say("kpis.source"), view.kpi_source(result.kpi)
    if result.actual_on:
        yield view.say("kpis.as_of"), view.long_day(result.actual_on)
    yield view.say("kpis.way"), _way(view, result)


def _way(view: View, result: Measured) -> str:
    if result.progress is None or result.actual is None:
        return view.say("kpis.no_way")
    share = f"{formats.number(result.progress * 100, view.language)}{formats.NBSP}%"
    return view.say(
        "kpis.way_is",
        share=share,
        baseline=view.value(result.baseline, result),
        actual=view.value(result.actual, result),
        target=view.value(result.target, result),
    )


def _counted(view: View, result: Measured) -> Iterator[tuple[str, str]]:
    return told(result.counted, view.language) if result.counted else iter(())


def told(found: Counted, language: str) -> Iterator[tuple[str, str]]:
    """What was counted of a computed KPI, and why nothing follows where nothing does."""
    say = load_kpi_words(language)
    yield say("made.formula"), divided(found, language)
    if found.state == "too_few":
        yield say("made.sample"), say("made.too_few", n=found.n, minimum=found.minimum)
    elif found.state == "unknown":
        yield say("made.sample"), ". ".join(say(f"why.{why}") for why in found.why)
    else:
        key = "made.cases_left" if found.left_out else "made.cases"
        yield say("made.sample"), say(key, n=found.n, left_out=found.left_out)
    inputs = [
        say("made.lines", log=say(f"log.{i.log}"), count=i.lines) for i in found.inputs if i.lines
    ]
    yield say("made.inputs"), ", ".join(inputs)
    days = (formats.long_day(day, language) for day in (found.start, found.day))
    yield say("made.days"), " – ".join(days)


def _course(view: View, result: Measured) -> Iterator[tuple[str, str]]:
    """Trend, forecast, interim targets, the target before and missing months."""
    say = view.of_kpis
    if found := result.trend:
        yield (
            say("made.trend"),
            say(
                f"made.trend_{found.way}",
                change=_change(view, abs(found.change), result),
                since=view.day(found.since),
                until=view.day(found.until),
                points=found.points,
            ),
        )
    if (ahead := result.forecast) and ahead.why != "closed":
        facts_ = {"points": ahead.points, "day": view.day(ahead.on)}
        key = "made.forecast_limited" if ahead.limited else "made.forecast_is"
        words = (
            say(f"forecast.{ahead.why}", **facts_)
            if ahead.value is None
            else say(key, value=view.value(ahead.value, result), **facts_)
        )
        yield say("made.forecast"), words
    steps = [
        say(
            "made.step",
            day=view.day(step.on),
            value=view.value(step.value, result),
            target=view.value(step.target, result),
            status=view.say(f"status.{step.status}"),
        )
        for step in result.steps
    ]
    yield say("made.steps"), "; ".join(steps)
    if changed := result.change:
        before = view.value(changed.before, result)
        key = "made.change_because" if changed.because else "made.change_is"
        period = next((p for p in view.account.periods if p.id == changed.period), None)
        yield (
            say("made.change"),
            say(key, before=before, period=view.period_name(period), because=changed.because),
        )
    months = [formats.month_year(day, view.language) for day in result.missing]
    yield say("made.missing"), ", ".join(months)


def _change(view: View, value: Decimal, result: Measured) -> str:
    """How far a value went; a share by percentage points, never by percent."""
    if result.unit != "percent":
        return view.value(value, result)
    plain = formats.number(value, view.language, result.decimals)
    return view.of_kpis("made.in_points", value=plain)
